// The card: it knows the current segment and what a key does to it. Painting, storage and requests
// are next door.

import { Api } from "./api.js";
import { Context } from "./context.js";
import { decide, settle, takeTheirs, undoable } from "./decisions.js";
import { askComment, askMark, showHelp } from "./dialogs.js";
import { message } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Editing } from "./editing.js";
import { paintCard, paintHeading, paintStatus } from "./face.js";
import { actionOf } from "./keys.js";
import { Meter } from "./meter.js";
import { Outbox } from "./outbox.js";
import { Queue } from "./queue.js";
import { Refresher } from "./refresh.js";
import { selectedSpan } from "./selection.js";
import { Tooltip } from "./tooltip.js";
import { buildView } from "./view.js";

const DECISIONS = new Set(["accept", "reject", "skip", "edit", "save", "reset", "applySuggestion",
  "dismiss", "dismissEverywhere", "comment", "mark"]);
const REST = 500; // milliseconds on a segment before others are told that it is being read

export class Card {
  static identityOf(data) {
    return JSON.stringify([data.review, data.reviewer, data.language]);
  }

  constructor(host, data, renew) {
    this.host = host;
    this.identity = Card.identityOf(data);
    this.data = data;
    this.translate = (name, values) => message(data.strings[name] ?? name, values);
    this.view = buildView({ translate: this.translate, act: (action, flag) => this.act(action, flag) });
    this.view.root.dir = data.direction;
    this.view.root.lang = data.language;
    this.view.root.dataset.reviewer = data.reviewer;
    host.replaceChildren(this.view.root);
    this.api = new Api(renew);
    this.api.token = data.token;
    this.drafts = new Drafts(data.review);
    this.problem = "";
    this.conflicts = new Map(); // segment -> what somebody else decided, and what was to be decided here
    this.queue = new Queue(this.api, () => this.#arrived());
    this.outbox = new Outbox(this.api, data.review, data.reviewer,
      (event, result) => settle(this, event, result), () => paintStatus(this));
    this.context = new Context(this.api, this.view.article, async (id) => {
      await this.goTo(id);
      this.view.where.focus({ preventScroll: true });
    });
    this.refresher = new Refresher(this);
    this.editing = new Editing(this);
    this.tooltip = new Tooltip(this);
    this.meter = new Meter(this.api, this.view);
    this.history = undoable();
    this.selected = null;
    this.shown = null;
    this.moved = false; // whether the reader went somewhere, or began to edit here
    this.signalsOpen = false;
    this.differenceShown = false;
    this.onKey = (event) => this.#key(event);
    this.onHide = () => this.outbox.close();
    window.addEventListener("keydown", this.onKey, true);
    window.addEventListener("pagehide", this.onHide);
    this.#start();
  }

  async #start() {
    this.paint();
    await this.outbox.flush(); // what was left behind must count before the queue is read
    this.#ask();
  }

  #ask() {
    this.asked = JSON.stringify(this.data.query);
    this.shown = null;
    this.queue.reset(this.data.query, this.drafts.current(this.asked));
    this.queue.refill();
    this.meter.ask();
    this.paint();
  }

  /** The page ran again: take its token, and its filters if they changed. */
  update(data) {
    this.data = data;
    this.api.token = data.token;
    this.outbox.flush();
    if (this.asked !== undefined && JSON.stringify(data.query) !== this.asked) {
      this.editing.keepDraft();
      this.#ask();
    }
  }

  close() {
    this.closed = true;
    window.removeEventListener("keydown", this.onKey, true);
    window.removeEventListener("pagehide", this.onHide);
    this.editing.keepDraft();
    this.outbox.close();
    this.refresher.stop();
    this.meter.stop();
    this.view.root.remove();
  }

  get segment() {
    return this.queue.current;
  }

  #key(event) {
    const editor = this.editing.isOpen ? this.view.editor : null;
    const action = actionOf(event, editor);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.act(action);
  }

  /** Do what a key or a button asks for. @param {string} [flagId] the flag it is about */
  act(action, flagId) {
    const segment = this.segment;
    if (action === "help") return showHelp(this.view.root, this.translate);
    if (action === "undo") return this.history.undo(this);
    if (action === "redo") return this.history.redo(this);
    if (action === "previous") return this.#move(-1);
    if (!segment) return undefined;
    if (DECISIONS.has(action) && this.conflicts.has(segment.id)) return this.askAgain(segment.id);
    if (/^flag\d$/.test(action)) return this.#selectNumber(Number(action.slice(4)));
    const flag = this.#flag(flagId);
    switch (action) {
      case "next": return this.#move(1);
      case "accept":
      case "reject":
      case "skip": return this.#settleHere(action);
      case "edit": return this.editing.open();
      case "save": return this.editing.save();
      case "leaveEditor": return this.editing.leave();
      case "reset": return this.editing.reset();
      case "nextFlag": return this.#step(1);
      case "previousFlag": return this.#step(-1);
      case "hoverFlag": return this.#hover(flagId);
      case "applySuggestion": return flag && this.editing.apply(flag);
      case "dismiss": return flag && this.#dismiss(flag, false);
      case "dismissEverywhere": return flag && this.#dismiss(flag, true);
      case "comment": return this.#comment();
      case "mark": return this.#mark();
      case "toggleSignals": this.signalsOpen = !this.signalsOpen; return this.paint();
      case "toggleDifference": this.differenceShown = !this.differenceShown; return this.paint();
      default: return undefined;
    }
  }

  openFlags() {
    return this.segment?.flags.filter((flag) => !flag.dismissed) ?? [];
  }

  #flag(id) {
    const flags = this.openFlags();
    return flags.find((flag) => flag.id === (id ?? this.selected)) ?? (id ? null : flags[0]) ?? null;
  }

  #selectNumber(number) {
    const flag = this.openFlags()[number - 1];
    if (flag) this.select(flag);
  }

  #step(step) {
    const flags = this.openFlags();
    if (!flags.length) return;
    const index = flags.findIndex((flag) => flag.id === this.selected);
    this.select(flags[(index + step + flags.length) % flags.length]);
  }

  select(flag) {
    this.selected = flag.id;
    if (this.editing.isOpen) this.editing.show(flag);
    this.paint();
    this.announce(`${flag.severity_title}. ${flag.title}. ${flag.reason}`);
  }

  #hover(id) {
    for (const mark of this.view.root.querySelectorAll("mark[data-flags]")) {
      mark.classList.toggle("hovered", id !== null && mark.dataset.flags.split(" ").includes(id));
    }
  }

  #move(step) {
    this.moved = true;
    this.editing.keepDraft();
    if (this.queue.move(step)) this.shownNew();
  }

  async goTo(id) {
    this.moved = true;
    this.editing.keepDraft();
    await this.queue.goTo(id);
    this.shownNew();
  }

  /** Decide on the segment as a whole and go on. */
  #settleHere(verdict) {
    this.moved = true;
    this.editing.keepDraft();
    decide(this, this.segment, verdict);
    this.moveOn();
  }

  moveOn() {
    if (this.goToConflict()) return;
    this.queue.moveToOpen();
    this.shownNew();
  }

  #dismiss(flag, everywhere) {
    const flags = this.openFlags();
    const next = flags[flags.findIndex((other) => other.id === flag.id) + 1];
    decide(this, this.segment, "dismiss_flag", { flag: flag.id, everywhere,
      pattern: { check: flag.check, excerpt: flag.excerpt } });
    this.selected = next?.id ?? null;
    this.paint();
  }

  async #comment() {
    const segment = this.segment;
    const comment = await askComment(this.view.root, this.translate);
    if (comment) decide(this, this.#asItIs(segment), "comment", { comment });
    this.paint();
  }

  async #mark() {
    const segment = this.segment;
    const span = selectedSpan(this);
    const excerpt = segment.target.slice(span.start, span.end);
    const answer = await askMark(this.view.root, excerpt, this.data, this.translate);
    if (!answer) return;
    const { comment, ...mark } = answer;
    decide(this, this.#asItIs(segment), "mark_error", { comment, mark: { ...span, ...mark } });
    this.paint();
  }

  /** The copy that is held now, unless its text is not the one that a dialog was about. */
  #asItIs(segment) {
    const held = this.queue.segments.get(segment.id);
    return held?.target === segment.target ? held : segment;
  }

  #arrived() {
    const isFirst = this.shown === null && !this.queue.include;
    if (isFirst && this.segment?.claimed_by) this.queue.moveToOpen();
    const arrived = this.segment;
    if (arrived && this.shown !== arrived.id) this.shownNew();
    else this.paint();
  }

  /** Another segment is current: paint it, and do what can wait afterwards. */
  shownNew() {
    const segment = this.segment;
    this.selected = null;
    this.shown = segment?.id ?? null;
    if (this.moved || this.data.scored) this.rememberPlace();
    this.paint();
    if (!segment) return;
    const draft = this.drafts.get(segment.id);
    if (draft?.editing) this.editing.open();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.#settled(segment), REST);
  }

  /** Come back here when the page is opened again. */
  rememberPlace() {
    if (this.segment) this.drafts.setCurrent(this.asked, this.segment.id);
  }

  /** The reader stays on a segment: say so to the others, show where it stands in the article. */
  async #settled(segment) {
    this.announce(this.view.where.textContent);
    this.context.show(segment);
    try {
      const { claimed_by: claimedBy } = await this.api.post("claim", { segment: segment.id });
      segment.claimed_by = claimedBy;
      if (this.segment !== segment) return;
      if (claimedBy && !this.moved) this.moveOn(); // two people opened the review at once
      else paintHeading(this);
    } catch {
      // Nobody is told for now; a conflict would still be noticed when saving.
    }
  }

  announce(text) {
    this.view.announcer.textContent = text;
  }

  paint() {
    paintCard(this);
  }

  /** Go where somebody else decided meanwhile, if it is anywhere. @returns {boolean} whether */
  goToConflict() {
    const [id] = this.conflicts.keys();
    if (id !== undefined) this.goTo(id);
    return id !== undefined;
  }

  /** Nothing is decided on a segment before its conflict is settled. */
  askAgain(id) {
    this.view.conflict.querySelector("button")?.focus();
    this.announce(this.conflicts.get(id).message);
  }

  /** Settle a conflict: "theirs" forgets what was done here, "mine" saves it on top. */
  resolve(choice) {
    const { segment } = this;
    const { theirs, mine } = this.conflicts.get(segment.id);
    this.conflicts.delete(segment.id);
    this.drafts.remove(segment.id);
    takeTheirs(this, segment, theirs);
    if (choice === "mine") for (const event of mine) decide(this, segment, event.verdict, event);
    this.paint();
  }
}
