// How far the review has come. It is asked for when the keys are quiet, or have not been for a while.

const QUIET = 1_200;
const LONGEST = 6_000;

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
  }

  /** Something changed: bring the figures up to date soon. */
  ask() {
    this.since ??= Date.now();
    clearTimeout(this.timer);
    const left = LONGEST - (Date.now() - this.since);
    this.timer = setTimeout(() => this.#fetch(), Math.max(0, Math.min(QUIET, left)));
  }

  stop() {
    clearTimeout(this.timer);
  }

  async #fetch() {
    this.since = null;
    try {
      const { progress } = await this.api.post("progress", {});
      const share = progress.flagged ? (100 * progress.reviewed) / progress.flagged : 100;
      this.view.filled.style.inlineSize = `${share}%`;
      this.view.coverage.textContent = progress.text;
    } catch {
      // The next decision asks again.
    }
  }
}
