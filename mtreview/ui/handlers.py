"""What the routes beside the page do, as functions from a request to an answer.

Each takes the grant of the token and the body as it came from the browser, trusts neither its types
nor its ids, and returns plain JSON values. HTTP is next door, in ``routes``.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from mtreview.errors import ConflictError, InputError, MtReviewError, StoreError
from mtreview.model import Decision, Mark, Severity, Side, Verdict
from mtreview.mqm import ITS_TYPES
from mtreview.store.values import QueueFilter
from mtreview.ui import sharing
from mtreview.ui.offsets import Units
from mtreview.ui.reading import current_targets, indexed, standings
from mtreview.ui.rescoring import surroundings
from mtreview.ui.strings import Strings
from mtreview.ui.tokens import Grant
from mtreview.ui.wire import (
    Record,
    decision_record,
    flag_records,
    progress_record,
    segment_record,
)

PAGE_LIMIT: Final = 100
EVENT_LIMIT: Final = 200
TEXT_LIMIT: Final = 100_000
"""Code points of a text that the page may send."""

WHOLE_ARTICLE: Final = 300
"""Documents of at most so many segments are shown whole beside the card."""

CONTEXT: Final = 30
"""Segments shown on each side of the current one in longer documents."""

Body = Mapping[str, Any]

LOG: Final = logging.getLogger(__name__)


class _DatabaseTrouble(Exception):
    """The database did not take a decision that is not wrong in itself."""


def segments(grant: Grant, body: Body) -> Record:
    """Return a page of the queue, or some segments by id."""
    store, strings = sharing.store(), Strings(grant.language)
    total = None
    if "ids" in body:
        ids = [str(segment_id) for segment_id in _list(body, "ids")[:PAGE_LIMIT]]
    else:
        page = store.queue(
            grant.review,
            filters=queue_filter(body.get("query") or {}),
            order=str((body.get("query") or {}).get("order") or "worst"),
            offset=_number(body, "offset"),
            limit=min(_number(body, "limit"), PAGE_LIMIT),
        )
        ids, total = [row.segment_id for row in page.rows], page.total
        included = body.get("include")
        if isinstance(included, str):
            ids = [included, *(segment_id for segment_id in ids if segment_id != included)]
    pending = sharing.rescoring().pending(grant.review)
    standing = standings(store, grant.review, ids, reviewer=grant.reviewer, recomputing=pending)
    patterns = store.dismissed_patterns(grant.review)
    return {
        "segments": [segment_record(each, patterns, strings) for each in standing],
        "total": total,
        "problem": sharing.rescoring().error(grant.review),
    }


def events(grant: Grant, body: Body) -> Record:
    """Save decisions in their order; say of each whether it is on disk.

    Once a decision is not saved, those after it on the same segment were taken on something that
    does not stand: they are left unanswered, and the browser knows what becomes of them. If the
    database itself is in trouble, that decision and all after it stay unanswered: they wait in the
    browser and come again.
    """
    results: list[Record] = []
    failed: set[str] = set()
    try:
        for event in _list(body, "events")[:EVENT_LIMIT]:
            segment_id = str(event.get("segment")) if isinstance(event, dict) else ""
            if segment_id in failed:
                continue
            results.append(_event(grant, event))
            if results[-1]["status"] != "saved":
                failed.add(segment_id)
    except _DatabaseTrouble:
        LOG.warning("a decision could not be stored; it will come again", exc_info=True)
    return {"results": results}


def progress(grant: Grant, body: Body) -> Record:
    """Return how far the review has come.

    Counting a large review takes longer than saving a decision, so the card asks when it is quiet.
    """
    counted = sharing.store().progress(grant.review)
    return {"progress": progress_record(counted, Strings(grant.language))}


def recheck(grant: Grant, body: Body) -> Record:
    """Check a text that is being typed; nothing is stored."""
    store, segment_id, text = sharing.store(), _text(body, "segment"), _text(body, "text")
    document, index = surroundings(store, grant.review, segment_id)
    document = document.with_targets({segment_id: text})
    found = sharing.pipeline().flags(document, index, None)
    (standing,) = standings(store, grant.review, [segment_id], reviewer=grant.reviewer)
    records = flag_records(
        [flag for flag in found if flag.side is Side.TARGET],
        {Side.TARGET: text},
        standing.dismissed,
        store.dismissed_patterns(grant.review),
        Strings(grant.language),
    )
    return {"flags": records}


def claim(grant: Grant, body: Body) -> Record:
    """Claim a segment for the reviewer; say who else is at it, if so."""
    holder = sharing.store().claim(grant.review, _text(body, "segment"), grant.reviewer)
    if isinstance(left := body.get("leave"), str):
        sharing.store().release(grant.review, left, grant.reviewer)
    return {"claimed_by": holder}


def context(grant: Grant, body: Body) -> Record:
    """Return the article around a segment, in the order of the document."""
    store, segment_id = sharing.store(), _text(body, "segment")
    known = indexed(store, grant.review)
    position, size = known.position(segment_id), len(known.positions)
    whole = size <= WHOLE_ARTICLE
    first = 0 if whole else max(0, position - CONTEXT)
    count = size if whole else 2 * CONTEXT + 1
    rows = store.queue(grant.review, order="document", offset=first, limit=count).rows
    targets = current_targets(store, grant.review, [row.segment_id for row in rows])
    lines = [
        {
            "id": row.segment_id,
            "target": targets[row.segment_id],
            "kind": row.kind.value,
            "paragraph": known.document.segments[row.position].paragraph,
            "state": row.state.value if row.state else None,
            "flagged": row.flags > 0,
        }
        for row in rows
    ]
    return {"lines": lines, "whole": whole}


def queue_filter(query: Body) -> QueueFilter:
    """Return the filter of a query, as the page writes it and its address keeps it.

    Raises:
        InputError: A value is none of those that exist.
    """
    try:
        severity = query.get("severity")
        return QueueFilter(
            checks=tuple(str(check) for check in query.get("checks") or ()),
            severity=Severity(severity) if severity else None,
            minimum_quality=_bound(query.get("minimum"), 0.0),
            maximum_quality=_bound(query.get("maximum"), 100.0),
            states=tuple(
                None if state == "open" else Verdict(state) for state in query.get("states") or ()
            ),
            text=str(query.get("text") or ""),
            flagged=True if query.get("flagged") else None,
        )
    except (ValueError, TypeError) as error:
        raise InputError(f"the filter is wrong ({error})", hint="Clear the filters.") from None


def _bound(value: Any, default: float) -> float | None:
    return None if value is None or float(value) == default else float(value)


def _event(grant: Grant, event: Any) -> Record:
    """Save one decision; return its key and what became of it."""
    key = str(event.get("key") or "") if isinstance(event, dict) else ""
    strings = Strings(grant.language)
    try:
        if not key:
            raise InputError("the decision has no key")
        decision = _decision(grant, event)
        stored = sharing.store().decide(
            grant.review,
            decision,
            expected_revision=_number(event, "revision"),
            key=key,
            takes_back=_number(event, "takes_back") if "takes_back" in event else None,
        )
        _follow_up(grant, event, stored)
    except ConflictError as error:
        return {
            "key": key,
            "status": "conflict",
            "message": str(error),
            "current": _current(grant, error, str(event.get("segment")), strings),
        }
    except MtReviewError as error:
        if isinstance(error, StoreError) and error.__cause__ is not None:
            raise _DatabaseTrouble from error
        return {"key": key, "status": "refused", "message": str(error)}
    return {"key": key, "status": "saved", "revision": stored.revision}


def _current(grant: Grant, error: ConflictError, segment_id: str, strings: Strings) -> Record:
    """Return the decision that stands in the way, and the text and state that stand."""
    (standing,) = standings(sharing.store(), grant.review, [segment_id], reviewer=grant.reviewer)
    if error.current is None:
        nobody = {"reviewer": "–", "verdict_title": "–", "at": ""}
        return {**nobody, "after": standing.target, "revision": 0, "state": None}
    record = decision_record(error.current, standing.state, strings)
    return {**record, "after": standing.target}


def _decision(grant: Grant, event: Body) -> Decision:
    """Return the decision of an event."""
    try:
        verdict = Verdict(_text(event, "verdict"))
        mark = event.get("mark")
        before = _text(event, "before")
        return Decision(
            segment_id=_text(event, "segment"),
            verdict=verdict,
            reviewer=grant.reviewer,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            before=before,
            after=_text(event, "after") if verdict is Verdict.EDIT else before,
            flag=_text(event, "flag") if verdict is Verdict.DISMISS_FLAG else None,
            comment=str(event.get("comment") or "")[:TEXT_LIMIT],
            mark=_mark(mark, before) if verdict is Verdict.MARK_ERROR else None,
        )
    except ValueError as error:
        raise InputError(f"the decision is wrong ({error})") from None


def _mark(mark: Any, before: str) -> Mark:
    """Return an error span, with offsets in code points."""
    if not isinstance(mark, dict) or mark.get("category") not in ITS_TYPES:
        raise ValueError("an error needs a category")
    units = Units(before)
    start, end = units.to_points(_number(mark, "start")), units.to_points(_number(mark, "end"))
    if not (start < end or not before):
        raise ValueError("an error needs a span")
    return Mark(start, end, str(mark["category"]), Severity(str(mark.get("severity"))))


def _follow_up(grant: Grant, event: Body, stored: Decision) -> None:
    """Do what a saved decision brings with it: fresh results, a pattern that is never an error."""
    store = sharing.store()
    if stored.verdict in (Verdict.EDIT, Verdict.UNDO) and stored.after != stored.before:
        sharing.rescoring().add(grant.review, stored.segment_id)
    if event.get("everywhere") is True and isinstance(event.get("pattern"), dict):
        check, excerpt = _text(event["pattern"], "check"), _text(event["pattern"], "excerpt")
        if stored.verdict is Verdict.DISMISS_FLAG:
            store.dismiss_pattern(grant.review, check, excerpt, grant.reviewer)
        elif stored.verdict is Verdict.UNDO:
            store.restore_pattern(grant.review, check, excerpt)


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or len(value) > TEXT_LIMIT:
        raise InputError(f"{name!r} must be a text of at most {TEXT_LIMIT} characters")
    return value


def _number(body: Body, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InputError(f"{name!r} must be a whole number")
    return value


def _list(body: Body, name: str) -> list[Any]:
    value = body.get(name)
    if not isinstance(value, list):
        raise InputError(f"{name!r} must be a list")
    return value
