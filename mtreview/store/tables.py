"""The tables of the review store, as SQLAlchemy Core; ``migrations/`` makes them.

``reviews`` has one row per scored document, ``segments`` one light row per segment with all that
the queue sorts and filters by, ``texts`` its texts, ``results`` what was computed, one row per
version of the Arabic, ``flags`` the flags of the result that is shown, ``decisions`` the log that
is only ever appended to. Everything but ``reviews``, ``texts``, ``decisions`` and ``patterns`` can
be computed again.

A hash called ``of`` is ``content_hash`` of the Arabic that something was made from:

- ``segments.of``: of the Arabic as it stands now,
- ``segments.original``: of the Arabic as it came,
- ``segments.shown``: of the Arabic whose result the row shows; NULL before the first result.

``results.settings`` is ``content_hash`` of the settings that the review had when it was computed.
"""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import (
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

_ESCAPE: Final = "\x10"
_UNSTORABLE: Final = re.compile("[\x00\x10\ud800-\udfff]")
_ESCAPED: Final = re.compile("\x10([0-9a-f]{4})")


class Exact(TypeDecorator[str]):
    """Text that comes back exactly, even what no database takes.

    A NUL (which PostgreSQL refuses) and a lone surrogate (which is no UTF-8) are written as
    DATA LINK ESCAPE and four hexadecimal digits, and so is that character itself.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is written to the database."""
        if value is None or not _UNSTORABLE.search(value):
            return value
        return _UNSTORABLE.sub(lambda match: f"{_ESCAPE}{ord(match[0]):04x}", value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Return what was given to be written."""
        if value is None or _ESCAPE not in value:
            return value
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _review_id() -> Column[str]:
    return Column("review_id", Exact, ForeignKey("reviews.id", ondelete="CASCADE"), nullable=False)


reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Exact, nullable=False, unique=True),
    Column("name", Exact, nullable=False),
    Column("project", Exact, nullable=False),
    Column("settings", Exact, nullable=False),
    Column("created_at", Exact, nullable=False),
    Column("original", Exact, nullable=False),
    Column("format", Exact, nullable=False),
    Column("encoding", Exact, nullable=False),
    Column("source_language", Exact, nullable=False),
    Column("target_language", Exact, nullable=False),
    Column("text", Exact, nullable=False),
)

segments = Table(
    "segments",
    metadata,
    _review_id(),
    Column("id", Exact, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Exact, nullable=False),
    Column("original", Exact, nullable=False),
    Column("of", Exact, nullable=False),
    Column("shown", Exact),
    Column("is_stale", Integer, nullable=False),
    Column("quality", Float(53)),
    Column("risk", Float(53), nullable=False),
    Column("penalty", Float(53), nullable=False),
    Column("initial_penalty", Float(53), nullable=False),
    Column("flags", Integer, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("checks", Exact, nullable=False),
    Column("state", Exact),
    Column("revision", Integer, nullable=False),
    PrimaryKeyConstraint("review_id", "id"),
)
Index(None, segments.c.review_id, segments.c.position, unique=True)
Index("ix_segments_worst", segments.c.review_id, segments.c.risk.desc(), segments.c.position)

texts = Table(
    "texts",
    metadata,
    _review_id(),
    Column("segment_id", Exact, nullable=False),
    Column("target", Exact, nullable=False),
    Column("edited", Exact),
    Column("source", Exact),
    Column("reference", Exact),
    Column("start", Integer, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("extras", Exact),
    Column("folded", Exact, nullable=False),
    PrimaryKeyConstraint("review_id", "segment_id"),
)

results = Table(
    "results",
    metadata,
    _review_id(),
    Column("segment_id", Exact, nullable=False),
    Column("of", Exact, nullable=False),
    Column("settings", Exact, nullable=False),
    Column("payload", Exact, nullable=False),
    PrimaryKeyConstraint("review_id", "segment_id", "of"),
)

flags = Table(
    "flags",
    metadata,
    _review_id(),
    Column("segment_id", Exact, nullable=False),
    Column("number", Integer, nullable=False),
    Column("check", Exact, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("fingerprint", Exact, nullable=False),
    Column("pattern", Exact, nullable=False),
    Column("is_open", Integer, nullable=False),
    PrimaryKeyConstraint("review_id", "segment_id", "number"),
)
Index(None, flags.c.review_id, flags.c.check, flags.c.is_open, flags.c.segment_id)
Index(None, flags.c.pattern)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    _review_id(),
    Column("segment_id", Exact, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("verdict", Exact, nullable=False),
    Column("reviewer", Exact, nullable=False),
    Column("at", Exact, nullable=False),
    Column("before", Exact, nullable=False),
    Column("after", Exact, nullable=False),
    Column("flag", Exact),
    Column("comment", Exact, nullable=False),
    Column("mark", Exact),
    Column("key", Exact),
    UniqueConstraint("review_id", "segment_id", "revision"),
    UniqueConstraint("review_id", "key"),
)

claims = Table(
    "claims",
    metadata,
    _review_id(),
    Column("segment_id", Exact, nullable=False),
    Column("reviewer", Exact, nullable=False),
    Column("until", Integer, nullable=False),
    PrimaryKeyConstraint("review_id", "segment_id"),
)

patterns = Table(
    "patterns",
    metadata,
    Column("scope", Exact, nullable=False),
    Column("pattern", Exact, nullable=False),
    Column("check", Exact, nullable=False),
    Column("excerpt", Exact, nullable=False),
    Column("reviewer", Exact, nullable=False),
    Column("at", Exact, nullable=False),
    PrimaryKeyConstraint("scope", "pattern"),
)
Index(None, patterns.c.pattern)

cached = Table(
    "cached",
    metadata,
    Column("key", Exact, primary_key=True),
    Column("value", Exact, nullable=False),
)
