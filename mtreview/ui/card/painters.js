// Fill the card with one segment. Everything of the document's goes in as text.

import { wordDifference } from "./diff.js";
import { element, isolated, isShown, visibleText } from "./dom.js";
import { runs } from "./spans.js";

const RANKS = { neutral: 1, minor: 2, major: 3, critical: 4 };

/** The flags that are drawn over one text: open ones, the selected one above all. */
function drawn(segment, side, selected) {
  return segment.flags
    .filter((flag) => flag.side === side && !flag.dismissed)
    .map((flag) => ({ ...flag, rank: RANKS[flag.severity] + (flag.id === selected ? 10 : 0), flag }));
}

/** One run of text; plain text stays a bare text node. Backgrounds only: letters stay joined. */
function painted(run, selected) {
  if (!run.spans.length) return visibleText(run.text);
  const flag = run.spans.find((span) => span.flag)?.flag;
  const own = run.spans.some((span) => span.own);
  const link = run.spans.find((span) => span.link !== undefined);
  const unsure = run.spans.find((span) => span.level);
  const classes = [
    flag && `flagged ${flag.severity}`,
    flag && flag.id === selected && "selected",
    own && "own",
    link && `linked ${link.kind}`,
    unsure && `unsure level${unsure.level}`,
  ].filter(Boolean);
  return element(
    flag || own ? "mark" : "span",
    {
      class: classes.join(" "),
      data: {
        ...(flag && { flags: run.spans.filter((s) => s.flag).map((s) => s.flag.id).join(" ") }),
        ...(link && { link: String(link.link) }),
        ...(unsure && { unsure: String(unsure.level) }),
      },
    },
    visibleText(run.text),
  );
}

const linksOn = (segment, side) =>
  segment.links.map((link, index) => ({
    start: link[side][0], end: link[side][1], rank: 0.5, link: index, kind: link.kind,
  }));

/** The errors that reviewers marked, where the text still says what they marked. */
const marksOn = (segment) =>
  segment.marks
    .filter(({ start, end, excerpt }) => excerpt && segment.target.slice(start, end) === excerpt)
    .map(({ start, end }) => ({ start, end, rank: 0.7, own: true }));

export function paintArabic(box, segment, selected) {
  const spans = [...drawn(segment, "target", selected), ...marksOn(segment), ...linksOn(segment, "target")];
  if (isShown(box, segment.target, spans)) return;
  box.replaceChildren(...runs(segment.target, spans).map((run) => painted(run, selected)));
}

export function paintBack(box, note, segment, selected, translate) {
  const back = segment.back;
  box.classList.toggle("stale", Boolean(back?.stale));
  if (!back) {
    if (!isShown(box, null)) box.replaceChildren();
    note.textContent = translate("backMissing");
    return;
  }
  const spans = [
    ...drawn(segment, "back_translation", selected),
    ...(back.stale ? [] : linksOn(segment, "back")),
    ...back.unsure.map((token) => ({ ...token, rank: 0.1 })),
  ];
  if (!isShown(box, back.text, spans)) {
    box.replaceChildren(...runs(back.text, spans).map((run) => painted(run, selected)));
  }
  const legend = back.unsure.length ? translate("backLegend") : "";
  const stale = segment.recomputing
    ? translate("staleRecomputing")
    : `${translate("stale")} ${segment.problem ?? ""}`.trim();
  note.textContent = back.stale ? stale : legend;
}

export function paintSource(pane, box, segment) {
  pane.hidden = segment.source === null;
  if (segment.source === null) return;
  const back = segment.back && !segment.back.stale ? segment.back.text : null;
  if (isShown(box, segment.source, back)) return;
  box.replaceChildren(...(back === null ? [segment.source] : differencePieces(back, segment.source)));
}

/** The pieces of `after` with what it has beyond `before`, and what it lacks of it, marked. */
export function differencePieces(before, after) {
  return wordDifference(before, after).map(({ kind, text }) =>
    kind === "same" ? document.createTextNode(text) : element(kind === "added" ? "ins" : "del", {}, text));
}

export function paintDifference(box, segment, text) {
  const changed = segment.machine !== text;
  if (isShown(box, segment.machine, text)) return changed;
  box.replaceChildren(...(changed ? differencePieces(segment.machine, text) : []));
  return changed;
}

export function paintQuality(box, segment, isOpen, translate, toggle) {
  const { quality, before } = segment;
  if (isShown(box, quality, before, segment.scores, segment.stale, isOpen)) return;
  const known = quality.value !== null;
  const shown = known ? String(Math.round(quality.value)) : "–";
  const change = before && known && Math.round(before.quality) !== Math.round(quality.value)
    ? element("span", { class: "change" },
        translate("wasBefore", { value: String(Math.round(before.quality)) }))
    : null;
  const [low, high] = quality.interval ?? [];
  const range = low === undefined ? null
    : element("span", { class: "interval" }, translate("interval", { low, high }));
  const number = element("p", { class: `number ${segment.stale ? "stale" : ""}` },
    element("strong", {}, shown), element("span", {}, translate("outOf")), range, change);
  const basis = element("p", { class: "basis" },
    element("strong", {}, `${quality.basis_title} `), quality.basis_text);
  const why = quality.causes.length
    ? element("ul", { class: "causes note" },
        ...quality.causes.map(([what, points]) => element("li", {},
          points ? element("bdi", { class: "points", dir: "ltr" }, points) : null,
          points ? " " : null, visibleText(what))))
    : null;
  const signals = element("table", {},
    element("thead", {}, element("tr", {},
      ...["signal", "value", "basis"].map((name) => element("th", { scope: "col" }, translate(name))))),
    element("tbody", {}, ...segment.scores.map((score) => element("tr", {},
      element("th", { scope: "row" }, score.title),
      element("td", {}, ...valueCells(score)),
      element("td", {}, score.basis_title)))));
  const details = element("details", { open: isOpen, on: { toggle } },
    element("summary", {}, translate("signals"), " ", element("kbd", {}, "W")),
    segment.scores.length ? signals : translate("noSignals"));
  box.replaceChildren(number, element("div", { class: "told" }, basis, why, details));
}

/** The number of a score and what it says beside it, or why there is none. */
function valueCells({ value, shown, explanation }) {
  if (value === null) return [isolated(explanation || "–")];
  const said = explanation
    ? element("p", { class: "note", lang: "en", dir: "ltr" }, visibleText(explanation)) : null;
  return [isolated(shown), said];
}

export function paintFlags(box, segment, selected, translate, act) {
  if (isShown(box, segment.flags, selected)) return;
  const open = segment.flags.filter((flag) => !flag.dismissed);
  const dismissed = segment.flags.length - open.length;
  const title = open.length ? translate("reasonsCount", { count: open.length }) : translate("noReasons");
  const key = (label) => element("kbd", {}, label);
  const small = (action, label, id, ...more) =>
    element("button", { type: "button", class: "small", on: { click: () => act(action, id) } },
      translate(label), " ", ...more);
  const items = open.map((flag, index) => {
    const isSelected = flag.id === selected;
    return element("li", { class: `flag ${flag.severity} ${isSelected ? "selected" : ""}`,
      data: { flag: flag.id }, "aria-current": isSelected ? "true" : null,
      on: { mouseenter: () => act("hoverFlag", flag.id), mouseleave: () => act("hoverFlag", null) } },
      element("p", { class: "line" },
        index < 9 ? key(String(index + 1)) : null,
        element("span", { class: `severity ${flag.severity}` }, flag.severity_title),
        element("strong", {}, flag.title),
        flag.side === "back_translation" ? element("span", { class: "note" }, translate("inBack")) : null),
      element("p", { class: "reason" }, visibleText(flag.reason)),
      flag.evidence ? element("p", { class: "evidence" },
        element("bdi", {}, visibleText(flag.evidence))) : null,
      element("p", { class: "offers" },
        flag.suggestion === null ? null : element("button",
          { type: "button", class: "small suggest", on: { click: () => act("applySuggestion", flag.id) } },
          ...suggestionLabel(flag, translate), " ", isSelected ? key("G") : null),
        small("dismiss", "dismiss", flag.id, isSelected ? key("D") : null),
        small("dismissEverywhere", "dismissEverywhere", flag.id, isSelected ? key("Shift+D") : null)));
  });
  box.replaceChildren(
    element("h3", {}, title),
    element("ol", {}, ...items),
    ...(dismissed ? [element("p", { class: "note" }, translate("dismissedCount", { count: dismissed }))] : []),
  );
}

function suggestionLabel(flag, translate) {
  if (flag.suggestion === "") return [translate("suggestDelete")];
  return [`${translate("suggest")} `, isolated(flag.suggestion, { lang: "ar" })];
}

export function paintNotes(box, segment, translate) {
  if (isShown(box, segment.notes, segment.comments, segment.marks)) return;
  const lines = [
    ...segment.notes.map((note) => element("li", {}, note)),
    ...segment.comments.map((comment) =>
      element("li", {}, isolated(comment.reviewer, { class: "who" }), ": ", isolated(comment.text))),
    ...segment.marks.map((mark) => element("li", {},
      isolated(mark.reviewer, { class: "who" }), ": ",
      element("mark", { class: `flagged ${mark.severity}`, lang: "ar" }, mark.excerpt || "—"),
      ` ${mark.category_title}, ${mark.severity_title}`, mark.comment ? ". " : "", isolated(mark.comment))),
  ];
  box.hidden = !lines.length;
  box.replaceChildren(element("h3", {}, translate("notes")), element("ul", {}, ...lines));
}

export function paintContext(box, lines, current) {
  let paragraph = null;
  let last = null;
  const blocks = [];
  for (const line of lines) {
    if (line.paragraph !== last) {
      paragraph = element("p", {});
      blocks.push(paragraph);
      last = line.paragraph;
    }
    const state = line.state ? ` ${line.state}` : line.flagged ? " open" : "";
    paragraph.append(element("span",
      { class: `sentence kind-${line.kind}${state}${line.id === current ? " current" : ""}`,
        data: { segment: line.id }, role: "button", tabindex: "-1",
        "aria-current": line.id === current ? "true" : null },
      line.target), " ");
  }
  const hadFocus = box.contains(box.getRootNode().activeElement);
  box.replaceChildren(...blocks);
  const here = box.querySelector(".current");
  const reachable = here ?? box.querySelector(".sentence");
  if (reachable) reachable.tabIndex = 0; // one stop for the tabulator; arrows move from there
  if (hadFocus) reachable?.focus({ preventScroll: true });
  if (here) box.scrollTop = here.offsetTop - box.clientHeight / 3;
}
