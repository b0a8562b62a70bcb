"""What the row of a segment shows of its result: rank, open flags, searchable text.

Flags that a reviewer dismissed, one by one or as a pattern, stay in the result and are closed here:
they no longer count.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, delete, select, update

from mtreview.model import Flag, SegmentKind, SegmentResult, Severity, content_hash
from mtreview.mqm import SEVERITY_WEIGHTS
from mtreview.store.log import dismissals
from mtreview.store.search import folded
from mtreview.store.tables import flags, patterns, segments, texts

SEVERITIES: Final = tuple(Severity)
"""Severities, the number of each in the database being its place here."""

EVERYWHERE: Final = ""
"""The scope of a pattern that was dismissed in all reviews."""

UPDATE_SEGMENT: Final = update(segments).where(
    segments.c.review_id == bindparam("the_review"), segments.c.id == bindparam("the_id")
)
"""To be given values, and executed with ``the_review`` and ``the_id`` of many segments."""

_SHOW_SEGMENT: Final = UPDATE_SEGMENT.values(
    {
        "is_stale": case((segments.c.of == bindparam("shown"), 0), else_=1),
        **{
            name: bindparam(name)
            for name in ("shown", "quality", "penalty", "risk", "flags", "severity", "checks")
        },
    }
)
_SHOW_TEXT: Final = (
    update(texts)
    .where(texts.c.review_id == bindparam("the_review"), texts.c.segment_id == bindparam("the_id"))
    .values(folded=bindparam("folded"))
)


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
