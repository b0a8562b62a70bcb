// After an edit the server translates and scores the new text; this asks until that is done.

const PAUSE = 1_500;

export class Refresher {
  /** @param {import("./card.js").Card} card */
  constructor(card) {
    this.card = card;
    this.waiting = new Set();
    this.timer = null;
  }

  /** Wait for fresh results of a segment. */
  await(id) {
    this.waiting.add(id);
    this.timer ??= setTimeout(() => this.#ask(), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  async #ask() {
    const { card } = this;
    const ids = [...this.waiting].filter((id) => !this.#isBusy(id)).slice(0, 20);
    if (ids.length) {
      try {
        const { segments, problem } = await card.api.post("segments", { ids });
        for (const segment of segments) this.#take({ ...segment, problem });
      } catch {
        // Asked again below.
      }
    }
    this.timer = this.waiting.size && !card.closed ? setTimeout(() => this.#ask(), PAUSE) : null;
  }

  /** Whether something is under way that a fresh copy would overwrite. */
  #isBusy(id) {
    const { outbox, editing } = this.card;
    return outbox.events.some((event) => event.segment === id) || editing.segment?.id === id;
  }

  #take(fresh) {
    const { card } = this;
    const held = card.queue.segments.get(fresh.id);
    if (!held) {
      this.waiting.delete(fresh.id);
      return;
    }
    if (this.#isBusy(fresh.id) || held.revision > fresh.revision) return;
    if (!fresh.stale || !fresh.recomputing) this.waiting.delete(fresh.id);
    if (fresh.stale) fresh.flags = held.flags; // checked while typing; the stored ones are older
    fresh.before = held.before ?? fresh.before;
    card.queue.replace(fresh);
    card.context.note(fresh);
    if (card.segment?.id === fresh.id) card.paint();
  }
}
