"""A document cut down to the surroundings of one segment, with the text as it stands now.

Checking a text while it is being typed must not copy a document of 100,000 segments at every key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from mtreview.model import Document

WHOLE: Final = 600
"""Documents of at most so many segments are not cut."""

RADIUS: Final = 100
"""Segments that are kept on each side."""


def around(document: Document, index: int, targets: Mapping[str, str]) -> tuple[Document, int]:
    """Return the surroundings of a segment as a document, and where the segment is in it.

    Args:
        document: The document as it came.
        index: Position of the segment.
        targets: The Arabic as it stands of segments in the surroundings, by id.
    """
    if len(document.segments) <= WHOLE:
        return document.with_targets(targets), index
    first, last = max(0, index - RADIUS), min(len(document.segments), index + RADIUS + 1)
    kept = document.segments[first:last]
    start, end = kept[0].start, kept[-1].end
    cut = replace(
        document,
        segments=tuple(replace(segment, start=segment.start - start) for segment in kept),
        text=document.text[start:end],
    )
    return cut.with_targets(targets), index - first
