// From a key press to the name of an action. Physical keys are read, so that the same key works on
// an Arabic layout, and nothing fires while a letter is being composed or typed into a field.

/** Action by physical key; a leading "Shift+" or "Control+" is part of the name. */
export const READING = {
  KeyJ: "next",
  KeyK: "previous",
  KeyA: "accept",
  KeyE: "edit",
  Enter: "edit",
  KeyX: "reject",
  KeyS: "skip",
  KeyF: "nextFlag",
  "Shift+KeyF": "previousFlag",
  KeyG: "applySuggestion",
  KeyD: "dismiss",
  "Shift+KeyD": "dismissEverywhere",
  KeyM: "mark",
  KeyN: "comment",
  KeyU: "undo",
  "Shift+KeyU": "redo",
  KeyZ: "reset",
  KeyT: "toggleDifference",
  KeyW: "toggleSignals",
  KeyH: "help",
  Slash: "help",
  "Shift+Slash": "help",
};

export const EDITING = {
  "Control+Enter": "save",
  Escape: "leaveEditor",
  "Alt+Enter": "applySuggestion",
  "Alt+KeyF": "nextFlag",
  "Alt+KeyM": "mark",
  "Alt+KeyZ": "reset",
};

/** What is written on the key, for the help and the buttons. */
export const LABELS = {
  next: "J", previous: "K", accept: "A", edit: "E", reject: "X", skip: "S", nextFlag: "F",
  previousFlag: "Shift+F", applySuggestion: "G", dismiss: "D", dismissEverywhere: "Shift+D",
  mark: "M", comment: "N", undo: "U", redo: "Shift+U", reset: "Z", toggleDifference: "T",
  toggleSignals: "W", help: "?", save: "Ctrl+Enter", leaveEditor: "Esc",
};

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";
const PRESSABLE = "button, a[href], summary, [role='button'], [role='tab'], [role='option'], [role='radio']";

/**
 * Name the action of a key press, or null.
 * @param {KeyboardEvent} event
 * @param {Element|null} editor the card's own editor, if it is open
 */
export function actionOf(event, editor) {
  if (event.isComposing || event.keyCode === 229) return null;
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return null;
  if (editor && target === editor) return EDITING[nameOf(event)] ?? null;
  if (target.closest(FIELDS) || isInDialog(target)) return null;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.code === "Enter" && target.closest(PRESSABLE)) return null;
  if (/^Digit[1-9]$/.test(event.code) && !event.shiftKey) return `flag${event.code.slice(5)}`;
  return READING[nameOf(event)] ?? null;
}

/** Our own dialogs take their keys themselves; so do the page's menus and pickers. */
function isInDialog(target) {
  return target.closest("dialog, [role='listbox'], [role='menu']") !== null;
}

function nameOf(event) {
  const control = event.ctrlKey || event.metaKey ? "Control+" : "";
  const alt = event.altKey ? "Alt+" : "";
  const shift = event.shiftKey ? "Shift+" : "";
  const code = event.code === "NumpadEnter" ? "Enter" : event.code;
  return `${control}${alt}${shift}${code}`;
}
