// What a decision does: it is put in the outbox, shown at once, and can be taken back. The server's
// answer confirms it or brings the decision of somebody else that stands in its way.

import { uniqueKey } from "./outbox.js";

const SETTLING = new Set(["accept", "edit", "reject", "skip"]);

/**
 * Decide on a segment.
 * @param {import("./card.js").Card} card
 * @param {object} segment
 * @param {string} verdict
 * @param {{after?: string, flag?: string, everywhere?: boolean, comment?: string, mark?: object}} more
 */
export function decide(card, segment, verdict, more = {}) {
  const before = snapshot(segment);
  const event = {
    key: uniqueKey(),
    segment: segment.id,
    verdict,
    revision: segment.revision,
    before: segment.target,
    after: more.after ?? segment.target,
    flag: more.flag ?? null,
    everywhere: more.everywhere ?? false,
    pattern: more.pattern ?? null,
    comment: more.comment ?? "",
    mark: more.mark ?? null,
  };
  show(card, segment, event);
  card.history.push({ id: segment.id, event, before });
  send(card, segment, event);
}

/** Put an event in the outbox; the segment and what is typed on it stand after it from now on. */
function send(card, segment, event) {
  segment.revision += 1;
  const draft = card.drafts.get(segment.id);
  if (draft?.revision === event.revision) {
    card.drafts.set(segment.id, { ...draft, revision: segment.revision });
  }
  card.outbox.add(event);
}

/** Show a decision before the server has it. */
function show(card, segment, event) {
  if (SETTLING.has(event.verdict)) segment.state = event.verdict;
  if (event.verdict === "edit" && event.after !== segment.target) {
    if (segment.quality.value !== null) segment.before ??= { quality: segment.quality.value };
    segment.target = event.after;
    segment.stale = true;
    segment.recomputing = true;
    segment.recompute_error = "";
    if (segment.back) segment.back = { ...segment.back, stale: true };
    segment.links = [];
    card.refresher.await(segment.id);
  }
  if (event.verdict === "dismiss_flag") {
    const dismissed = segment.flags.find((flag) => flag.id === event.flag);
    const everyone = event.everywhere ? [...card.queue.segments.values()] : [segment];
    for (const other of everyone) {
      other.flags = other.flags.map((flag) =>
        flag.id === event.flag && other === segment || event.everywhere && flag.pattern === dismissed?.pattern
          ? { ...flag, dismissed: true } : flag);
    }
  }
  const said = { reviewer: card.data.reviewer, text: event.comment };
  if (event.verdict === "comment") segment.comments = [...segment.comments, said];
  if (event.verdict === "mark_error") {
    const title = (lists, id) => lists.find(([known]) => known === id)?.[1] ?? id;
    segment.marks = [...segment.marks, {
      ...event.mark, reviewer: said.reviewer, comment: event.comment,
      excerpt: event.before.slice(event.mark.start, event.mark.end),
      category_title: title(card.data.categories, event.mark.category),
      severity_title: title(card.data.severities, event.mark.severity),
    }];
  }
}

function snapshot(segment) {
  const { target, state, flags, quality, back, links, stale, recomputing, comments, marks, before } = segment;
  return { target, state, flags, quality, back, links, stale, recomputing, comments, marks, before };
}

/** The decisions of this tab that can be taken back, and those that were. */
export function undoable() {
  const done = [];
  const undone = [];
  return {
    push(entry) {
      done.push(entry);
      undone.length = 0;
    },
    /** The store did not take an event: there is nothing to undo or redo about it. */
    forget(key) {
      for (const entries of [done, undone]) {
        const index = entries.findIndex((entry) => entry.event.key === key || entry.undo === key);
        if (index >= 0) entries.splice(index, 1);
      }
    },
    async undo(card) {
      const entry = done.pop();
      if (!entry) return card.announce(card.translate("nothingToUndo"));
      await card.goTo(entry.id);
      const segment = card.segment;
      if (segment?.id !== entry.id) return undefined;
      if (card.conflicts.has(entry.id)) {
        done.push(entry);
        return card.askAgain(entry.id);
      }
      undone.push(entry);
      Object.assign(segment, entry.before);
      const { revision, before, after, flag, everywhere, pattern } = entry.event;
      entry.undo = uniqueKey();
      send(card, segment, { key: entry.undo, segment: entry.id, verdict: "undo",
        revision: segment.revision, takes_back: revision + 1, before: after, after: before, flag,
        everywhere, pattern, comment: "", mark: null });
      card.refresher.await(entry.id);
      card.announce(card.translate("undone"));
      return card.paint();
    },
    async redo(card) {
      const entry = undone.pop();
      if (!entry) return card.announce(card.translate("nothingToRedo"));
      await card.goTo(entry.id);
      const kept = [...undone];
      decide(card, card.segment, entry.event.verdict, entry.event);
      undone.push(...kept);
      return card.paint();
    },
  };
}

/** Take the server's answer to an event. */
export function settle(card, event, result) {
  card.meter.ask();
  if (event.adopted) card.refresher.await(event.segment); // it was not shown here when it was taken
  if (result.status === "saved") {
    card.problem = "";
    if (SETTLING.has(event.verdict)) card.queue.settledSince += 1;
    if (event.verdict === "undo") card.queue.settledSince -= 1;
    if (event.verdict === "undo" && event.everywhere) lookAgain(card, event.pattern);
    return;
  }
  const isConflict = result.status === "conflict";
  const failed = isConflict ? [event, ...card.outbox.withdraw(event.segment)] : [event];
  for (const each of failed) {
    card.history.forget(each.key);
    keepText(card, each);
  }
  if (isConflict) collide(card, event.segment, failed, result);
  else refuse(card, event, result);
  // While the editor is open elsewhere the conflict waits until it is closed.
  if (card.segment?.id === event.segment || card.editing.isOpen) card.paint();
  else card.goTo(event.segment);
}

/** Somebody else decided: what was decided here, and all that was built on it, waits for a choice. */
function collide(card, id, failed, { current: theirs, message }) {
  const mine = [...(card.conflicts.get(id)?.mine ?? [])];
  for (const event of failed) {
    if (event.verdict === "undo") mine.pop();
    else mine.push(event);
  }
  if (mine.length) {
    card.conflicts.set(id, { theirs, mine, message });
    return;
  }
  card.conflicts.delete(id); // there is nothing to choose: what was to be taken back stands no more
  card.problem = message;
  const segment = card.queue.segments.get(id);
  if (segment) takeTheirs(card, segment, theirs);
}

/** A decision was not acceptable: the segment is as it was without it. */
function refuse(card, event, { message }) {
  card.problem = message;
  card.outbox.moveBack(event.segment);
  const segment = card.queue.segments.get(event.segment);
  if (segment && segment.revision > event.revision) segment.revision -= 1;
  card.refresher.await(event.segment);
}

/** Show what somebody else saved; fresh results follow. */
export function takeTheirs(card, segment, theirs) {
  Object.assign(segment, { revision: theirs.revision, target: theirs.after, state: theirs.state });
  card.refresher.await(segment.id);
}

/** An edit that is not saved is not lost: it is a draft. */
function keepText(card, event) {
  if (event.verdict !== "edit") return;
  card.drafts.set(event.segment, { text: event.after, revision: event.revision, editing: false });
}

/** What was never an error is one again: ask which flags of the segments held here that opens. */
function lookAgain(card, { check }) {
  for (const { id, flags } of card.queue.segments.values()) {
    if (flags.some((flag) => flag.check === check && flag.dismissed)) card.refresher.await(id);
  }
}
