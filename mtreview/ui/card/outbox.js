// Decisions on their way to the store. Each is written to the browser's storage before it is sent
// and leaves it only when the server has said that it is on disk. Every event has a key, so that
// sending one twice saves it once; the boxes of tabs that are gone are taken over by those that live.

const PREFIX = "mtreview.outbox.";
const HEARTBEAT = 2_000;
const ABANDONED = 7_000;
const BATCH = 50;

export class Outbox {
  /**
   * @param {import("./api.js").Api} api
   * @param {string} review
   * @param {string} reviewer whose decisions these are; those of others are left where they lie
   * @param {(event: object, result: object) => void} onResult
   * @param {(waiting: number, connected: boolean) => void} onChange
   */
  constructor(api, review, reviewer, onResult, onChange) {
    this.api = api;
    this.review = review;
    this.reviewer = reviewer;
    this.othersWaiting = ""; // whose decisions on this review a closed tab left in this browser
    this.onResult = onResult;
    this.onChange = onChange;
    this.name = PREFIX + uniqueKey();
    this.events = [];
    this.adopted = new Map(); // event key -> name of the box it was found in
    this.sending = false;
    this.delay = 0;
    this.connected = true;
    this.timer = setInterval(() => this.#beat(), HEARTBEAT);
    this.adopt();
  }

  get waiting() {
    return this.events.length;
  }

  /** Queue an event and send it as soon as the line is free. */
  add(event) {
    this.events.push(Object.assign(event, { review: this.review, reviewer: this.reviewer }));
    this.#write();
    this.onChange(this.waiting, this.connected);
    this.flush();
  }

  /** Take back what waits for a segment. @returns {object[]} in its order */
  withdraw(segment) {
    const taken = this.events.filter((event) => event.segment === segment);
    this.events = this.events.filter((event) => event.segment !== segment);
    for (const { key } of taken) this.#forget(key);
    this.#write();
    this.onChange(this.waiting, this.connected);
    return taken;
  }

  /** A decision on a segment was never taken: what waits for that segment stands one earlier. */
  moveBack(segment) {
    for (const event of this.events) if (event.segment === segment) event.revision -= 1;
    this.#write();
  }

  /** Take over what tabs of the same reviewer left behind that no longer beat. */
  adopt() {
    this.othersWaiting = "";
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX) || name === this.name) continue;
      const box = read(name);
      if (!box || Date.now() - box.alive < ABANDONED) continue;
      for (const event of box.events) {
        if (event.review !== this.review) continue;
        if ((event.reviewer ?? this.reviewer) !== this.reviewer) {
          this.othersWaiting = event.reviewer;
        } else if (!this.adopted.has(event.key)) {
          this.adopted.set(event.key, name);
          this.events.push({ ...event, adopted: true });
        }
      }
      if (!box.events.length) localStorage.removeItem(name);
    }
    if (this.waiting) {
      this.#write();
      this.onChange(this.waiting, this.connected);
      this.flush();
    }
  }

  /** Send until nothing waits; after a failure wait longer each time, up to five seconds. */
  async flush() {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.events.length) await this.#send(this.events.slice(0, BATCH));
      this.delay = 0;
    } catch (error) {
      this.#setConnected(false);
      this.delay = Math.min(5_000, Math.max(250, this.delay * 2));
      setTimeout(() => this.flush(), error.status === 401 ? 1_000 : this.delay);
    } finally {
      this.sending = false;
    }
  }

  /** The tab is going away: whoever comes next may take the box over at once. */
  close() {
    clearInterval(this.timer);
    this.#write(0);
  }

  async #send(batch) {
    const { results } = await this.api.post("events", { events: batch });
    this.#setConnected(true);
    const known = new Map(results.map((result) => [result.key, result]));
    const answered = batch.filter((event) => known.has(event.key));
    if (!answered.length) throw Object.assign(new Error("unanswered"), { status: 0 });
    this.events = this.events.filter((event) => !known.has(event.key));
    this.#write();
    for (const event of answered) {
      this.#forget(event.key);
      this.onResult(event, known.get(event.key));
    }
    this.onChange(this.waiting, this.connected);
  }

  /** Remove an adopted event from the box it came from. */
  #forget(key) {
    const name = this.adopted.get(key);
    if (!name) return;
    this.adopted.delete(key);
    const box = read(name);
    const left = box?.events.filter((event) => event.key !== key) ?? [];
    if (left.length) localStorage.setItem(name, JSON.stringify({ ...box, events: left }));
    else localStorage.removeItem(name);
  }

  #setConnected(connected) {
    this.connected = connected;
    this.onChange(this.waiting, connected);
  }

  #beat() {
    this.#write();
    this.adopt();
  }

  #write(alive = Date.now()) {
    if (this.events.length) {
      localStorage.setItem(this.name, JSON.stringify({ alive, events: this.events }));
    } else {
      localStorage.removeItem(this.name);
    }
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** A key that no other event has; `randomUUID` is missing on plain HTTP, this is not. */
export function uniqueKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
