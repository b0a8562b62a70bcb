// The skeleton of the card: built once, filled by the painters. The order here is the reading order.

import { element } from "./dom.js";
import { LABELS } from "./keys.js";

const ACTIONS = ["accept", "edit", "reject", "skip", "undo", "comment", "mark"];

/**
 * Build the card.
 * @param {object} options
 * @param {(name: string, values?: object) => string} options.translate
 * @param {(action: string) => void} options.act
 * @returns {Record<string, HTMLElement>} the parts by name; `root` is the whole
 */
export function buildView({ translate, act }) {
  const parts = {};
  const part = (name, tag, { class: more = "", ...properties } = {}, ...children) =>
    (parts[name] = element(tag, { class: `${name} ${more}`.trim(), ...properties }, ...children));
  const button = (action) =>
    (parts[`button_${action}`] = element(
      "button",
      { type: "button", class: `action ${action}`, data: { action }, on: { click: () => act(action) } },
      element("span", {}, translate(action)),
      element("kbd", {}, LABELS[action]),
    ));
  const pane = (name, title, ...children) =>
    part(`${name}_pane`, "section", { class: "pane", "aria-label": title },
      element("h3", {}, title), ...children);

  const meter = part("meter", "div", {},
    part("bar", "div", { "aria-hidden": "true" }, part("filled", "div")),
    part("coverage", "p"));
  const status = part("status", "div", {},
    part("saved", "p", { role: "status" }),
    element("button", { type: "button", class: "quiet", on: { click: () => act("help") } },
      translate("keys"), " ", element("kbd", {}, "?")));

  const arabic = pane("arabic", translate("arabic"),
    part("reading", "div", { class: "text", dir: "rtl", lang: "ar" }),
    part("editor", "div", {
      class: "text", dir: "rtl", lang: "ar", role: "textbox", "aria-multiline": "true",
      "aria-label": translate("editor"), spellcheck: "true", hidden: true,
      contenteditable: "plaintext-only", autocapitalize: "off",
    }),
    part("editing", "div", { hidden: true },
      element("button", { type: "button", class: "action primary", on: { click: () => act("save") } },
        element("span", {}, translate("save")), element("kbd", {}, LABELS.save)),
      element("button", { type: "button", class: "action", on: { click: () => act("leaveEditor") } },
        element("span", {}, translate("leaveEditor")), element("kbd", {}, LABELS.leaveEditor)),
      element("button", { type: "button", class: "action", on: { click: () => act("reset") } },
        element("span", {}, translate("reset")), element("kbd", {}, "Alt+Z"))),
    part("difference", "div", { class: "text", dir: "rtl", lang: "ar", hidden: true }));
  const english = pane("back", translate("back"),
    part("back_text", "div", { class: "text", dir: "ltr", lang: "en" }),
    part("back_note", "p", { class: "note" }));
  const source = pane("source", translate("source"),
    part("source_text", "div", { class: "text", dir: "ltr", lang: "en" }));

  const main = element("div", { class: "main" },
    part("heading", "div", {},
      part("where", "h2", { tabindex: "-1" }),
      part("state", "span"),
      part("claim", "span", { hidden: true })),
    part("conflict", "section", { role: "alert", hidden: true }),
    element("div", { class: "panes" }, arabic, element("div", { class: "english" }, english, source)),
    part("quality", "section", { "aria-label": translate("quality") }),
    part("flags", "section", { "aria-label": translate("reasons") }),
    part("notes", "section", { hidden: true }));
  const aside = part("context", "aside", { "aria-label": translate("context") },
    element("h3", {}, translate("context")),
    part("article", "div", { dir: "rtl", lang: "ar", role: "region",
      "aria-label": translate("context") }));

  part("empty", "p", { hidden: true });
  part("announcer", "div", { class: "unseen", "aria-live": "polite" });
  part("tooltip", "div", { role: "tooltip", hidden: true });
  const actions = element("div", { class: "actions", role: "group", "aria-label": translate("actions") },
    button("previous"), ...ACTIONS.map(button), button("next"));
  parts.body = element("div", { class: "body" }, main, aside, actions);
  parts.root = element("div", { class: "card" },
    element("div", { class: "top" }, meter, status), parts.empty, parts.body,
    parts.announcer, parts.tooltip);
  return parts;
}
