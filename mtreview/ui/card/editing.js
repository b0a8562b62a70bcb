// Correcting the current segment: the editor, its draft, and what saving means.

import { decide } from "./decisions.js";
import { Editor } from "./editor.js";
import { paintDifference } from "./face.js";

export class Editing {
  /** @param {import("./card.js").Card} card */
  constructor(card) {
    this.card = card;
    this.segment = null;
    this.editor = new Editor(card.view.editor, {
      onInput: (text) => this.#typed(text),
      recheck: (text) => this.#recheck(text),
      onFlags: (flags) => this.#flagged(flags),
    });
    card.view.reading.addEventListener("dblclick", () => this.open());
  }

  get isOpen() {
    return this.segment !== null;
  }

  /** What the editor holds; null while it is closed. */
  get text() {
    return this.segment ? this.editor.text : null;
  }

  /** Begin to edit, from the draft if there is one. */
  open() {
    const { card } = this;
    const segment = card.segment;
    if (!segment || this.isOpen) return;
    const draft = card.drafts.get(segment.id);
    this.segment = segment;
    card.moved = true;
    card.rememberPlace();
    if (draft) segment.revision = draft.revision;
    this.#toggle(true);
    this.editor.open(segment.target, this.#targetFlags());
    if (draft && draft.text !== segment.target) this.editor.setText(draft.text);
    else this.#keep(true);
    card.paint();
  }

  /** Save the text and go on to the next segment. */
  save() {
    const { card, segment } = this;
    if (!segment) return;
    const after = this.editor.text;
    const flags = segment.flags;
    const isChanged = after !== segment.target;
    this.#close(); // the flags of the old text return: they are what an undo brings back
    card.drafts.remove(segment.id);
    decide(card, segment, isChanged ? "edit" : "accept", { after });
    if (isChanged) segment.flags = flags;
    card.moveOn();
  }

  /** Close the editor; what was typed stays as a draft. */
  leave() {
    this.keepDraft();
    if (!this.card.goToConflict()) this.card.paint();
    this.card.view.where.focus({ preventScroll: true });
  }

  /** Close the editor, if it is open, and remember what it held. */
  keepDraft() {
    if (!this.segment) return;
    const { segment } = this;
    if (this.editor.text === segment.target) this.card.drafts.remove(segment.id);
    else this.#keep(false);
    this.#close();
  }

  /** Go back to the machine's text: in the editor as typing, otherwise as a decision. */
  reset() {
    const { card } = this;
    if (this.isOpen) return this.editor.setText(this.segment.machine);
    card.drafts.remove(card.segment.id);
    if (card.segment.target !== card.segment.machine) this.#decide(card.segment.machine);
    return card.paint();
  }

  /** Put the suggestion of a flag in its place. */
  apply(flag) {
    if (flag.suggestion === null || flag.side !== "target") return;
    if (this.isOpen) {
      this.editor.replace(flag.start, flag.end, flag.suggestion);
      return;
    }
    const { target } = this.card.segment;
    if (target.slice(flag.start, flag.end) !== flag.excerpt) return; // the flag is of an older text
    this.#decide(target.slice(0, flag.start) + flag.suggestion + target.slice(flag.end));
    this.card.paint();
  }

  /** Bring a flag into view while editing: its characters are selected. */
  show(flag) {
    if (flag.side === "target") this.editor.select(flag.start, flag.end);
    this.editor.setFlags(this.#targetFlags(), flag.side === "target" ? flag : null);
  }

  /** Save another text without leaving the segment, and check it. */
  async #decide(after) {
    const { card } = this;
    const segment = card.segment;
    decide(card, segment, "edit", { after });
    segment.flags = segment.flags.filter((flag) => flag.side !== "target");
    const flags = await this.#recheck(after, segment);
    if (flags && segment.target === after) {
      segment.flags = [...flags, ...segment.flags.filter((flag) => flag.side !== "target")];
      if (card.segment === segment) card.paint();
    }
  }

  #typed() {
    this.#keep(true);
    paintDifference(this.card);
  }

  #keep(editing) {
    this.card.drafts.set(this.segment.id,
      { text: this.editor.text, revision: this.segment.revision, editing });
  }

  #flagged(flags) {
    const { segment, card } = this;
    segment.flags = [...flags, ...segment.flags.filter((flag) => flag.side !== "target")];
    if (card.segment === segment) card.paint();
  }

  async #recheck(text, segment = this.segment) {
    try {
      return (await this.card.api.post("recheck", { segment: segment.id, text })).flags;
    } catch {
      return null; // the flags that an edit left whole stay as they are
    }
  }

  #targetFlags() {
    return this.segment.flags.filter((flag) => flag.side === "target");
  }

  /** Close the editor; the flags are again those of the text that stood when it was opened. */
  #close() {
    this.segment.flags = this.flagsBefore;
    this.editor.close();
    this.segment = null;
    this.#toggle(false);
  }

  #toggle(open) {
    const { view } = this.card;
    view.editor.hidden = !open;
    view.editing.hidden = !open;
    view.reading.hidden = open;
    if (open) this.flagsBefore = this.segment.flags;
  }
}
