// How far the review has come. It is asked for when the keys are quiet, or have not been for a
// while. Counting a large review takes the server longer, so the dearer an answer was, the longer
// the next question waits.

const QUIET = 500;
const LONGEST = 5_000;
const REST = 60; // times as long as the last answer took
const LONGEST_REST = 10_000;

export class Meter {
  /**
   * @param {import("./api.js").Api} api
   * @param {{filled: HTMLElement, coverage: HTMLElement}} view
   */
  constructor(api, view) {
    this.api = api;
    this.view = view;
    this.timer = null;
    this.since = null;
    this.earliest = 0;
  }

  /** Something changed: bring the figures up to date soon. */
  ask() {
    const now = Date.now();
    this.since ??= now;
    clearTimeout(this.timer);
    const pause = Math.min(QUIET, Math.max(0, this.since + LONGEST - now));
    this.timer = setTimeout(() => this.#fetch(), Math.max(pause, this.earliest - now));
  }

  stop() {
    clearTimeout(this.timer);
  }

  async #fetch() {
    this.since = null;
    const begun = Date.now();
    try {
      const { progress } = await this.api.post("progress", {});
      const share = progress.flagged ? (100 * progress.reviewed) / progress.flagged : 100;
      this.view.filled.style.inlineSize = `${share}%`;
      this.view.coverage.textContent = progress.text;
    } catch {
      // The next decision asks again.
    }
    this.earliest = Date.now() + Math.min(REST * (Date.now() - begun), LONGEST_REST);
  }
}
