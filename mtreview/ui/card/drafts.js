// What a reviewer was doing when the page went away: the segment they were on, and unsaved text.
// The tab's own storage comes first, so that two tabs keep two drafts; the browser's storage is
// the second copy, for a crash that takes the tab with it.

export class Drafts {
  constructor(review) {
    this.prefix = `mtreview.draft.${review}.`;
    this.place = `mtreview.place.${review}`;
  }

  /** @returns {{text: string, revision: number, editing: boolean}|null} */
  get(segment) {
    const stored =
      sessionStorage.getItem(this.prefix + segment) ?? localStorage.getItem(this.prefix + segment);
    try {
      return stored ? JSON.parse(stored) : null;
    } catch {
      return null;
    }
  }

  set(segment, draft) {
    const stored = JSON.stringify(draft);
    sessionStorage.setItem(this.prefix + segment, stored);
    try {
      localStorage.setItem(this.prefix + segment, stored);
    } catch {
      // The browser's storage is full; the tab's copy is enough to survive a reload.
    }
  }

  remove(segment) {
    sessionStorage.removeItem(this.prefix + segment);
    localStorage.removeItem(this.prefix + segment);
  }

  /** The segment that this tab was on in a queue. @param {string} query the queue, as text */
  current(query) {
    const [known, segment] = JSON.parse(sessionStorage.getItem(this.place) ?? "[]");
    return known === query ? segment : null;
  }

  setCurrent(query, segment) {
    sessionStorage.setItem(this.place, JSON.stringify([query, segment]));
  }
}
