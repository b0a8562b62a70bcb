// On hover: the reasons of a flagged word, what an unsure word means, and where a number or a name
// stands on the other side.

import { element } from "./dom.js";

export class Tooltip {
  /** @param {import("./card.js").Card} card */
  constructor(card) {
    this.card = card;
    const { root } = card.view;
    root.addEventListener("mouseover", (event) => this.#over(event.target));
    root.addEventListener("mouseleave", () => this.#hide());
    root.addEventListener("click", (event) => {
      const id = event.target.closest?.("mark[data-flags]")?.dataset.flags.split(" ")[0];
      const flag = card.openFlags().find((open) => open.id === id);
      if (flag) card.select(flag);
    });
  }

  #over(target) {
    const { root } = this.card.view;
    for (const node of root.querySelectorAll(".together")) node.classList.remove("together");
    const spot = target.closest?.("[data-flags], [data-link], [data-unsure]");
    if (!spot) return this.#hide();
    const { flags, link, unsure } = spot.dataset;
    if (link !== undefined) {
      for (const node of root.querySelectorAll(`[data-link="${CSS.escape(link)}"]`)) {
        node.classList.add("together");
      }
    }
    const ids = flags?.split(" ") ?? [];
    const lines = this.card.openFlags()
      .filter((flag) => ids.includes(flag.id))
      .map((flag) => element("p", {}, element("strong", {}, `${flag.title}. `), flag.reason));
    if (unsure) lines.push(element("p", {}, this.card.translate("unsure")));
    if (!lines.length) return this.#hide();
    return this.#show(spot, lines);
  }

  #show(spot, lines) {
    const { tooltip, root } = this.card.view;
    tooltip.replaceChildren(...lines);
    tooltip.hidden = false;
    const place = spot.getBoundingClientRect();
    const whole = root.getBoundingClientRect();
    const left = Math.max(0, Math.min(place.left - whole.left, whole.width - tooltip.offsetWidth));
    tooltip.style.left = `${left}px`;
    tooltip.style.top = `${place.bottom - whole.top + 6}px`;
  }

  #hide() {
    this.card.view.tooltip.hidden = true;
  }
}
