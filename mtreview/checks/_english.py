"""The English that an Arabic segment is compared with: the source, or else the back-translation."""

from __future__ import annotations

from typing import Final, NamedTuple

from mtreview.checks._check import Context
from mtreview.model import Reason, Segment

SURE: Final = -0.7
"""Natural log of the probability, about one half, from which an engine is sure of a piece."""


class English(NamedTuple):
    """An English text, and whether it is what the machine translated."""

    text: str
    is_source: bool

    @property
    def name(self) -> Reason:
        """What the text is called in reasons."""
        if self.is_source:
            return Reason("the English source", "الأصل الإنجليزي")
        return Reason("the back-translation", "الترجمة العكسية")


def english_of(segment: Segment, context: Context) -> English | None:
    """Return the source of a segment if it is known, else its back-translation, else None."""
    if segment.source is not None:
        return English(segment.source, True)
    if context.back_translation is not None:
        return English(context.back_translation.text, False)
    return None


def is_sure(context: Context, start: int, end: int) -> bool:
    """Tell whether the engine was sure of every piece of a span of the back-translation.

    An engine that gives no probabilities is taken at its word.
    """
    translation = context.back_translation
    pieces = translation.tokens if translation else ()
    return all(
        piece.log_probability >= SURE for piece in pieces if piece.start < end and start < piece.end
    )


def whole(text: str) -> tuple[int, int]:
    """Return the span of a text without the white space around it."""
    start = len(text) - len(text.lstrip())
    return start, max(start + 1, len(text.rstrip()))
