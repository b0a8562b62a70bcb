"""The words of Arabic text, with where they stand and what stands before them.

What: ``arabic_words`` yields the runs of Arabic letters, without their marks and elongation, with
their offsets in the text; the functions beside it tell what a word begins with. Why: checks that
look at neighbouring words need the same idea of a word. Leaves alone: Latin words, digits, and any
analysis of endings, which needs a dictionary.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from mtreview.text.characters import ARABIC_LETTERS, TASHKEEL, TATWEEL

_LETTERS: Final = "".join(sorted(ARABIC_LETTERS))
_MARKS: Final = "".join(sorted(TASHKEEL)) + TATWEEL
_WORD: Final = re.compile(f"[{_LETTERS}][{_LETTERS}{_MARKS}]*")
_MARK: Final = re.compile(f"[{_MARKS}]")
_DEFINITE: Final = re.compile("[وف]?(?:[بك]?ال|لل)")

PREPOSITIONS: Final = frozenset(
    {
        *("في", "من", "إلى", "على", "عن", "مع", "بين", "منذ", "خلال", "ضد", "حول", "نحو"),
        *("تحت", "فوق", "عبر", "لدى", "قبل", "بعد", "أمام", "وراء", "داخل", "خارج", "دون"),
    }
)


class Word(NamedTuple):
    """A word without its marks, and the span it takes in the text, marks included."""

    text: str
    start: int
    end: int

    @property
    def is_definite(self) -> bool:
        """Tell whether it has the article, after a conjunction or preposition or without."""
        return _DEFINITE.match(self.text) is not None

    @property
    def is_preposition(self) -> bool:
        """Tell whether it is a preposition that is written as a word."""
        return self.text in PREPOSITIONS or (self.text[0] in "وف" and self.text[1:] in PREPOSITIONS)

    @property
    def without_conjunction(self) -> str:
        """The word without a leading "and" or "so"; too short a rest keeps it."""
        return self.text[1:] if self.text[0] in "وف" and len(self.text) > 3 else self.text


def arabic_words(text: str) -> list[Word]:
    """Return the words in Arabic letters.

    >>> [word.text for word in arabic_words("في أَنقرة ، Le Monde")]
    ['في', 'أنقرة']
    """
    return [
        Word(_MARK.sub("", match[0]), match.start(), match.end()) for match in _WORD.finditer(text)
    ]


def are_neighbours(text: str, left: Word, right: Word) -> bool:
    """Tell whether nothing but white space stands between two words."""
    return text[left.end : right.start].isspace()
