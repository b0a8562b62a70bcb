// The dialogs of the card: keys, comment, marking an error. Native <dialog>: the focus stays inside
// and Escape closes.

import { element, isShown } from "./dom.js";
import { LABELS } from "./keys.js";

function open(host, title, translate, ...children) {
  const dialog = element("dialog", { "aria-label": title },
    element("h2", {}, title), ...children);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  host.append(dialog);
  dialog.showModal();
  return dialog;
}

function footer(translate, confirmLabel) {
  return element("p", { class: "buttons" },
    element("button", { type: "submit", value: "yes", class: "action primary" }, confirmLabel),
    element("button", { type: "submit", value: "", class: "action", formnovalidate: true }, translate("cancel")));
}

export function showHelp(host, translate) {
  const rows = Object.keys(LABELS).map((action) =>
    element("tr", {}, element("th", { scope: "row" }, element("kbd", {}, LABELS[action])),
      element("td", {}, translate(`help_${action}`))));
  const editing = [["Alt+Enter", "applySuggestion"], ["Alt+F", "nextFlag"], ["Alt+M", "mark"], ["Alt+Z", "reset"]]
    .map(([label, action]) => element("tr", {}, element("th", { scope: "row" }, element("kbd", {}, label)),
      element("td", {}, `${translate(`help_${action}`)} (${translate("whileEditing")})`)));
  const form = element("form", { method: "dialog" },
    element("p", {}, translate("helpIntroduction")),
    element("div", { class: "scroll", tabindex: "0" }, element("table", {}, element("tbody", {}, ...rows, ...editing))),
    element("p", { class: "buttons" }, element("button", { class: "action primary", autofocus: true }, translate("close"))));
  const dialog = open(host, translate("keys"), translate, form);
  dialog.addEventListener("keydown", (event) => {
    if (["KeyH", "Slash"].includes(event.code)) dialog.close();
  });
}

/** Ask for a comment. @returns {Promise<string|null>} */
export function askComment(host, translate) {
  return new Promise((resolve) => {
    const field = element("textarea", { rows: "4", dir: "auto", required: true, autofocus: true,
      "aria-label": translate("comment") });
    const form = element("form", { method: "dialog" }, field, footer(translate, translate("saveComment")));
    const dialog = open(host, translate("comment"), translate, form);
    submitOnControlEnter(dialog, form);
    dialog.addEventListener("close", () =>
      resolve(dialog.returnValue === "yes" && field.value.trim() ? field.value.trim() : null));
  });
}

/**
 * Ask what is wrong with a span.
 * @param {{categories: [string, string][], severities: [string, string][]}} lists id and title
 * @returns {Promise<{category: string, severity: string, comment: string}|null>}
 */
export function askMark(host, excerpt, lists, translate) {
  return new Promise((resolve) => {
    const choice = (name, items, chosen) => element("label", {}, translate(name),
      element("select", { name }, ...items.map(([id, title]) =>
        element("option", { value: id, selected: id === chosen }, title))));
    const comment = element("textarea", { rows: "2", dir: "auto", name: "comment" });
    const form = element("form", { method: "dialog" },
      element("p", { class: "text", dir: "rtl", lang: "ar" }, excerpt),
      choice("category", lists.categories, "mistranslation"),
      choice("severity", lists.severities, "major"),
      element("label", {}, translate("comment"), comment),
      footer(translate, translate("mark")));
    const dialog = open(host, translate("markTitle"), translate, form);
    submitOnControlEnter(dialog, form);
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return resolve(null);
      const values = Object.fromEntries(new FormData(form));
      return resolve({ ...values, comment: values.comment.trim() });
    });
  });
}

function submitOnControlEnter(dialog, form) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[value='yes']"));
    }
  });
}

/** Fill the conflict box: both texts, and what can be done. */
export function paintConflict(box, conflict, translate, resolve) {
  box.hidden = !conflict;
  if (isShown(box, conflict)) return undefined;
  if (!conflict) return box.replaceChildren();
  const side = (title, text) => element("div", {}, element("h4", {}, title),
    element("p", { class: "text", dir: "rtl", lang: "ar" }, text));
  return box.replaceChildren(
    element("h3", {}, translate("conflict")),
    element("p", {}, translate("conflictText", { reviewer: `\u2068${conflict.theirs.reviewer}\u2069`,
      verdict: conflict.theirs.verdict_title })),
    element("div", { class: "both" },
      side(translate("theirs"), conflict.theirs.after), side(translate("yours"), conflict.mine.at(-1).after)),
    element("p", { class: "buttons" },
      element("button", { type: "button", class: "action", on: { click: () => resolve("theirs") } },
        translate("keepTheirs")),
      element("button", { type: "button", class: "action primary", on: { click: () => resolve("mine") } },
        translate("saveMine"))));
}

