"""The paragraph around a segment, for checks of marks that come in pairs.

A quotation may open in one sentence and close in the next, so pairs are judged over the paragraph.
A reader of tables makes a paragraph of every row; there a quotation may run into the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mtreview.checks._check import PARAGRAPH_LIMIT, Context
from mtreview.model import Segment

_REACH: Final = 100
"""Segments on each side within which the neighbouring paragraph is looked for."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is seen of a paragraph.

    Attributes:
        text: The segment with what stands before and after it.
        start: Where the segment begins in ``text``.
        end: Where it ends, exclusive.
        begins: Whether ``text`` starts where the paragraph does, and is not cut.
        ends: Whether ``text`` ends where the paragraph does.
    """

    text: str
    start: int
    end: int
    begins: bool
    ends: bool

    def within(self, position: int) -> bool:
        """Tell whether a position of ``text`` lies in the segment."""
        return self.start <= position < self.end


def paragraph_of(segment: Segment, context: Context) -> Paragraph:
    """Return the paragraph that a segment stands in."""
    before, after = context.before(), context.after()
    return Paragraph(
        text=before + segment.target + after,
        start=len(before),
        end=len(before) + len(segment.target),
        begins=len(before) < PARAGRAPH_LIMIT,
        ends=len(after) < PARAGRAPH_LIMIT,
    )


def paragraph_after(context: Context) -> str:
    """Return the text of the next paragraph, "" if there is none near."""
    segments = context.document.segments[context.index + 1 : context.index + 1 + _REACH]
    return _nearest(context.segment.paragraph, segments)


def paragraph_before(context: Context) -> str:
    """Return the text of the previous paragraph, "" if there is none near."""
    segments = context.document.segments[max(0, context.index - _REACH) : context.index]
    return _nearest(context.segment.paragraph, segments[::-1])


def _nearest(own: int, segments: tuple[Segment, ...]) -> str:
    """Return the text of the first paragraph among segments that is another than ``own``."""
    others = [segment for segment in segments if segment.paragraph != own]
    nearest = [segment for segment in others if segment.paragraph == others[0].paragraph]
    nearest.sort(key=lambda segment: segment.start)
    return " ".join(segment.target for segment in nearest)[:PARAGRAPH_LIMIT]
