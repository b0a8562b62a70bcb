// What the card looks like now: every part is brought in line with the current segment.

import { paintConflict } from "./dialogs.js";
import * as painters from "./painters.js";

/** @typedef {import("./card.js").Card} Card */

/** Bring the whole card up to date. @param {Card} card */
export function paintCard(card) {
  const { view, segment, translate } = card;
  paintStatus(card);
  view.body.hidden = !segment;
  view.empty.hidden = Boolean(segment);
  if (!segment) {
    view.empty.textContent = translate(card.queue.isFinished ? "finished" : "loading");
    return;
  }
  const act = (...what) => card.act(...what);
  paintHeading(card);
  if (!card.editing.isOpen) painters.paintArabic(view.reading, segment, card.selected);
  painters.paintBack(view.back_text, view.back_note, segment, card.selected, translate);
  painters.paintSource(view.source_pane, view.source_text, segment);
  painters.paintQuality(view.quality, segment, card.signalsOpen, translate, (event) => {
    card.signalsOpen = event.target.open;
  });
  painters.paintFlags(view.flags, segment, card.selected, translate, act);
  painters.paintNotes(view.notes, segment, translate);
  paintConflict(view.conflict, card.conflicts.get(segment.id), translate, (choice) => card.resolve(choice));
  paintDifference(card);
}

/** Show what the text at hand changes in the machine's. @param {Card} card */
export function paintDifference(card) {
  const { view, segment } = card;
  const text = card.editing.text ?? segment.target;
  const changed = painters.paintDifference(view.difference, segment, text);
  const wanted = card.differenceShown || card.editing.isOpen || segment.state === "edit";
  view.difference.hidden = !changed || !wanted;
}

/** Say where we are, what was decided, and who else is here. @param {Card} card */
export function paintHeading(card) {
  const { view, segment, translate, queue } = card;
  view.where.textContent = translate("where", {
    number: segment.position + 1,
    kind: segment.kind_title,
    place: queue.place + 1,
    total: Math.max(queue.total ?? 0, queue.place + 1),
  });
  const draft = card.drafts.get(segment.id);
  const isDraft = draft && !card.editing.isOpen && draft.text !== segment.target;
  const decided = segment.state ? translate(`state_${segment.state}`) : "";
  view.state.textContent = isDraft ? translate("draft") : decided;
  view.state.className = `state ${isDraft ? "draft" : segment.state ?? ""}`;
  view.claim.hidden = !segment.claimed_by;
  view.claim.textContent = segment.claimed_by
    ? translate("claimed", { reviewer: `\u2068${segment.claimed_by}\u2069` })
    : "";
}

/** Say whether everything is saved. @param {Card} card */
export function paintStatus(card) {
  const { view, translate, outbox } = card;
  const waiting = outbox?.waiting ?? 0;
  const how = outbox?.connected === false ? "offline" : "saving";
  const [conflict] = card.conflicts.values();
  const problem = card.problem || conflict?.message;
  const others = outbox?.othersWaiting;
  const atRest = () => others ? translate("othersWaiting", { reviewer: `\u2068${others}\u2069` }) : translate("saved");
  view.saved.textContent = problem || (waiting ? translate(how, { count: waiting }) : atRest());
  view.status.dataset.state = problem ? "problem" : waiting ? "waiting" : "done";
  view.status.dataset.waiting = String(waiting);
}
