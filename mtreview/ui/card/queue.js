// The segments in the order of the queue: a window that is fetched ahead of the reader, so that the
// next one can be painted without asking anybody.

const FIRST = 12; // a small first answer paints sooner
const AHEAD = 60;
const REFILL = 40; // asked for again when fewer are left: at 70 ms a key that is 2.8 s
const OVERLAP = 20; // others decide too, which moves the pages of an open-only queue
const BEHIND = 200;

export class Queue {
  /**
   * @param {import("./api.js").Api} api
   * @param {() => void} onChange called when segments arrived or could not be fetched
   */
  constructor(api, onChange) {
    this.api = api;
    this.onChange = onChange;
    this.generation = 0;
    this.reset({}, null);
  }

  /** Begin another queue. @param {string|null} include a segment to stand on first. */
  reset(query, include) {
    this.generation += 1;
    this.query = query;
    this.include = include;
    this.order = [];
    this.segments = new Map();
    this.seen = new Set();
    this.position = 0;
    this.dropped = 0;
    this.cursor = 0;
    this.settledSince = 0;
    this.total = null;
    this.atEnd = false;
    this.loading = null;
  }

  get current() {
    return this.segments.get(this.order[this.position]) ?? null;
  }

  get isFinished() {
    return this.atEnd && this.position >= this.order.length;
  }

  /** How many segments of the queue lie before the current one. */
  get place() {
    return this.dropped + this.position;
  }

  /** Step forward or back. @returns {boolean} whether the position changed. */
  move(step) {
    const next = Math.min(this.position + step, this.order.length);
    if (next < 0 || next === this.position) return false;
    this.position = next;
    this.#trim();
    this.refill();
    return true;
  }

  /** Go on to the next segment that is not decided and that nobody else is at. */
  moveToOpen() {
    let next = this.position + 1;
    while (next < this.order.length) {
      const segment = this.segments.get(this.order[next]);
      if (!segment.state && !segment.claimed_by) break;
      next += 1;
    }
    this.position = Math.min(next, this.order.length);
    this.#trim();
    this.refill();
  }

  /** Stand on a segment, fetching it if need be. */
  async goTo(id) {
    let index = this.order.indexOf(id);
    if (index < 0) {
      const { segments } = await this.api.post("segments", { ids: [id] });
      if (!segments.length) return;
      index = Math.min(this.position + 1, this.order.length);
      this.#insert(segments[0], index);
    }
    this.position = index;
  }

  /** Put a fresh copy of a segment in the place of the one that is held. */
  replace(segment) {
    if (this.segments.has(segment.id)) this.segments.set(segment.id, segment);
  }

  /** Fetch more when the end comes near. */
  refill() {
    const isShort = this.order.length - this.position <= REFILL;
    if (isShort && !this.atEnd && !this.loading) {
      const generation = this.generation;
      this.loading = this.#load(generation)
        .catch(() => setTimeout(() => generation === this.generation && this.refill(), 1_000))
        .finally(() => {
          if (generation !== this.generation) return;
          this.loading = null;
          this.onChange();
        });
    }
    return this.loading;
  }

  async #load(generation) {
    const limit = this.seen.size ? AHEAD : FIRST;
    const offset = Math.max(0, this.cursor - this.settledSince - (this.cursor ? OVERLAP : 0));
    let answer = await this.#page(offset, limit);
    if (answer.segments.length < limit && offset > 0) answer = await this.#lastPage(answer);
    if (generation !== this.generation) return;
    this.settledSince = 0;
    this.cursor = offset + answer.segments.length;
    this.atEnd = answer.segments.length < limit || answer.isLast === true;
    this.total ??= answer.total;
    for (const segment of answer.segments) {
      if (!this.seen.has(segment.id)) this.#insert(segment, this.order.length);
    }
    if (!this.atEnd) queueMicrotask(() => generation === this.generation && this.refill());
  }

  /** Before the end is believed, look from the start for what slipped through between two pages. */
  async #lastPage(answer) {
    const first = await this.#page(0, AHEAD);
    return { ...answer, isLast: true, segments: [...answer.segments, ...first.segments] };
  }

  #page(offset, limit) {
    const include = this.seen.size ? null : this.include;
    return this.api.post("segments", { query: this.query, offset, limit, include });
  }

  #insert(segment, index) {
    this.seen.add(segment.id);
    this.segments.set(segment.id, segment);
    this.order.splice(index, 0, segment.id);
  }

  #trim() {
    const surplus = this.position - BEHIND;
    if (surplus <= 0) return;
    for (const id of this.order.splice(0, surplus)) this.segments.delete(id);
    this.position -= surplus;
    this.dropped += surplus;
  }
}
