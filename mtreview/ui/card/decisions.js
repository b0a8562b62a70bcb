// What a decision does: it is put in the outbox, shown at once, and can be taken back. The server's
// answer confirms it or brings the decision of somebody else that stands in its way.

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
  segment.revision += 1;
  card.history.push({ id: segment.id, event, before });
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
  const { target, state, flags, quality, back, links, stale, comments, marks, before } = segment;
  return { target, state, flags, quality, back, links, stale, comments, marks, before };
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
    async undo(card) {
      const entry = done.pop();
      if (!entry) return card.announce(card.translate("nothingToUndo"));
      await card.goTo(entry.id);
      const segment = card.segment;
      if (segment?.id !== entry.id) return undefined;
      undone.push(entry);
      Object.assign(segment, entry.before);
      card.outbox.add({ segment: entry.id, verdict: "undo", revision: segment.revision,
        before: entry.event.after, after: entry.event.before, flag: entry.event.flag,
        everywhere: entry.event.everywhere, pattern: entry.event.pattern, comment: "", mark: null });
      segment.revision += 1;
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
  const segment = card.queue.segments.get(event.segment);
  card.meter.ask();
  if (event.adopted) card.refresher.await(event.segment); // it was not shown here when it was taken
  if (result.status === "saved") {
    if (SETTLING.has(event.verdict)) card.queue.settledSince += 1;
    if (event.verdict === "undo") card.queue.settledSince -= 1;
    return;
  }
  if (event.verdict === "edit") {
    card.drafts.set(event.segment, { text: event.after, revision: event.revision, editing: false });
  }
  card.problem = result.message;
  if (segment && result.status === "conflict") {
    segment.conflict = { theirs: result.current, mine: event };
  }
  if (card.segment?.id === event.segment) card.paint();
  else card.goTo(event.segment).then(() => {
    const shown = card.segment;
    if (shown?.id === event.segment && result.status === "conflict") {
      shown.conflict ??= { theirs: result.current, mine: event };
      card.paint();
    }
  });
}
