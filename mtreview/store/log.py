"""The log of decisions: appended to, never changed; what stands follows from it.

Which text, verdict and dismissals stand after a sequence of decisions is said in one place,
``mtreview.model.Review``; the log asks there, over the few decisions of one segment.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row, func, literal_column, select

from mtreview.errors import ConflictError, StoreError
from mtreview.model import Decision, Document, Review, Verdict
from mtreview.serialize import decision_from_record, decision_to_record
from mtreview.store.tables import decisions, segments, texts

_NO_DOCUMENT: Final = Document("", (), "")


def standing(log: Sequence[Decision]) -> Review:
    """Return a review without a text that tells what stands after these decisions."""
    return Review(_NO_DOCUMENT, (), tuple(log))


def append(
    connection: Connection,
    review_id: str,
    decision: Decision,
    *,
    expected_revision: int | None,
    key: str | None,
    takes_back: int | None,
) -> tuple[Decision, Sequence[Decision]]:
    """Append a decision; return it as it is stored and the log of its segment, it included.

    The log is empty if the key shows that the decision was stored before.

    Raises:
        ConflictError: ``expected_revision`` is not the revision of the segment, or the decision
            ``takes_back`` is not the last that stands.
        StoreError: There is no such segment, or the key belongs to another one.
    """
    revision = connection.scalar(
        select(segments.c.revision)
        .where(segments.c.review_id == review_id, segments.c.id == decision.segment_id)
        .with_for_update()
    )
    if revision is None:
        raise StoreError(f"the review {review_id!r} has no segment {decision.segment_id!r}")
    if key is not None and (stored := _with_key(connection, review_id, key)):
        if stored.segment_id != decision.segment_id:
            raise StoreError(f"the key {key!r} belongs to a decision on another segment")
        return stored, ()
    log = read(connection, review_id, [decision.segment_id])
    if expected_revision not in (None, revision) or (
        takes_back is not None and takes_back != _last_standing(log)
    ):
        raise _conflict(log[-1] if log else None, decision.segment_id)
    decision = replace(decision, revision=revision + 1)
    if decision.verdict is Verdict.UNDO:
        decision = _with_texts(connection, review_id, decision, log)
    record = decision_to_record(decision)
    record["mark"] = None if record["mark"] is None else json.dumps(record["mark"])
    connection.execute(decisions.insert(), {**record, "review_id": review_id, "key": key})
    return decision, [*log, decision]


def read(
    connection: Connection, review_id: str, segment_ids: Sequence[str] | None
) -> list[Decision]:
    """Return decisions in the order they were taken; ``segment_ids=None`` is all segments."""
    query = select(decisions).where(decisions.c.review_id == review_id).order_by(decisions.c.id)
    if segment_ids is not None:
        query = query.where(decisions.c.segment_id.in_(segment_ids))
    return [_decision(row) for row in connection.execute(query)]


def dismissals(
    connection: Connection, review_id: str, segment_ids: Sequence[str]
) -> dict[str, frozenset[str]]:
    """Return the fingerprints of the dismissed flags of those segments that have any."""
    if not segment_ids:
        return {}
    return standing(read(connection, review_id, segment_ids)).dismissals()


def count_days(connection: Connection, review_id: str) -> dict[str, dict[Verdict, int]]:
    """Return the number of decisions taken, by day in UTC and verdict."""
    # Written out, not bound: a server that gets numbers apart cannot see that both are one.
    day = func.substr(decisions.c.at, literal_column("1"), literal_column("10"))
    query = (
        select(day, decisions.c.verdict, func.count())
        .where(decisions.c.review_id == review_id)
        .group_by(day, decisions.c.verdict)
        .order_by(day)
    )
    days: dict[str, dict[Verdict, int]] = {}
    for date, verdict, count in connection.execute(query):
        days.setdefault(date, {})[Verdict(verdict)] = count
    return days


def _with_texts(
    connection: Connection, review_id: str, undo: Decision, log: Sequence[Decision]
) -> Decision:
    """Return an undo with the Arabic that stood before it, and the Arabic that stands after it."""
    target: str = connection.execute(
        select(texts.c.target).where(
            texts.c.review_id == review_id, texts.c.segment_id == undo.segment_id
        )
    ).scalar_one()
    before = standing(log).current_targets().get(undo.segment_id, target)
    after = standing([*log, undo]).current_targets().get(undo.segment_id, target)
    return replace(undo, before=before, after=after)


def _last_standing(log: Sequence[Decision]) -> int | None:
    """Return the revision of the last decision that stands on the segment of a log."""
    left = [each for decisions in standing(log).standing().values() for each in decisions]
    return left[-1].revision if left else None


def _with_key(connection: Connection, review_id: str, key: str) -> Decision | None:
    query = select(decisions).where(decisions.c.review_id == review_id, decisions.c.key == key)
    row = connection.execute(query).first()
    return None if row is None else _decision(row)


def _decision(row: Row[Any]) -> Decision:
    record = dict(row._mapping)
    return decision_from_record({**record, "mark": json.loads(row.mark) if row.mark else None})


def _conflict(current: Decision | None, segment_id: str) -> ConflictError:
    if current is None:
        return ConflictError(
            f"nobody has decided on the segment {segment_id!r} yet", hint="Load it again."
        )
    who = current.reviewer or "somebody"
    return ConflictError(
        f"{who} decided on the segment {segment_id!r} meanwhile ({current.verdict.value})",
        current=current,
        hint="Look at it again before you decide.",
    )
