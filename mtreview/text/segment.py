"""Cut a text into sentences, as spans that lose no character.

What: sentencex finds the ends of sentences; repairs follow, each for what stands in real Arabic.
A cut after a one-letter abbreviation or initials is joined again (د. أ. هـ. «ب.ب.» J. K.), because
an unneeded cut hurts a translation more than a missing one. So is a cut without a final mark, which
sentencex makes before what it takes for list items (``(15 مارس 2011)``), one before a comma or a
closing bracket, one where no space follows (أمس.وقال), so that the two are shown together with the
reason, and one after two full stops, which are a pause (عاجل.. زلزال). A piece without a letter (a
lone quote, the number of a list item) joins its neighbour. A sentence longer than 300 characters is
cut at the full stops inside its quotation, which sentencex keeps whole. What is still longer than
1,500 characters is cut at white space, or anywhere when there is none, so that no model gets a text
without end. A line break always ends a sentence: a line is a paragraph.

Why spans: everything between them is white space, so the pieces and the gaps join back to the text.
Leaves alone: colons, Arabic commas and semicolons, which are no ends; text without a space after
the full stop. Source: https://github.com/wikimedia/sentencex
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

QUOTATION_LIMIT: Final = 300
"""Length in code points above which a sentence is cut at full stops inside it."""

LENGTH_LIMIT: Final = 1_500
"""Length in code points that no piece exceeds."""

_WINDOW: Final = 6_000
"""Code points given to sentencex at once: its time is quadratic in the number of open quotes."""

_LINE: Final = re.compile(
    "[^\n\r\v\f\N{FILE SEPARATOR}\N{GROUP SEPARATOR}\N{RECORD SEPARATOR}\x85"
    "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+"
)
_CLOSING: Final = "[\"'”’»)\\]]*"
_ABBREVIATION: Final = re.compile(
    # one letter (with a tatweel: هـ), or letters with full stops between them (ق.م. J.K.)
    rf"(?:^|[\s(\[«“‘\"'])(?:(?:[ء-ي]ـ?|[A-Z])\.)+{_CLOSING}\s*$"
)
_ENGLISH_TITLE: Final = re.compile(r"(?:^|\W)(?:[A-Z][a-z]{0,2}|Prof|Capt|Sens?|vs)\.\s*$")
_INNER_END: Final = re.compile(rf"[.!?؟…]{_CLOSING}\s+")
_FINAL_MARK: Final = re.compile(rf"[.!?؟…۔。！？]\s*{_CLOSING}\s*$")
_NO_BEGINNING: Final = re.compile(r"[،؛,;]|[)\]»:](?:\s|$)")
_PAUSE: Final = re.compile(rf"(?<!\.)\.\.{_CLOSING}\s*$")
_GLUED: Final = re.compile(rf"[.!?؟…]{_CLOSING}$")
_LIST_NUMBER: Final = re.compile(r"\s*\d+[.)]\s*")
_TAIL: Final = 40
"""Code points at the end of a piece in which an abbreviation is looked for."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")

Span = tuple[int, int]


def sentences(text: str, language: str = "ar") -> list[Span]:
    """Return the half-open spans of the sentences of a text, in order.

    Each span begins and ends with a character that is not white space; together they cover all
    such characters. No span is longer than ``LENGTH_LIMIT``. Time is linear in the length.

    Args:
        text: Any text, also several paragraphs.
        language: Code of its language, such as ``ar`` or ``en``.

    >>> text = "قال د. أحمد ذلك. ثم ذهب."
    >>> [text[start:end] for start, end in sentences(text)]
    ['قال د. أحمد ذلك.', 'ثم ذهب.']
    """
    return [
        span
        for line in _LINE.finditer(text)
        for span in _line_sentences(text, line.start(), line.end(), language)
    ]


def _line_sentences(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the spans of one line, window by window.

    The last piece of a window may be incomplete, so the next window begins with it.
    """
    while start < end:
        window_end = min(end, start + _WINDOW)
        pieces = list(_window_sentences(text, start, window_end, language))
        start = window_end
        if window_end < end and len(pieces) > 1:
            start = pieces.pop()[0]
        yield from pieces


def _window_sentences(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the trimmed, repaired spans of one window of a line."""
    pieces = _joined(text, _boundaries(text, start, end, language))
    for piece_start, piece_end in _joined(text, _cut_quotations(text, pieces)):
        yield from _cut_long(text, piece_start, piece_end)


def _boundaries(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the spans that sentencex finds, contiguous from start to end."""
    import sentencex

    window = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text[start:end])
    for boundary in sentencex.get_sentence_boundaries(language, window):
        yield start + boundary["start_index"], start + boundary["end_index"]


def _joined(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    """Join pieces again that were cut wrongly or that hold no letter."""
    pending: Span | None = None
    has_letter = False  # in the pending piece
    for start, end in pieces:
        letter_here = any(text[offset].isalnum() for offset in range(start, end))
        if pending is None:
            pending, has_letter = (start, end), letter_here
        elif not (has_letter and letter_here) or _belong_together(text, *pending):
            pending, has_letter = (pending[0], end), has_letter or letter_here
        else:
            yield pending
            pending, has_letter = (start, end), letter_here
    if pending is not None:
        yield pending


def _belong_together(text: str, start: int, end: int) -> bool:
    """Tell whether the cut after a piece was wrong."""
    tail = max(0, end - _TAIL)
    return (
        _FINAL_MARK.search(text, tail, end) is None
        or _NO_BEGINNING.match(text, end) is not None
        or _ABBREVIATION.search(text, tail, end) is not None
        or _PAUSE.search(text, tail, end) is not None
        or (text[end].isalpha() and _GLUED.search(text, tail, end) is not None)
        or _LIST_NUMBER.fullmatch(text, start, end) is not None
    )


def _cut_quotations(text: str, pieces: Iterable[Span]) -> Iterator[Span]:
    """Cut the pieces that are too long at the full stops inside them."""
    for start, end in pieces:
        position = start
        if end - start > QUOTATION_LIMIT:
            for stop in _INNER_END.finditer(text, start, end):
                title = _ENGLISH_TITLE.search(text, max(0, stop.end() - _TAIL), stop.end())
                if not title and not text[stop.end() : stop.end() + 1].islower():
                    yield position, stop.end()
                    position = stop.end()
        if position < end:
            yield position, end


def _cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a piece without the white space around it, cut where it exceeds the limit."""
    while start < end:
        if text[start].isspace():
            start += 1
        elif text[end - 1].isspace():
            end -= 1
        elif end - start <= LENGTH_LIMIT:
            yield start, end
            return
        else:
            cut = start + LENGTH_LIMIT
            while cut > start and not text[cut].isspace():
                cut -= 1
            cut = cut if cut > start else start + LENGTH_LIMIT
            yield from _cut_long(text, start, cut)
            start = cut
