"""Simplified copies of a text, for comparing, for searching and for the translation model.

What: ``fold`` makes spellings equal that a reader takes for the same word; ``for_model`` removes
what only disturbs a translation model. Why: marks, elongation, invisible characters and positional
glyphs are rare in what models were trained on, and a space before the Arabic comma is a habit of
machine output. Leaves alone: quotation marks, digits (``for_model``), word order, anything not
listed here. The stored text is never replaced by such a copy, and offsets into it are never offsets
into the document; the ``_with_map`` functions give the way back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from mtreview.text.characters import (
    ARABIC_COMMA,
    ARABIC_DIGITS,
    ARABIC_QUESTION_MARK,
    ARABIC_SEMICOLON,
    BIDI_CONTROLS,
    COMPOSING_MARKS,
    EXTENDED_DIGITS,
    PRESENTATION_FORMS,
    TASHKEEL,
    TATWEEL,
    ZERO_WIDTH,
)

_REMOVED: Final = TASHKEEL | BIDI_CONTROLS | ZERO_WIDTH | {TATWEEL}
_ATTACHED: Final = frozenset({ARABIC_COMMA, ARABIC_SEMICOLON, ARABIC_QUESTION_MARK, ".", ","})
"""Marks that stand right after a word, without a space."""

_ALIKE: Final[dict[str, str]] = {
    "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}": "\N{ARABIC LETTER WAW}",
    "\N{ARABIC LETTER YEH WITH HAMZA ABOVE}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    **{digit: str(unicodedata.digit(digit)) for digit in ARABIC_DIGITS | EXTENDED_DIGITS},
}
"""Letter or digit -> what ``fold`` makes of it."""


def fold(text: str) -> str:
    """Return a text in which spellings that a reader takes for the same are equal.

    Marks, elongation and invisible characters go; positional glyphs become letters; the forms of
    alef, hamza on its seats, ya and ta marbuta become one letter each; digits become ASCII; Latin
    letters lose their case. The hamza that stands alone is kept, because it tells words apart.
    Spaces and punctuation stay.

    >>> fold("إِسْـطَنبُول ٢٠٢٥ Le Monde") == fold("اسطنبول 2025 le monde")
    True
    """
    if COMPOSING_MARKS.isdisjoint(text):
        return text.translate(_folding()).casefold()
    return "".join(piece for piece, _ in _folded(text))


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Return ``fold(text)`` and, for each of its code points, the offset in ``text`` it came from.

    >>> fold_with_map("مـن")
    ('من', [0, 2])
    """
    return _joined(_folded(text))


def for_model(text: str) -> str:
    """Return a text as a translation model should see it.

    Removes marks, elongation, bidi controls and invisible characters; makes letters of positional
    glyphs; removes a space before a comma, semicolon, question mark or full stop, unless a letter
    or digit follows the mark (``.5``); makes one space of each run of white space, none at the
    ends.

    >>> for_model("فِي  ٢٧ فبراير ، قال")
    'في ٢٧ فبراير، قال'
    """
    return for_model_with_map(text)[0]


def for_model_with_map(text: str) -> tuple[str, list[int]]:
    """Return ``for_model(text)`` and, for each of its code points, the offset in ``text``.

    >>> for_model_with_map(" قال  ، ")
    ('قال،', [1, 2, 3, 6])
    """
    output: list[str] = []
    offsets: list[int] = []
    pending = -1  # offset of white space that has been read and not yet written
    for piece, offset in _plain(text):
        if piece.isspace():
            if output and pending < 0:
                pending = offset
            continue
        if pending >= 0:
            if not (piece in _ATTACHED and not text[offset + 1 : offset + 2].isalnum()):
                output.append(" ")
                offsets.append(pending)
            pending = -1
        output.append(piece)
        offsets.append(offset)
    return "".join(output), offsets


def _plain(text: str) -> Iterator[tuple[str, int]]:
    """Yield the characters that stay, one code point each, with the offset they came from."""
    for offset, character in enumerate(text):
        if character in PRESENTATION_FORMS:
            # The isolated form of a mark decomposes to a space that nobody wrote, and the mark.
            for piece in unicodedata.normalize("NFKC", character).strip():
                if piece not in _REMOVED:
                    yield piece, offset
        elif character not in _REMOVED:
            following = text[offset + 1 : offset + 2]
            if following in COMPOSING_MARKS:
                composed = unicodedata.normalize("NFC", character + following)
                yield (composed if len(composed) == 1 else character), offset
            else:
                yield character, offset


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """Yield the characters of the folded text, one code point each, with their offsets."""
    for character, offset in _plain(text):
        for piece in _ALIKE.get(character, character).casefold():
            yield piece, offset


@cache
def _folding() -> dict[int, str]:
    """Return what becomes of each character, for a text in which none depends on the next."""
    characters = _REMOVED | PRESENTATION_FORMS | set(_ALIKE)
    return {ord(each): "".join(piece for piece, _ in _folded(each)) for each in characters}


def _joined(pieces: Iterable[tuple[str, int]]) -> tuple[str, list[int]]:
    """Return pieces of one code point as a text and the list of their offsets."""
    output: list[str] = []
    offsets: list[int] = []
    for piece, offset in pieces:
        output.append(piece)
        offsets.append(offset)
    return "".join(output), offsets
