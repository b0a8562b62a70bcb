"""What the store remembers beside reviews: claims, dismissed patterns, cached values."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, select

from mtreview.errors import StoreError
from mtreview.store import log
from mtreview.store.database import chunks, insert
from mtreview.store.ranking import EVERYWHERE, pattern_hash, reopen_flags
from mtreview.store.reviews import now, require
from mtreview.store.tables import cached, claims, flags, patterns, segments


def claim(
    connection: Connection, review_id: str, segment_id: str, reviewer: str, minutes: int
) -> str | None:
    """Claim a segment for some minutes; return who else holds it, or None if it was free.

    Raises:
        StoreError: There is no such segment.
    """
    own = (segments.c.review_id == review_id) & (segments.c.id == segment_id)
    if connection.scalar(select(segments.c.id).where(own).with_for_update()) is None:
        raise StoreError(f"the review {review_id!r} has no segment {segment_id!r}")
    moment = int(time.time())
    holder = connection.scalar(
        select(claims.c.reviewer).where(
            claims.c.review_id == review_id,
            claims.c.segment_id == segment_id,
            claims.c.until > moment,
            claims.c.reviewer != reviewer,
        )
    )
    if holder is not None:
        return str(holder)
    row = {"reviewer": reviewer, "until": moment + 60 * minutes}
    connection.execute(
        insert(connection, claims)
        .values(review_id=review_id, segment_id=segment_id, **row)
        .on_conflict_do_update(index_elements=["review_id", "segment_id"], set_=row)
    )
    return None


def claims_of_others(connection: Connection, review_id: str, reviewer: str) -> dict[str, str]:
    """Return who holds a segment now, by segment id, leaving out what the reviewer holds."""
    query = select(claims.c.segment_id, claims.c.reviewer).where(
        claims.c.review_id == review_id,
        claims.c.until > int(time.time()),
        claims.c.reviewer != reviewer,
    )
    return {row.segment_id: row.reviewer for row in connection.execute(query)}


def release(connection: Connection, review_id: str, segment_id: str, reviewer: str) -> None:
    """Give up a claim; nothing happens if somebody else holds the segment."""
    connection.execute(
        delete(claims).where(
            claims.c.review_id == review_id,
            claims.c.segment_id == segment_id,
            claims.c.reviewer == reviewer,
        )
    )


def dismiss_pattern(
    connection: Connection, review_id: str | None, check: str, excerpt: str, reviewer: str
) -> None:
    """Close all flags of a check on these characters, now and in later runs.

    Args:
        connection: A connection that writes.
        review_id: The review it holds in; None is all reviews.
        check: Id of the check.
        excerpt: The flagged characters.
        reviewer: Who says so.
    """
    if review_id is not None:
        require(connection, review_id)
    identity = pattern_hash(check, excerpt)
    connection.execute(
        insert(connection, patterns)
        .values(
            scope=EVERYWHERE if review_id is None else review_id,
            pattern=identity,
            check=check,
            excerpt=excerpt,
            reviewer=reviewer,
            at=now(),
        )
        .on_conflict_do_nothing()
    )
    _reopen(connection, review_id, identity)


def restore_pattern(
    connection: Connection, review_id: str | None, check: str, excerpt: str
) -> None:
    """Take the dismissal of a pattern back; flags that were dismissed one by one stay closed."""
    identity = pattern_hash(check, excerpt)
    connection.execute(
        delete(patterns).where(
            patterns.c.scope == (EVERYWHERE if review_id is None else review_id),
            patterns.c.pattern == identity,
        )
    )
    _reopen(connection, review_id, identity)


def dismissed_patterns(connection: Connection, review_id: str | None) -> set[tuple[str, str]]:
    """Return (check, excerpt) of what is dismissed in a review, what is everywhere included."""
    scopes = [EVERYWHERE] if review_id is None else [EVERYWHERE, review_id]
    query = select(patterns.c.check, patterns.c.excerpt).where(patterns.c.scope.in_(scopes))
    return {(check, excerpt) for check, excerpt in connection.execute(query)}


def look_up(connection: Connection, keys: Sequence[str]) -> dict[str, str]:
    """Return the cached values of those keys that have one."""
    found: dict[str, str] = {}
    for chunk in chunks(keys):
        query = select(cached.c.key, cached.c.value).where(cached.c.key.in_(chunk))
        found.update((row.key, row.value) for row in connection.execute(query))
    return found


def remember(connection: Connection, items: Mapping[str, str]) -> None:
    """Cache values by key; a key that is there keeps the later value."""
    # In one order, so that two writers on PostgreSQL cannot wait for each other in a circle.
    rows = [{"key": key, "value": value} for key, value in sorted(items.items())]
    statement = insert(connection, cached)
    for chunk in chunks(rows):
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["key"], set_={"value": statement.excluded.value}
            ),
            list(chunk),
        )


def _reopen(connection: Connection, review_id: str | None, identity: str) -> None:
    """Open or close the flags of a pattern, and rank their segments anew."""
    query = select(flags.c.review_id, flags.c.segment_id).where(flags.c.pattern == identity)
    if review_id is not None:
        query = query.where(flags.c.review_id == review_id)
    rows = connection.execute(query.distinct()).all()
    for where, segment_id in sorted((row.review_id, row.segment_id) for row in rows):
        dismissed = log.dismissals(connection, where, [segment_id])
        reopen_flags(connection, where, segment_id, dismissed.get(segment_id, frozenset()))
