"""Results in the store: one per segment and version of its Arabic, and the rank they give it.

The result of each version of the Arabic is kept under the hash of that version. So the machine's
result stays beside the one computed after an edit, an edit that is undone brings its result back,
and a result that arrives late, for Arabic that was edited meanwhile, does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, select

from mtreview.errors import StoreError
from mtreview.model import SegmentResult, content_hash
from mtreview.mqm import penalty
from mtreview.serialize import from_record, to_record
from mtreview.store import reviews
from mtreview.store.database import chunks, insert
from mtreview.store.ranking import UPDATE_SEGMENT, show
from mtreview.store.tables import results, segments


def unscored(connection: Connection, review_id: str) -> list[str]:
    """Return the ids of the segments without a result for the Arabic as it stands, in order."""
    reviews.require(connection, review_id)
    query = (
        select(segments.c.id)
        .where(segments.c.review_id == review_id, segments.c.is_stale == 1)
        .order_by(segments.c.position)
    )
    return list(connection.scalars(query))


def save(connection: Connection, review_id: str, batch: Sequence[SegmentResult]) -> None:
    """Store results, in place of earlier ones of the same Arabic.

    Raises:
        StoreError: A segment does not belong to the review.
    """
    settings = reviews.require(connection, review_id)
    by_id = {result.segment.id: result for result in batch}
    for ids in chunks(list(by_id)):
        _save(
            connection, review_id, settings, {segment_id: by_id[segment_id] for segment_id in ids}
        )


def _save(
    connection: Connection, review_id: str, settings: str, by_id: Mapping[str, SegmentResult]
) -> None:
    query = (
        select(
            segments.c.id,
            segments.c.of,
            segments.c.shown,
            segments.c.original,
            segments.c.revision,
        )
        .where(segments.c.review_id == review_id, segments.c.id.in_(by_id))
        .order_by(segments.c.position)
        .with_for_update()
    )
    rows = connection.execute(query).all()
    if len(rows) < len(by_id):
        missing = sorted(set(by_id) - {row.id for row in rows})
        raise StoreError(f"the review {review_id!r} has no segment {missing[0]!r}")
    hashes = {
        segment_id: content_hash(result.segment.target) for segment_id, result in by_id.items()
    }
    statement = insert(connection, results)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["review_id", "segment_id", "of"],
            set_={
                "payload": statement.excluded.payload,
                "settings": statement.excluded.settings,
            },
        ),
        [
            {
                "review_id": review_id,
                "segment_id": segment_id,
                "of": hashes[segment_id],
                "settings": settings,
                "payload": json.dumps(
                    to_record(result, None), ensure_ascii=False, separators=(",", ":")
                ),
            }
            for segment_id, result in by_id.items()
        ],
    )
    show(
        connection,
        review_id,
        [by_id[row.id] for row in rows if row.shown is None or hashes[row.id] == row.of],
        decided=[row.id for row in rows if row.revision],
    )
    initial = [
        {"the_review": review_id, "the_id": row.id, "points": penalty(by_id[row.id].flags)}
        for row in rows
        if hashes[row.id] == row.original
    ]
    if initial:
        connection.execute(UPDATE_SEGMENT.values(initial_penalty=bindparam("points")), initial)


def read(
    connection: Connection,
    review_id: str,
    segment_ids: Sequence[str] | None,
    *,
    as_it_came: bool = False,
) -> list[SegmentResult]:
    """Return results in the order of the document; segments without one are left out.

    Args:
        connection: A connection.
        review_id: The review.
        segment_ids: Which segments; None is all.
        as_it_came: Give the results of the Arabic that came in, not of the Arabic as it stands.
            Until an edited segment is scored again, its earlier result is given.
    """
    reviews.require(connection, review_id)
    query = (
        select(results.c.payload)
        .join(
            segments,
            (segments.c.review_id == results.c.review_id)
            & (segments.c.id == results.c.segment_id)
            & (results.c.of == (segments.c.original if as_it_came else segments.c.shown)),
        )
        .where(segments.c.review_id == review_id)
    )
    payloads = connection.scalars(reviews.in_order(query, segment_ids))
    return [from_record(json.loads(payload)) for payload in payloads]


def read_version(
    connection: Connection, review_id: str, segment_id: str, target: str
) -> SegmentResult | None:
    """Return the result of a segment with this Arabic, if there is one by today's settings."""
    query = select(results.c.payload).where(
        results.c.review_id == review_id,
        results.c.segment_id == segment_id,
        results.c.of == content_hash(target),
        results.c.settings == reviews.require(connection, review_id),
    )
    payload = connection.scalar(query)
    return None if payload is None else from_record(json.loads(payload))
