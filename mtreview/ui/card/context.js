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
