"""The queue of segments, worst first: filtered and ordered in the database, light per row.

A page is found in two steps: the keys of its rows by an index, then the texts of those rows only.
That keeps page 1,000 of a long document as quick as the first.
"""

from __future__ import annotations

import math
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, case, exists, func, or_, select

from mtreview.errors import StoreError
from mtreview.model import SegmentKind, Verdict
from mtreview.store import log, reviews
from mtreview.store.ranking import SEVERITIES
from mtreview.store.search import pattern
from mtreview.store.tables import flags, segments, texts
from mtreview.store.values import Progress, QueueFilter, QueuePage, QueueRow

ORDERS: Final[dict[str, tuple[ColumnElement[Any], ...]]] = {
    "worst": (segments.c.risk.desc(), segments.c.position),
    "best": (segments.c.risk, segments.c.position),
    "document": (segments.c.position,),
    "quality": (segments.c.quality.is_(None), segments.c.quality, segments.c.position),
}
"""Name of an order -> columns; ``quality`` has the lowest first and what is not scored last."""

EXCERPT_LENGTH: Final = 160
"""Characters of the Arabic in a row of the queue."""


def page(
    connection: Connection,
    review_id: str,
    filters: QueueFilter,
    *,
    order: str,
    offset: int,
    limit: int,
) -> QueuePage:
    """Return a page of the queue.

    Raises:
        StoreError: There is no such review or order.
    """
    reviews.require(connection, review_id)
    if order not in ORDERS:
        raise StoreError(f"there is no order {order!r}", hint=f"Use {', '.join(ORDERS)}.")
    wanted = [segments.c.review_id == review_id, *_conditions(filters)]
    total = connection.scalar(select(func.count()).select_from(segments).where(*wanted)) or 0
    if offset >= total or limit <= 0:
        return QueuePage((), total, offset)
    keys = (
        select(segments.c.id)
        .where(*wanted)
        .order_by(*ORDERS[order])
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    standing = func.coalesce(texts.c.edited, texts.c.target)
    query = (
        select(segments, func.substr(standing, 1, EXCERPT_LENGTH).label("excerpt"))
        .join(keys, keys.c.id == segments.c.id)
        .join(
            texts,
            (texts.c.review_id == segments.c.review_id) & (texts.c.segment_id == segments.c.id),
        )
        .where(segments.c.review_id == review_id)
        .order_by(*ORDERS[order])
    )
    return QueuePage(tuple(_row(row) for row in connection.execute(query)), total, offset)


def check_counts(connection: Connection, review_id: str, filters: QueueFilter) -> dict[str, int]:
    """Return, for each check, how many segments that pass the filter have an open flag of it."""
    reviews.require(connection, review_id)
    query = (
        select(flags.c.check, func.count(flags.c.segment_id.distinct()))
        .join(
            segments,
            (segments.c.review_id == flags.c.review_id) & (segments.c.id == flags.c.segment_id),
        )
        .where(flags.c.review_id == review_id, flags.c.is_open == 1, *_conditions(filters))
        .group_by(flags.c.check)
        .order_by(func.count(flags.c.segment_id.distinct()).desc(), flags.c.check)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def progress(connection: Connection, review_id: str) -> Progress:
    """Return how far a review has come; boilerplate, as in the report, holds no problems."""
    reviews.require(connection, review_id)
    decided = segments.c.state.in_(reviews.DECIDED)
    decided_now = func.coalesce(segments.c.state, "").in_(reviews.DECIDED)  # NULL is not decided
    article = reviews.IN_ARTICLE
    flagged = article & or_(segments.c.flags > 0, segments.c.initial_penalty > 0)
    query = select(
        func.count(),
        func.count(segments.c.shown),
        func.count().filter(flagged),
        func.count().filter(flagged & decided),
        func.count().filter(decided),
        func.coalesce(func.sum(case((article, segments.c.initial_penalty), else_=0.0)), 0.0),
        func.coalesce(func.sum(case((article & ~decided_now, segments.c.penalty), else_=0.0)), 0.0),
    ).where(segments.c.review_id == review_id)
    counts = connection.execute(query).one()
    at_first, left = counts[5], counts[6]
    verdicts = (
        select(segments.c.state, func.count())
        .where(segments.c.review_id == review_id, segments.c.state.is_not(None))
        .group_by(segments.c.state)
    )
    return Progress(
        segments=counts[0],
        scored=counts[1],
        flagged=counts[2],
        flagged_decided=counts[3],
        decided=counts[4],
        verdicts={Verdict(state): count for state, count in connection.execute(verdicts)},
        days=log.count_days(connection, review_id),
        share_left=min(1.0, left / at_first) if at_first else math.nan,
    )


def _conditions(filters: QueueFilter) -> list[ColumnElement[bool]]:
    column = segments.c
    conditions: list[ColumnElement[bool]] = []
    if filters.checks:
        conditions.append(
            exists().where(
                flags.c.review_id == column.review_id,
                flags.c.segment_id == column.id,
                flags.c.check.in_(filters.checks),
                flags.c.is_open == 1,
            )
        )
    if filters.severity is not None:
        conditions.append(column.severity >= SEVERITIES.index(filters.severity))
    if filters.minimum_quality is not None:
        conditions.append(column.quality >= filters.minimum_quality)
    if filters.maximum_quality is not None:
        conditions.append(column.quality <= filters.maximum_quality)
    if filters.states:
        named = [state.value for state in filters.states if state is not None]
        undecided = [column.state.is_(None)] if None in filters.states else []
        conditions.append(or_(column.state.in_(named), *undecided))
    if filters.kinds:
        conditions.append(column.kind.in_([kind.value for kind in filters.kinds]))
    if filters.flagged is not None:
        conditions.append(column.flags > 0 if filters.flagged else column.flags == 0)
    if filters.stale is not None:
        conditions.append(column.is_stale == int(filters.stale))
    if filters.text.strip():
        conditions.append(
            exists().where(
                texts.c.review_id == column.review_id,
                texts.c.segment_id == column.id,
                texts.c.folded.like(pattern(filters.text), escape="\\"),
            )
        )
    return conditions


def _row(row: Row[Any]) -> QueueRow:
    return QueueRow(
        segment_id=row.id,
        position=row.position,
        kind=SegmentKind(row.kind),
        quality=math.nan if row.quality is None else row.quality,
        risk=row.risk,
        flags=row.flags,
        severity=SEVERITIES[row.severity] if row.severity >= 0 else None,
        checks=tuple(row.checks.split()),
        state=None if row.state is None else Verdict(row.state),
        revision=row.revision,
        is_edited=row.of != row.original,
        is_stale=bool(row.is_stale),
        excerpt=row.excerpt,
    )
