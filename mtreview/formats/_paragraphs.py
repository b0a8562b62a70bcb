"""From running text to segments: lines are paragraphs, and paragraphs are cut into sentences.

Shared by plain text and by articles taken out of a web page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from mtreview.model import Segment, SegmentKind
from mtreview.text.segment import sentences

_LINE: Final = re.compile("[^\r\n]+")
_BYTE_ORDER_MARK: Final = "\ufeff"


def segments_of(
    text: str,
    kinds: Callable[[Sequence[str]], Sequence[SegmentKind]],
    *,
    split: bool,
    language: str,
) -> tuple[Segment, ...]:
    """Return the segments of a text, numbered from "1" in reading order.

    Args:
        text: The stored text; the offsets of the segments refer to it.
        kinds: Gives the kinds of all lines, once for the whole text.
        split: Cut lines into sentences; otherwise a line is a segment.
        language: Code of the language of the text.
    """
    spans = [match.span() for match in _LINE.finditer(text)]
    if text.startswith(_BYTE_ORDER_MARK) and spans:
        spans[0] = (max(1, spans[0][0]), spans[0][1])
    spans = [span for span in spans if text[slice(*span)].strip()]
    segments: list[Segment] = []
    lines = [text[start:end] for start, end in spans]
    for paragraph, (line, (start, _), kind) in enumerate(
        zip(lines, spans, kinds(lines), strict=True)
    ):
        for piece_start, piece_end in sentences(line, language) if split else [_trimmed(line)]:
            segments.append(
                Segment(
                    id=str(len(segments) + 1),
                    target=line[piece_start:piece_end],
                    kind=kind,
                    start=start + piece_start,
                    paragraph=paragraph,
                )
            )
    return tuple(segments)


def _trimmed(line: str) -> tuple[int, int]:
    """Return the span of a line without the white space around it."""
    return len(line) - len(line.lstrip()), len(line.rstrip())
