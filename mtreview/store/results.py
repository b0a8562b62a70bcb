"""Results in the store: one per segment and version of its Arabic, and the rank they give it.

The result of each version of the Arabic is kept under the hash of that version. So the machine's
result stays beside the one computed after an edit, an edit that is undone brings its result back,
and a result that arrives late, for Arabic that was edited meanwhile, does no harm.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, bindparam, delete, select, update

from mtreview.errors import StoreError
from mtreview.model import Flag, SegmentKind, SegmentResult, Severity, content_hash
from mtreview.mqm import SEVERITY_WEIGHTS, penalty
from mtreview.serialize import from_record, to_record
from mtreview.store import reviews
from mtreview.store.database import insert
from mtreview.store.log import dismissals
from mtreview.store.search import folded
from mtreview.store.tables import flags, patterns, results, segments, texts

Item = TypeVar("Item")

SEVERITIES: Final = tuple(Severity)
"""Severities, the number of each in the database being its place here."""

EVERYWHERE: Final = ""
"""The scope of a pattern that was dismissed in all reviews."""

_CHUNK: Final = 5_000


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield a long sequence in pieces that fit a statement."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def pattern_hash(check: str, excerpt: str) -> str:
    """Return the identity of a pattern: a check and the characters it flags."""
    return content_hash(check, excerpt)


def rank(
    quality: float | None, kind: str, found: Iterable[tuple[str, int, bool]]
) -> dict[str, Any]:
    """Return the columns of a segment that the queue sorts and filters by.

    What was not scored, and boilerplate, whose quality does not count, is ranked by flags alone.

    Args:
        quality: 0 to 100, or None.
        kind: The kind of segment.
        found: Of each flag the check, the number of the severity, and whether it is open.
    """
    open_flags = [(check, severity) for check, severity, is_open in found if is_open]
    points = sum(SEVERITY_WEIGHTS[SEVERITIES[severity]] for _, severity in open_flags)
    counts = quality is not None and kind != SegmentKind.BOILERPLATE
    return {
        "quality": quality,
        "penalty": points,
        "risk": points + (100.0 - quality if counts and quality is not None else 0.0),
        "flags": len(open_flags),
        "severity": max((severity for _, severity in open_flags), default=-1),
        "checks": " ".join(sorted({check for check, _ in open_flags})),
    }


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
    fresh = [row.id for row in rows if hashes[row.id] == row.of]
    connection.execute(
        update(segments)
        .where(segments.c.review_id == review_id, segments.c.id.in_(fresh))
        .values(is_stale=0)
    )
    initial = [
        {"the_review": review_id, "the_id": row.id, "points": penalty(by_id[row.id].flags)}
        for row in rows
        if hashes[row.id] == row.original
    ]
    if initial:
        connection.execute(_UPDATE_SEGMENT.values(initial_penalty=bindparam("points")), initial)


def show(
    connection: Connection,
    review_id: str,
    shown: Sequence[SegmentResult],
    decided: Sequence[str],
) -> None:
    """Make the rows of segments show these results: rank, flags, searchable text.

    Args:
        connection: A connection that writes.
        review_id: The review.
        shown: The results.
        decided: Ids of the segments on which there are decisions.
    """
    if not shown:
        return
    ids = [result.segment.id for result in shown]
    dismissed = dismissals(connection, review_id, decided)
    everywhere = dismissed_hashes(connection, review_id)
    flag_rows: list[dict[str, Any]] = []
    segment_rows: list[dict[str, Any]] = []
    text_rows: list[dict[str, Any]] = []
    for result in shown:
        segment = result.segment
        rows = [
            {
                "review_id": review_id,
                "segment_id": segment.id,
                "number": number,
                **_flag_row(flag, dismissed.get(segment.id, frozenset()), everywhere),
            }
            for number, flag in enumerate(result.flags)
        ]
        flag_rows += rows
        value = None if math.isnan(result.quality.value) else result.quality.value
        found = [(row["check"], row["severity"], bool(row["is_open"])) for row in rows]
        key = {"the_review": review_id, "the_id": segment.id}
        segment_rows.append(
            {
                **key,
                "shown": content_hash(segment.target),
                **rank(value, segment.kind.value, found),
            }
        )
        english = result.back_translation.text if result.back_translation else None
        text_rows.append({**key, "folded": folded(segment.target, segment.source, english)})
    connection.execute(
        delete(flags).where(flags.c.review_id == review_id, flags.c.segment_id.in_(ids))
    )
    if flag_rows:
        connection.execute(flags.insert(), flag_rows)
    connection.execute(_SHOW_SEGMENT, segment_rows)
    connection.execute(_SHOW_TEXT, text_rows)


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
        .order_by(segments.c.position)
    )
    if segment_ids is not None:
        query = query.where(segments.c.id.in_(segment_ids))
    return [from_record(json.loads(payload)) for payload in connection.scalars(query)]


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


def reopen_flags(
    connection: Connection, review_id: str, segment_id: str, dismissed: frozenset[str]
) -> None:
    """Open and close the flags of a segment after a dismissal, and rank it anew."""
    segment = (segments.c.review_id == review_id) & (segments.c.id == segment_id)
    query = select(segments.c.quality, segments.c.kind).where(segment).with_for_update()
    row = connection.execute(query).one()
    everywhere = dismissed_hashes(connection, review_id)
    key = (flags.c.review_id == review_id) & (flags.c.segment_id == segment_id)
    found = []
    for flag in connection.execute(select(flags).where(key)).all():
        is_open = not (flag.fingerprint in dismissed or flag.pattern in everywhere)
        found.append((flag.check, flag.severity, is_open))
        if is_open != bool(flag.is_open):
            connection.execute(
                update(flags).where(key, flags.c.number == flag.number).values(is_open=int(is_open))
            )
    connection.execute(update(segments).where(segment).values(**rank(row.quality, row.kind, found)))


def dismissed_hashes(connection: Connection, review_id: str) -> set[str]:
    """Return the identities of the patterns that are dismissed in a review or everywhere."""
    query = select(patterns.c.pattern).where(patterns.c.scope.in_((EVERYWHERE, review_id)))
    return set(connection.scalars(query))


def _flag_row(flag: Flag, dismissed: frozenset[str], everywhere: set[str]) -> dict[str, Any]:
    pattern = pattern_hash(flag.check, flag.excerpt)
    fingerprint = flag.fingerprint
    return {
        "check": flag.check,
        "severity": SEVERITIES.index(flag.severity),
        "fingerprint": fingerprint,
        "pattern": pattern,
        "is_open": int(not (fingerprint in dismissed or pattern in everywhere)),
    }


_UPDATE_SEGMENT: Final = update(segments).where(
    segments.c.review_id == bindparam("the_review"), segments.c.id == bindparam("the_id")
)
_SHOW_SEGMENT: Final = _UPDATE_SEGMENT.values(
    {
        name: bindparam(name)
        for name in ("shown", "quality", "penalty", "risk", "flags", "severity", "checks")
    }
)
_SHOW_TEXT: Final = (
    update(texts)
    .where(texts.c.review_id == bindparam("the_review"), texts.c.segment_id == bindparam("the_id"))
    .values(folded=bindparam("folded"))
)
