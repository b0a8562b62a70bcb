"""Show the characters that are not seen, so that a text can neither hide nor reorder anything.

What: direction controls, zero-width characters, control codes and broken surrogates are replaced
by ``[U+202E]`` and the like. Why: an override in a document would turn the page around it, a zero
width space is an error that nobody could see, and a control code is not allowed in HTML at all.

Leaves alone: tabs and line ends, and the two joiners, which shape letters in honest text.

Source: Unicode Standard Annex 9 (direction controls) and 36, section 2.10 (invisible characters).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from mtreview.text.characters import BIDI_CONTROLS, ZERO_WIDTH, characters_between

JOINERS: Final = frozenset({"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"})

HIDDEN: Final = (
    (BIDI_CONTROLS | ZERO_WIDTH)
    | characters_between("\N{NULL}", "\x1f")
    | characters_between("\N{DELETE}", "\x9f")
    | characters_between("\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")
    | characters_between("\N{FUNCTION APPLICATION}", "\N{NOMINAL DIGIT SHAPES}")
    | characters_between(
        "\N{INTERLINEAR ANNOTATION ANCHOR}", "\N{INTERLINEAR ANNOTATION TERMINATOR}"
    )
    | characters_between("\N{LANGUAGE TAG}", "\N{CANCEL TAG}")
    | characters_between("\ud800", "\udfff")
    | {"\ufffe", "\uffff"}
) - (JOINERS | frozenset("\t\n\r"))
"""Characters that are shown by their code."""

_HIDDEN: Final = re.compile(f"([{''.join(map(re.escape, sorted(HIDDEN)))}])")


def visible(text: str) -> str:
    r"""Return the text with hidden characters shown by their code.

    >>> visible("a\N{RIGHT-TO-LEFT OVERRIDE}b")
    'a[U+202E]b'
    """
    return _HIDDEN.sub(lambda match: code(match[0]), text)


def pieces(text: str) -> list[str]:
    r"""Return the text cut at hidden characters: texts at even places, one character at odd ones.

    >>> pieces("a\N{RIGHT-TO-LEFT OVERRIDE}b")
    ['a', '\u202e', 'b']
    """
    return _HIDDEN.split(text)


def code(character: str) -> str:
    """Return what is shown for a hidden character."""
    return f"[U+{ord(character):04X}]"


def name(character: str) -> str:
    """Return the Unicode name of a character, or its code if it has none."""
    return unicodedata.name(character, code(character))
