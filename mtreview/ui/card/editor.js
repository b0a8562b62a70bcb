// The box in which the Arabic is corrected. It is plain text with highlights painted over it (CSS
// Custom Highlight), so that marking a word never breaks the joining of its letters, and the
// browser's own undo works for typing and for suggestions alike.

import { movedSpans } from "./spans.js";

const SEVERITIES = ["neutral", "minor", "major", "critical"];
const LINE_ENDS = /\s*[\r\n\v\f\u001c-\u001e\u0085\u2028\u2029]+\s*/g; // whatever a reader of lines ends one at
const QUIET = 250; // milliseconds without a key before the text is checked again

export class Editor {
  /**
   * @param {HTMLElement} box a contenteditable element
   * @param {{onInput: (text: string) => void, recheck: (text: string) => Promise<object[]|null>,
   *   onFlags: (flags: object[]) => void}} listeners
   */
  constructor(box, listeners) {
    this.box = box;
    this.listeners = listeners;
    this.flags = [];
    this.text = "";
    this.composing = false;
    this.timer = null;
    box.addEventListener("input", () => this.#changed());
    box.addEventListener("compositionstart", () => (this.composing = true));
    box.addEventListener("compositionend", () => {
      this.composing = false;
      this.#changed();
    });
    box.addEventListener("keydown", (event) => {
      // A segment is one line of its file: a line end typed here would tear the file apart.
      if (event.key === "Enter" && !this.text.includes("\n")) event.preventDefault();
    });
    box.addEventListener("paste", (event) => {
      event.preventDefault();
      const pasted = event.clipboardData.getData("text/plain");
      this.#insert(this.text.includes("\n") ? pasted : pasted.replace(LINE_ENDS, " "));
    });
    box.addEventListener("drop", (event) => event.preventDefault());
  }

  /** Begin to edit. @param {object[]} flags with UTF-16 offsets into the text. */
  open(text, flags) {
    this.text = text;
    this.box.textContent = text;
    this.setFlags(flags);
    this.box.focus({ preventScroll: true });
    getSelection().selectAllChildren(this.box);
    getSelection().collapseToEnd();
  }

  close() {
    clearTimeout(this.timer);
    clearHighlights();
  }

  setFlags(flags, selected = null) {
    this.flags = flags;
    this.#paint(selected);
  }

  /** Replace a stretch as if it were typed, so that Ctrl+Z takes it back. */
  replace(start, end, replacement) {
    this.select(start, end);
    this.#insert(replacement);
  }

  select(start, end) {
    const range = this.#range(start, end);
    if (!range) return;
    this.box.focus({ preventScroll: true });
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  /** Set the whole text, as one step that Ctrl+Z takes back. */
  setText(text) {
    this.replace(0, this.text.length, text);
  }

  #insert(text) {
    // execCommand is old, but nothing else puts a change on the browser's own undo stack.
    if (text) document.execCommand("insertText", false, text);
    else document.execCommand("delete");
  }

  #changed() {
    const text = this.box.textContent;
    if (text === this.text) return;
    this.flags = movedSpans(this.flags, this.text, text);
    this.text = text;
    this.listeners.onInput(text);
    this.listeners.onFlags(this.flags);
    if (this.composing) return;
    this.#paint();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#recheck(), QUIET);
  }

  async #recheck() {
    const text = this.text;
    const flags = await this.listeners.recheck(text);
    if (flags === null || text !== this.text || this.composing) return;
    this.flags = flags;
    this.#paint();
    this.listeners.onFlags(flags);
  }

  #range(start, end) {
    let node = this.box.firstChild;
    if (!node) return null;
    if (this.box.childNodes.length > 1) {
      this.box.normalize();
      node = this.box.firstChild;
    }
    const length = node.textContent.length;
    const range = document.createRange();
    if (node.nodeType !== Node.TEXT_NODE) return null;
    range.setStart(node, Math.min(start, length));
    range.setEnd(node, Math.min(end, length));
    return range;
  }

  #paint(selected = null) {
    clearHighlights();
    if (!("highlights" in CSS)) return;
    for (const [priority, severity] of SEVERITIES.entries()) {
      const ranges = this.flags
        .filter((flag) => flag.severity === severity && flag.side === "target" && !flag.dismissed)
        .map((flag) => this.#range(flag.start, flag.end))
        .filter(Boolean);
      if (!ranges.length) continue;
      const highlight = new Highlight(...ranges);
      highlight.priority = priority;
      CSS.highlights.set(`mtreview-${severity}`, highlight);
    }
    if (selected) {
      const range = this.#range(selected.start, selected.end);
      if (range) CSS.highlights.set("mtreview-selected", new Highlight(range));
    }
  }
}

function clearHighlights() {
  if (!("highlights" in CSS)) return;
  for (const severity of SEVERITIES) CSS.highlights.delete(`mtreview-${severity}`);
  CSS.highlights.delete("mtreview-selected");
}
