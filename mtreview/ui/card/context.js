// The article around the current sentence. A short document comes whole and once; of a long one the
// neighbourhood is fetched as the reader moves.

import { paintContext } from "./painters.js";

const MARGIN = 5; // lines that must be there on both sides

export class Context {
  /**
   * @param {import("./api.js").Api} api
   * @param {HTMLElement} box
   * @param {(id: string) => void} onChoose
   */
  constructor(api, box, onChoose) {
    this.api = api;
    this.box = box;
    this.lines = [];
    this.isWhole = false;
    box.addEventListener("click", (event) => {
      const id = event.target.closest("[data-segment]")?.dataset.segment;
      if (id) onChoose(id);
    });
    box.addEventListener("keydown", (event) => this.#onKey(event, onChoose));
  }

  /** Move among the sentences with the arrows, and go to the one that has the focus. */
  #onKey(event, onChoose) {
    const id = event.target.dataset.segment;
    if (!id || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      onChoose(id);
    } else {
      const sentences = [...this.box.querySelectorAll("[data-segment]")];
      const here = sentences.indexOf(event.target);
      const there = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: sentences.length - 1 }[event.key];
      if (there === undefined) return;
      sentences[there]?.focus();
    }
    event.preventDefault();
  }

  /** Mark a segment, with its present text, in the article. */
  async show(segment) {
    this.wanted = segment.id;
    if (!this.#isInside(segment.id)) {
      try {
        const answer = await this.api.post("context", { segment: segment.id });
        this.lines = answer.lines;
        this.isWhole = answer.whole;
      } catch {
        return; // the article is a convenience; it comes with the next segment
      }
    }
    if (this.wanted !== segment.id) return;
    for (const line of this.lines) {
      if (line.id === segment.id) Object.assign(line, { target: segment.target, state: segment.state });
    }
    paintContext(this.box, this.lines, segment.id);
  }

  /** Whether enough of the article around a segment is there already. */
  #isInside(id) {
    if (this.isWhole) return true;
    const place = this.lines.findIndex((line) => line.id === id);
    return place >= MARGIN && place < this.lines.length - MARGIN;
  }

  /** Note what became of a segment that is shown. */
  note(segment) {
    const line = this.lines.find(({ id }) => id === segment.id);
    if (line) Object.assign(line, { target: segment.target, state: segment.state });
  }
}
