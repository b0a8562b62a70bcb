"""The closed sets of names, a reason in two languages, and the hash that shows staleness."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import NamedTuple


class SegmentKind(StrEnum):
    """What a segment is within its article. Boilerplate does not count in any average."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Role(StrEnum):
    """What a machine translation was made for."""

    BACK_TRANSLATION = "back_translation"
    ROUND_TRIP = "round_trip"


class Side(StrEnum):
    """Which text the offsets of a flag refer to."""

    TARGET = "target"
    BACK_TRANSLATION = "back_translation"


class Severity(StrEnum):
    """MQM severities, from a remark to an error that nobody may publish."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Basis(StrEnum):
    """What a score was computed against, and so what it can tell; the strongest first.

    ``target_only`` and ``round_trip`` never saw the English source: they show Arabic that is
    garbled, repeated or implausible, and cannot prove that something was omitted or mistranslated.
    """

    SOURCE = "source"
    REFERENCE = "reference"
    ROUND_TRIP = "round_trip"
    TARGET_ONLY = "target_only"


class Verdict(StrEnum):
    """What a reviewer decided. Decisions are appended, never changed."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    SKIP = "skip"
    DISMISS_FLAG = "dismiss_flag"
    MARK_ERROR = "mark_error"
    COMMENT = "comment"
    UNDO = "undo"

    @property
    def settles(self) -> bool:
        """Tell whether the verdict is about the segment as a whole, and so decides its state."""
        return self in (Verdict.ACCEPT, Verdict.EDIT, Verdict.REJECT, Verdict.SKIP)


class Reason(NamedTuple):
    """A reason in plain words, in the two languages of the interface."""

    english: str
    arabic: str

    def in_language(self, language: str) -> str:
        """Return the wording for a language code; English for any but Arabic.

        >>> Reason("word repeated", "كلمة مكررة").in_language("ar")
        'كلمة مكررة'
        """
        return self.arabic if language.partition("-")[0] == "ar" else self.english


def content_hash(*parts: str) -> str:
    """Return a short stable hash of texts, used to see staleness and as a cache key.

    >>> content_hash("a", "b") == content_hash("ab")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:16]
