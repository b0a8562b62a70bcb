"""Reviews in the store: making, listing, finding and deleting them, and their document."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, func, select, update

from mtreview.errors import StoreError
from mtreview.model import Document, Segment, SegmentKind, Verdict, content_hash
from mtreview.store.database import chunks
from mtreview.store.search import folded
from mtreview.store.tables import patterns, reviews, segments, texts
from mtreview.store.values import ReviewSummary

NOT_SCORED: Final[dict[str, Any]] = {
    "shown": None,
    "is_stale": 1,
    "quality": None,
    "risk": -1.0,
    "penalty": 0.0,
    "initial_penalty": 0.0,
    "flags": 0,
    "severity": -1,
    "checks": "",
}
"""The columns of a segment that come from its result, before there is one."""

DECIDED: Final = (Verdict.ACCEPT.value, Verdict.EDIT.value, Verdict.REJECT.value)
"""The states of a segment that a reviewer has done with; a skipped one comes again."""

IN_ARTICLE: Final = segments.c.kind != SegmentKind.BOILERPLATE.value
"""The condition that a segment is no boilerplate, whose flags are nobody's work."""

_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_ID_LENGTH: Final = 10


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def create(
    connection: Connection, document: Document, *, name: str | None, project: str, settings: str
) -> str:
    """Store a document as a new review, and return its id.

    Raises:
        StoreError: Two segments have the same id.
    """
    _refuse_repeated_ids(document)
    review_id = "".join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))
    connection.execute(
        reviews.insert(),
        {
            "id": review_id,
            "name": name or PurePath(document.original).name or document.original,
            "project": project,
            "settings": settings,
            "created_at": now(),
            "original": document.original,
            "format": document.format,
            "encoding": document.encoding,
            "source_language": document.source_language,
            "target_language": document.target_language,
            "text": document.text,
        },
    )
    for chunk in chunks(list(enumerate(document.segments))):
        connection.execute(
            segments.insert(),
            [_segment_row(review_id, position, segment) for position, segment in chunk],
        )
        connection.execute(texts.insert(), [_text_row(review_id, segment) for _, segment in chunk])
    return review_id


def summaries(connection: Connection) -> list[ReviewSummary]:
    """Return all reviews, the newest first."""
    counts = (
        select(
            segments.c.review_id,
            func.count().label("segments"),
            func.count(segments.c.shown).label("scored"),
            func.count().filter((segments.c.flags > 0) & IN_ARTICLE).label("flagged"),
            func.count().filter(segments.c.state.in_(DECIDED)).label("decided"),
        )
        .group_by(segments.c.review_id)
        .subquery()
    )
    query = (
        select(
            reviews.c.id,
            reviews.c.name,
            reviews.c.project,
            reviews.c.created_at,
            func.coalesce(counts.c.segments, 0).label("segments"),
            func.coalesce(counts.c.scored, 0).label("scored"),
            func.coalesce(counts.c.flagged, 0).label("flagged"),
            func.coalesce(counts.c.decided, 0).label("decided"),
            reviews.c.settings,
        )
        .outerjoin(counts, counts.c.review_id == reviews.c.id)
        .order_by(reviews.c.number.desc())
    )
    return [ReviewSummary(*row) for row in connection.execute(query)]


def find(connection: Connection, id_or_name: str) -> str:
    """Return the id of a review, given its id, the beginning of it, its name or its file name.

    The newest review of a name is meant.

    Raises:
        StoreError: There is none, or the beginning fits several.
    """
    query = select(reviews.c.id, reviews.c.name, reviews.c.original).order_by(
        reviews.c.number.desc()
    )
    known = connection.execute(query).all()
    for row in known:
        if id_or_name in (row.id, row.name, row.original):
            return str(row.id)
    prefixed = [str(row.id) for row in known if id_or_name and row.id.startswith(id_or_name)]
    if len(prefixed) == 1:
        return prefixed[0]
    if prefixed:
        raise StoreError(
            f"{id_or_name!r} is the beginning of several reviews: {', '.join(prefixed)}",
            hint="Give more of the id.",
        )
    names = [*dict.fromkeys(row.name for row in known), *(row.id for row in known)]
    near = get_close_matches(id_or_name, names, n=3) or names[:3]
    raise StoreError(
        f"there is no review {id_or_name!r}",
        hint=f"Known are {', '.join(near)}." if near else "Nothing has been reviewed yet.",
    )


def erase(connection: Connection, review_id: str) -> None:
    """Delete a review with all that belongs to it."""
    require(connection, review_id)
    connection.execute(delete(patterns).where(patterns.c.scope == review_id))
    connection.execute(delete(reviews).where(reviews.c.id == review_id))


def renew(connection: Connection, review_id: str, settings: str) -> None:
    """Give a review other settings, by which all its results are out of date."""
    require(connection, review_id)
    connection.execute(update(reviews).where(reviews.c.id == review_id).values(settings=settings))
    connection.execute(update(segments).where(segments.c.review_id == review_id).values(is_stale=1))


def require(connection: Connection, review_id: str) -> str:
    """Return the hash of the settings of a review.

    Raises:
        StoreError: There is no such review.
    """
    settings = connection.scalar(select(reviews.c.settings).where(reviews.c.id == review_id))
    if settings is None:
        raise StoreError(
            f"there is no review {review_id!r}", hint="It may have been deleted meanwhile."
        )
    return content_hash(settings)


def read_document(connection: Connection, review_id: str) -> Document:
    """Return the document of a review as it came."""
    segments_in_order = read_segments(connection, review_id, None, as_it_came=True)
    review = connection.execute(select(reviews).where(reviews.c.id == review_id)).one()
    return Document(
        original=review.original,
        segments=tuple(segments_in_order),
        text=review.text,
        source_language=review.source_language,
        target_language=review.target_language,
        format=review.format,
        encoding=review.encoding,
    )


def read_segments(
    connection: Connection,
    review_id: str,
    segment_ids: Sequence[str] | None,
    *,
    as_it_came: bool = False,
) -> list[Segment]:
    """Return segments in the order of the document.

    Args:
        connection: A connection.
        review_id: The review.
        segment_ids: Which segments; None is all.
        as_it_came: Give the Arabic that came in, not the Arabic as it stands.
    """
    require(connection, review_id)
    query = (
        select(segments.c.kind, texts)
        .join(
            texts,
            (texts.c.review_id == segments.c.review_id) & (texts.c.segment_id == segments.c.id),
        )
        .where(segments.c.review_id == review_id)
    )
    rows = connection.execute(in_order(query, segment_ids))
    return [_segment(row, as_it_came) for row in rows]


def in_order(query: Select[Any], segment_ids: Sequence[str] | None) -> Select[Any]:
    """Return a query of segments in the order of the document: of some, or with None of all."""
    if segment_ids is None:
        return query.order_by(segments.c.position)
    # "+ 0" keeps SQLite from walking the whole review in order to find the few.
    return query.where(segments.c.id.in_(segment_ids)).order_by(segments.c.position + 0)


def _refuse_repeated_ids(document: Document) -> None:
    seen: set[str] = set()
    for segment in document.segments:
        if segment.id in seen:
            raise StoreError(
                f"two segments have the id {segment.id!r}",
                where=document.original,
                hint="Make the identifiers unique, or name another column of identifiers.",
            )
        seen.add(segment.id)


def _segment_row(review_id: str, position: int, segment: Segment) -> dict[str, Any]:
    target_hash = content_hash(segment.target)
    return {
        "review_id": review_id,
        "id": segment.id,
        "position": position,
        "kind": segment.kind.value,
        "original": target_hash,
        "of": target_hash,
        "state": None,
        "revision": 0,
        **NOT_SCORED,
    }


def _text_row(review_id: str, segment: Segment) -> dict[str, Any]:
    extras = (segment.notes, segment.columns)
    return {
        "review_id": review_id,
        "segment_id": segment.id,
        "target": segment.target,
        "edited": None,
        "source": segment.source,
        "reference": segment.reference,
        "start": segment.start,
        "paragraph": segment.paragraph,
        "extras": json.dumps(extras, ensure_ascii=False) if any(extras) else None,
        "folded": folded(segment.target, segment.source),
    }


def _segment(row: Row[Any], as_it_came: bool) -> Segment:
    notes, columns = json.loads(row.extras) if row.extras else ((), ())
    return Segment(
        id=row.segment_id,
        target=row.target if as_it_came or row.edited is None else row.edited,
        source=row.source,
        reference=row.reference,
        kind=SegmentKind(row.kind),
        start=row.start,
        paragraph=row.paragraph,
        notes=tuple(notes),
        columns=tuple((name, value) for name, value in columns),
    )
