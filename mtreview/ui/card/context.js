// The article around the current sentence. A short document comes whole and once; of a long one the
// neighbourhood is fetched as the reader moves.

import { paintContext } from "./painters.js";

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
  }

  /** Mark a segment, with its present text, in the article. */
  async show(segment) {
    this.wanted = segment.id;
    if (!this.isWhole) {
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

  /** Note what became of a segment that is shown. */
  note(segment) {
    const line = this.lines.find(({ id }) => id === segment.id);
    if (line) Object.assign(line, { target: segment.target, state: segment.state });
  }
}
