"""Named sets of the characters that matter in Arabic text.

What: frozen sets of single code points, each written by its Unicode name, so that a reader sees
what is meant and no editor reorders it. Why: a check that says ``ARABIC_COMMA`` cannot confuse it
with its look-alike. Leaves alone: everything that needs context (words, sentences). Source: the
Unicode character database, blocks Arabic, Arabic Supplement, Arabic Extended-A, Arabic
Presentation Forms-A and -B, General Punctuation.
"""

from __future__ import annotations

import unicodedata
from typing import Final


def characters_between(first: str, last: str) -> frozenset[str]:
    """Return the code points from one character to another, both included.

    >>> sorted(characters_between("a", "d"))
    ['a', 'b', 'c', 'd']
    """
    return frozenset(map(chr, range(ord(first), ord(last) + 1)))


ARABIC_COMMA: Final = "\N{ARABIC COMMA}"
ARABIC_SEMICOLON: Final = "\N{ARABIC SEMICOLON}"
ARABIC_QUESTION_MARK: Final = "\N{ARABIC QUESTION MARK}"
ARABIC_FULL_STOP: Final = "\N{ARABIC FULL STOP}"
TATWEEL: Final = "\N{ARABIC TATWEEL}"

TASHKEEL: Final = (
    characters_between("\N{ARABIC FATHATAN}", "\N{ARABIC WAVY HAMZA BELOW}")
    | characters_between("\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}", "\N{ARABIC SMALL KASRA}")
    | characters_between(
        "\N{ARABIC SMALL HIGH LIGATURE SAD WITH LAM WITH ALEF MAKSURA}",
        "\N{ARABIC SMALL HIGH SEEN}",
    )
    | characters_between("\N{ARABIC SMALL HIGH ROUNDED ZERO}", "\N{ARABIC SMALL HIGH MADDA}")
    | characters_between("\N{ARABIC SMALL HIGH YEH}", "\N{ARABIC SMALL HIGH NOON}")
    | characters_between("\N{ARABIC EMPTY CENTRE LOW STOP}", "\N{ARABIC SMALL LOW MEEM}")
    | characters_between("\N{ARABIC SMALL LOW WAW}", "\N{ARABIC MARK SIDEWAYS NOON GHUNNA}")
    - {"\N{ARABIC DISPUTED END OF AYAH}"}
    | {"\N{ARABIC LETTER SUPERSCRIPT ALEF}"}
)
"""Vowel signs, doubling signs and Quranic marks: combining characters a reader can do without."""

COMPOSING_MARKS: Final = characters_between("\N{ARABIC MADDAH ABOVE}", "\N{ARABIC HAMZA BELOW}")
"""The marks of ``TASHKEEL`` that make another letter of the one before them (alef + hamza)."""

BIDI_CONTROLS: Final = (
    frozenset(
        {"\N{ARABIC LETTER MARK}", "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"},
    )
    | characters_between("\N{LEFT-TO-RIGHT EMBEDDING}", "\N{RIGHT-TO-LEFT OVERRIDE}")
    | characters_between("\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
)

ZERO_WIDTH: Final = frozenset(
    {
        "\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH NON-JOINER}",
        "\N{ZERO WIDTH JOINER}",
        "\N{WORD JOINER}",
        "\N{ZERO WIDTH NO-BREAK SPACE}",
        "\N{SOFT HYPHEN}",
        "\N{MONGOLIAN VOWEL SEPARATOR}",
    }
)
"""Characters that are not seen; the soft hyphen is only seen at the end of a line."""

PRESENTATION_FORMS: Final = frozenset(
    character
    for character in (
        characters_between(
            "\N{ARABIC LETTER ALEF WASLA ISOLATED FORM}",
            "\N{ARABIC LIGATURE BISMILLAH AR-RAHMAN AR-RAHEEM}",
        )
        | characters_between(
            "\N{ARABIC FATHATAN ISOLATED FORM}", "\N{ARABIC LIGATURE LAM WITH ALEF FINAL FORM}"
        )
    )
    if unicodedata.normalize("NFKC", character) != character
)
"""Glyphs that old software and PDF extraction leave in the place of letters."""

ARABIC_LETTERS: Final = frozenset(
    character
    for first, last in (
        ("\N{ARABIC LETTER KASHMIRI YEH}", "\N{ARABIC LETTER YEH}"),
        ("\N{ARABIC LETTER DOTLESS BEH}", "\N{ARABIC LETTER AE}"),
        ("\N{ARABIC LETTER DAL WITH INVERTED V}", "\N{ARABIC LETTER HEH WITH INVERTED V}"),
        ("\N{ARABIC LETTER BEH WITH THREE DOTS HORIZONTALLY BELOW}", "\u077f"),
        ("\N{ARABIC LETTER BEH WITH SMALL V BELOW}", "\u08c7"),
    )
    for character in characters_between(first, last)
    if unicodedata.category(character) == "Lo"
)
"""Letters of the Arabic script in their ordinary, not positional, form."""

WESTERN_DIGITS: Final = frozenset("0123456789")
ARABIC_DIGITS: Final = characters_between(
    "\N{ARABIC-INDIC DIGIT ZERO}", "\N{ARABIC-INDIC DIGIT NINE}"
)
EXTENDED_DIGITS: Final = characters_between(
    "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}", "\N{EXTENDED ARABIC-INDIC DIGIT NINE}"
)
"""The digits of Persian and Urdu."""
DIGITS: Final = WESTERN_DIGITS | ARABIC_DIGITS | EXTENDED_DIGITS

ARABIC_PUNCTUATION: Final = frozenset(
    {
        ARABIC_COMMA,
        ARABIC_SEMICOLON,
        ARABIC_QUESTION_MARK,
        ARABIC_FULL_STOP,
        "\N{ARABIC PERCENT SIGN}",
        "\N{ARABIC DECIMAL SEPARATOR}",
        "\N{ARABIC THOUSANDS SEPARATOR}",
        "\N{ARABIC FIVE POINTED STAR}",
        "\N{ORNATE LEFT PARENTHESIS}",
        "\N{ORNATE RIGHT PARENTHESIS}",
    }
)

OPENING_QUOTES: Final = frozenset(
    {
        "\N{LEFT DOUBLE QUOTATION MARK}",
        "\N{LEFT SINGLE QUOTATION MARK}",
        "\N{DOUBLE LOW-9 QUOTATION MARK}",
        "\N{SINGLE LOW-9 QUOTATION MARK}",
        "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}",
        "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    }
)
CLOSING_QUOTES: Final = frozenset(
    {
        "\N{RIGHT DOUBLE QUOTATION MARK}",
        "\N{RIGHT SINGLE QUOTATION MARK}",
        "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
        "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    }
)
STRAIGHT_QUOTES: Final = frozenset({"\N{QUOTATION MARK}", "\N{APOSTROPHE}"})
QUOTES: Final = OPENING_QUOTES | CLOSING_QUOTES | STRAIGHT_QUOTES

QUOTE_PAIRS: Final[dict[str, str]] = {
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}": "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": (
        "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    ),
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}": (
        "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
    ),
}
"""Opening mark -> the mark that closes it."""


def has_arabic(text: str) -> bool:
    """Tell whether a text holds at least one letter of the Arabic script.

    >>> has_arabic("Le Monde"), has_arabic("تطبيق Le Monde")
    (False, True)
    """
    return any(character in ARABIC_LETTERS or character in PRESENTATION_FORMS for character in text)
