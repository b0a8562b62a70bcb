"""What the store answers with: summaries, the rows of the review queue, progress."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from mtreview.model import SegmentKind, Severity, Verdict


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """One line of the list of reviews.

    Attributes:
        name: The name it was given, or the name of the file.
        created_at: Time in UTC, ISO 8601.
        segments: How many segments it has.
        scored: How many have a result.
        flagged: How many of the article have a flag that nobody dismissed.
        decided: How many were accepted, edited or rejected.
    """

    id: str
    name: str
    project: str
    created_at: str
    segments: int
    scored: int
    flagged: int
    decided: int
    settings: str = ""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which segments the queue shows; what is left empty does not restrict.

    Attributes:
        checks: Ids of checks; one of them has an open flag on the segment.
        severity: The worst open flag is at least this severe.
        minimum_quality: Lowest quality shown, inclusive.
        maximum_quality: Highest quality shown, inclusive.
        states: Verdicts that stand on the segment; None among them stands for undecided.
        kinds: Kinds of segments.
        text: Words to look for, one after another as they are written, in the Arabic, the English
            source and the back-translation; marks, hamza and letter case do not matter.
        flagged: Only segments with (True) or without (False) an open flag.
        stale: Only segments whose result is (True) or is not (False) out of date or missing.
    """

    checks: tuple[str, ...] = ()
    severity: Severity | None = None
    minimum_quality: float | None = None
    maximum_quality: float | None = None
    states: tuple[Verdict | None, ...] = ()
    kinds: tuple[SegmentKind, ...] = ()
    text: str = ""
    flagged: bool | None = None
    stale: bool | None = None


EVERYTHING: Final = QueueFilter()
"""The filter that every segment passes."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A segment as the queue lists it.

    Attributes:
        position: Place in the document, from 0.
        quality: 0 to 100; NaN when it is not scored.
        risk: Penalty points of the open flags, plus what the quality lacks to 100; -1 when the
            segment is not scored.
        flags: How many open flags it has.
        severity: Of the worst open flag.
        checks: Ids of the checks with an open flag, sorted.
        state: The verdict that stands; None for undecided.
        revision: Number of the last decision; 0 before the first.
        is_edited: Whether the Arabic differs from what came in.
        is_stale: Whether the result is missing, or was made from another text or by other settings.
        excerpt: The beginning of the Arabic as it stands.
    """

    segment_id: str
    position: int
    kind: SegmentKind
    quality: float
    risk: float
    flags: int
    severity: Severity | None
    checks: tuple[str, ...]
    state: Verdict | None
    revision: int
    is_edited: bool
    is_stale: bool
    excerpt: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue.

    Attributes:
        total: How many segments pass the filter.
        offset: How many of them come before this page.
    """

    rows: tuple[QueueRow, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review has come.

    Attributes:
        segments: How many there are.
        scored: How many have a result.
        flagged: How many have, or had before they were decided on, a flag.
        flagged_decided: How many of these were accepted, edited or rejected.
        verdicts: Segments by the verdict that stands on them.
        days: Decisions taken by day (UTC, ``2026-11-24``) and verdict, those undone later included.
        share_left: Penalty points of the open flags of undecided segments, as a share of the
            penalty points that the machine translation had at first; 0 to 1, NaN before scoring
            and when there were none.
    """

    segments: int
    scored: int
    flagged: int
    flagged_decided: int
    decided: int
    verdicts: dict[Verdict, int] = field(default_factory=dict)
    days: dict[str, dict[Verdict, int]] = field(default_factory=dict)
    share_left: float = math.nan
