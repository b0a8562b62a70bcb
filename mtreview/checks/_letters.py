"""The classes of characters that patterns of checks are built of.

They are the insides of a regular-expression class, to be put between brackets: ``f"[{LETTER}]"``.
A pattern must be linear in the text: repeat with ``++``, and guard the start with a look-behind,
since a segment may be a whole file.
"""

from __future__ import annotations

from typing import Final

from mtreview.text.characters import ARABIC_LETTERS, TASHKEEL


def _ranges(characters: frozenset[str]) -> str:
    """Return characters as the shortest list of ranges for a class.

    >>> _ranges(frozenset("abcx"))
    'a-cx-x'
    """
    ranges: list[list[str]] = []
    for character in sorted(characters):
        if ranges and ord(character) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = character
        else:
            ranges.append([character, character])
    return "".join(f"{first}-{last}" for first, last in ranges)


LETTER: Final = _ranges(ARABIC_LETTERS)
MARK: Final = _ranges(TASHKEEL)
LATIN: Final = (
    "A-Za-z"
    "\N{LATIN CAPITAL LETTER A WITH GRAVE}-\N{LATIN CAPITAL LETTER O WITH DIAERESIS}"
    "\N{LATIN CAPITAL LETTER O WITH STROKE}-\N{LATIN SMALL LETTER O WITH DIAERESIS}"
    "\N{LATIN SMALL LETTER O WITH STROKE}-\N{LATIN SMALL LETTER LONG S}"
)
DIGIT: Final = (
    "0-9"
    "\N{ARABIC-INDIC DIGIT ZERO}-\N{ARABIC-INDIC DIGIT NINE}"
    "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}-\N{EXTENDED ARABIC-INDIC DIGIT NINE}"
)
SPACE: Final = " \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"

CLITIC: Final = (
    "[\N{ARABIC LETTER WAW}\N{ARABIC LETTER FEH}]?"
    "(?:[\N{ARABIC LETTER BEH}\N{ARABIC LETTER KAF}\N{ARABIC LETTER LAM}]?"
    "(?:\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM})?"
    "|\N{ARABIC LETTER LAM}\N{ARABIC LETTER LAM})"
)
"""What Arabic writes at the front of a word: and, so, in, as, to, the. It also matches nothing."""
