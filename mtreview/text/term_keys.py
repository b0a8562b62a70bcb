"""What the words of terms and of texts are compared by, so that inflected words are found.

What: ``term_keys`` and ``text_keys`` return the keys of a word of a term and of a text; the two are
the same word where they share a key. ``all_forms`` is for the question whether an Arabic text has a
word at all, and lets any ending be there or not. Why: the letters written before an Arabic word
may be taken off the text, but never off a term: of «بوتين» they would leave «وتين». A capital of a
term asks for one in the text, so that ``US`` is not found in "tell us". Leaves alone: plurals with
another pattern («وزراء» for «وزير»), and adjectives made of a name («الصيني» beside «الصين»), which
are other words. Source: what is written together with an Arabic word, for example W. Wright,
A Grammar of the Arabic Language, I § 355-366.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mtreview.text.lexicon import english_keys
from mtreview.text.normalize import fold

Keys = frozenset[str]

_CASES: Final = (
    *(("ون", "m"), ("ين", "m"), ("ان", "m")),
    *(("تها", "f"), ("تهم", "f"), ("ات", "f"), ("ته", "f"), ("ه", "f")),
)
"""Endings of one noun, and which of them may stand for each other."""
_ENDS: Final = (
    *("هما", "كما", "تها", "تهم", "ها", "هم", "نا", "كم", "ته", "ات"),
    *("ون", "ين", "ان", "يه", "ه", "ي", "ا", "ء"),
)
"""Endings that may be there or not for ``all_forms``."""
_LEAST: Final = 3
"""Letters that remain at least of a word without its article, or without any ending."""
_LEAST_STEM: Final = 4
"""Letters that remain at least where another ending may stand."""
_KEPT: Final = 10_000
"""Words whose keys are remembered."""


@lru_cache(_KEPT)
def term_keys(word: str, language: str, *, as_written: bool = False) -> Keys:
    """Return the keys of a word of a term.

    Args:
        word: The word.
        language: "ar" or "en".
        as_written: Whether an English word must have the same ending.
    """
    if language == "ar":
        plain = fold(word)
        return _with_case({plain, _bare(plain)})
    if word.isupper():
        return frozenset({f"={word}"})
    stem = english_keys(word)[0 if as_written else 1]
    return frozenset({f"^{stem}" if word[0].isupper() else stem})


@lru_cache(_KEPT)
def text_keys(word: str, language: str, *, as_written: bool = False) -> Keys:
    """Return the keys of a word of a text.

    >>> bool(text_keys("وللاجئين", "ar") & term_keys("اللاجئون", "ar"))
    True
    >>> bool(text_keys("us", "en") & term_keys("US", "en"))
    False
    """
    if language == "ar":
        return _with_case(_without_starts(fold(word)))
    stem = english_keys(word)[0 if as_written else 1]
    return frozenset({f"={word}", stem, *([f"^{stem}"] if word[0].isupper() else ())})


@lru_cache(_KEPT)
def all_forms(word: str) -> Keys:
    """Return what an Arabic word may be without what is written before and after it.

    >>> bool(all_forms("وزرائها") & all_forms("الوزراء"))
    True
    """
    forms = _without_starts(fold(word))
    for _ in range(2):
        forms |= {
            form[: -len(end)]
            for form in forms
            for end in _ENDS
            if form.endswith(end) and len(form) - len(end) >= _LEAST
        }
    return frozenset(forms)


def _without_starts(plain: str) -> set[str]:
    """Return a word, and what remains without conjunction, preposition and article."""
    forms = {plain}
    if len(plain) > 2 and plain[0] in "وف":
        forms.add(plain[1:])
    for form in tuple(forms):
        if len(form) > 2 and form[0] in "بكل":
            forms.add(form[1:])
        if form.startswith("لل"):  # the article loses its first letter after this preposition
            forms.add(f"ا{form[1:]}")
    return forms | {_bare(form) for form in forms}


def _bare(word: str) -> str:
    """Return a word without its article."""
    return word[2:] if word.startswith("ال") and len(word) - 2 >= _LEAST else word


def _with_case(forms: set[str]) -> Keys:
    """Return forms of a word, and their stems marked with the kind of ending that they had."""
    stems = {
        f"~{kind}{form[: -len(end)]}"
        for form in forms
        for end, kind in _CASES
        if form.endswith(end) and len(form) - len(end) >= _LEAST_STEM
    }
    return frozenset(forms | stems)
