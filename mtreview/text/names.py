"""Whether an Arabic word may be a name of the English text, by its consonants.

What: ``sounds_like_a_name_in`` compares the skeleton of an Arabic word with those of the words
with a capital: «ماتفيانكو» and Matviyenko are both MTBNK. Why: an unknown word is no slip if it is
a name that was written in Arabic letters. Leaves alone: names that are translated, and which
spelling of a name is right; it excuses a word, it never accuses one.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

ALIKE: Final = 0.66
"""Share of equal consonants from which two skeletons are of one name."""

_CLASSES: Final = {
    **dict.fromkeys("بپفڤ" + "bpfv", "B"),
    **dict.fromkeys("تطدض" + "td", "T"),
    **dict.fromkeys("جغخقكحگچ" + "gkcqxj", "K"),
    **dict.fromkeys("سصشزذثظ" + "sz", "S"),
    **dict.fromkeys("ل" + "l", "L"),
    **dict.fromkeys("م" + "m", "M"),
    **dict.fromkeys("ن" + "n", "N"),
    **dict.fromkeys("ر" + "r", "R"),
}
"""Letter of either script -> class of sounds; other letters are vowels or too faint to tell."""
_CAPITALISED: Final = re.compile(r"\b[A-Z][\w'\N{RIGHT SINGLE QUOTATION MARK}]+")


def skeleton(word: str) -> str:
    """Return the classes of the consonants of a word, doubled ones once.

    >>> skeleton("ماتفيانكو"), skeleton("Matviyenko")
    ('MTBNK', 'MTBNK')
    """
    classes = (_CLASSES.get(letter, "") for letter in word.casefold())
    return "".join(letter for letter, _ in groupby(classes) if letter)


def sounds_like_a_name_in(word: str, english: str) -> bool:
    """Tell whether a word of a text with a capital sounds like an Arabic word.

    >>> sounds_like_a_name_in("لاتام", "They fly with LATAM.")
    True
    """
    ours = {skeleton(word), skeleton(word.removeprefix("ال")), skeleton(word[1:])}
    return any(
        SequenceMatcher(None, one, skeleton(name)).ratio() >= ALIKE
        for name in _CAPITALISED.findall(english)
        for one in ours
        if one
    )
