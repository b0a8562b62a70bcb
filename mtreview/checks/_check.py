"""What a check is: a value with an id, and a function that yields findings.

A check yields findings; it never prints, stores, scores, or knows whether it is enabled or how
severe a desk takes it to be. Its module docstring is its manual: what it finds, why that matters,
what it leaves alone, and the source of the rule. Checks use the standard library and
``mtreview.text`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from mtreview.model import Document, Reason, Segment, Severity, Side, Translation

PARAGRAPH_LIMIT: Final = 4000
"""Characters of the paragraph that a check sees on each side of a segment."""


class Needs(StrEnum):
    """What a check reads besides the Arabic."""

    TARGET = "target"
    BACK_TRANSLATION = "back_translation"
    SOURCE = "source"
    ENGLISH = "english"
    """The source, or the back-translation where there is no source."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a span, why it is suspect, and what may stand there instead.

    Attributes:
        start: Offset into the Arabic, or into the back-translation if ``side`` says so.
        end: End of the span, exclusive; greater than ``start``.
        suggestion: Text that may replace exactly ``[start, end)``; only where that is safe.
        severity: Overrides the severity of the check for this finding.
    """

    start: int
    end: int
    reason: Reason
    evidence: str = ""
    suggestion: str | None = None
    side: Side = Side.TARGET
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Where a segment stands, for checks that must look beyond it.

    Attributes:
        document: The whole document.
        index: Position of the segment in ``document.segments``.
        back_translation: Its translation to English, when there is one.
        options: Settings of this check from the configuration.
    """

    document: Document
    index: int
    back_translation: Translation | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def segment(self) -> Segment:
        """The segment itself."""
        return self.document.segments[self.index]

    def before(self) -> str:
        """Return the text of the paragraph before the segment, at most PARAGRAPH_LIMIT of it."""
        segment, start = self.segment, self.segment.start
        position = self.index
        while position > 0 and self.document.segments[position - 1].paragraph == segment.paragraph:
            position -= 1
            start = self.document.segments[position].start
            if segment.start - start >= PARAGRAPH_LIMIT:
                break
        return self.document.text[max(start, segment.start - PARAGRAPH_LIMIT) : segment.start]

    def after(self) -> str:
        """Return the text of the paragraph after the segment, at most PARAGRAPH_LIMIT of it."""
        segment, end = self.segment, self.segment.end
        for follower in self.document.segments[self.index + 1 : self.index + 100]:
            if follower.paragraph != segment.paragraph or end - segment.end >= PARAGRAPH_LIMIT:
                break
            end = follower.end
        return self.document.text[segment.end : min(end, segment.end + PARAGRAPH_LIMIT)]

    def previous(self, count: int) -> tuple[Segment, ...]:
        """Return up to ``count`` segments before this one, nearest last."""
        return self.document.segments[max(0, self.index - count) : self.index]


Find = Callable[[Segment, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: everything the rest of mtreview knows about it.

    Attributes:
        id: The module's name with hyphens, which is also the configuration key.
        category: MQM id (a key of ``mtreview.mqm.ITS_TYPES``).
        severity: What it is worth unless the configuration says otherwise.
        title: A few words for lists and charts.
        find: Yields findings of one segment, in order of their start.
        needs: What must be there for it to run.
        on_boilerplate: Whether it runs on boilerplate segments too.
        options: Names of the settings it reads from ``Context.options``.
    """

    id: str
    category: str
    severity: Severity
    title: Reason
    find: Find
    needs: Needs = Needs.TARGET
    on_boilerplate: bool = False
    options: tuple[str, ...] = ()
