"""A "not" on one side that has nothing like it on the other.

What: the Arabic says لم, لن or ليس and the English holds no negative word; or the English says
"not" or "never" and the Arabic holds none. Why: a lost negation turns the news into its opposite,
and fluent output hides it. Against the back-translation it is a hint (minor): the word must be one
that the engine was sure of. Leaves alone: every sentence with another negative or restrictive word
on the poorer side («رفض», "without", "unlikely"), so two thirds of lost negations are not seen; a
"not" that Arabic says without one («على مقربة» for "not far", «براءته» for "not guilty"); «فلم» for
a film; لا and ما, which have many other uses. The words are the list ``negation`` of
``text/resources``. Source: measured on human translations, where the two sides rarely differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._english import English, english_of, is_sure, whole
from mtreview.model import Reason, Segment, Severity, Side
from mtreview.text.resources import lines
from mtreview.text.words import Word, arabic_words

FILM: Final = "فلم"
"""It is "and did not" as well, if a verb in the present follows."""
PRESENT: Final = tuple("يتنأ")
"""Letters that a verb in the present begins with."""
ONLY: Final = frozenset({"فحسب", "وحسب"})
"""With a negation they say "not only"."""

_APOSTROPHE: Final = "['\N{RIGHT SINGLE QUOTATION MARK}]"
_ENGLISH: Final = re.compile(
    rf"(?P<nothing>\bor not\b|\bnot (?:only|just|merely|simply|to mention)\b"
    r"|\bnot (?:guilty|far|least|long ago)\b"
    rf"|\b(?:do not|don{_APOSTROPHE}t) forget\b)"
    r"|(?P<not>\b(?:do|does|did|is|are|was|were|has|have|had|wo|would|could|should|must|ca)"
    rf"n{_APOSTROPHE}t\b)|(?P<word>[a-z]+)",
    re.IGNORECASE,
)
"""A "not" that denies nothing, a contracted one, or any word."""
_PREFIXES: Final = ("", "و", "ف", "أ", "ب", "ل", "ال", "وال", "بال", "لل")


class Negatives(NamedTuple):
    """The negative words of a language; prefixes are of English words."""

    strong: frozenset[str]
    weak: frozenset[str]
    prefixes: tuple[str, ...]


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the negative word that stands alone."""
    english = english_of(segment, context)
    if english is None or not segment.target.strip():
        return
    ours, theirs = _arabic_words(segment.target), _english_words(english.text)
    strong_ours = [word for word in ours if _is_arabic(word, strong_only=True)]
    if any(word.text in ONLY for word in ours):
        strong_ours = []
    strong_theirs = [span for word, span in theirs if word in _negatives("en").strong]
    name = english.name
    if strong_ours and not strong_theirs and not any(map(_is_english, (w for w, _ in theirs))):
        word = strong_ours[0]
        yield Finding(
            word.start,
            word.end,
            Reason(
                f"{word.text} has no counterpart in {name.english}",
                f"«{word.text}» لا مقابل له في {name.arabic}",
            ),
            evidence=english.text,
            severity=_severity(english),
        )
    elif strong_theirs and not any(map(_is_arabic, ours)):
        start, end = strong_theirs[0]
        written = english.text[start:end]
        reason = Reason(
            f"“{written}” in {name.english} has no counterpart in the Arabic",
            f"«{written}» في {name.arabic} لا مقابل له في النص العربي",
        )
        if english.is_source:
            yield Finding(*whole(segment.target), reason, evidence=written, severity=Severity.MAJOR)
        elif is_sure(context, start, end):
            yield Finding(start, end, reason, evidence=written, side=Side.BACK_TRANSLATION)


def _severity(english: English) -> Severity:
    return Severity.MAJOR if english.is_source else Severity.MINOR


def _arabic_words(text: str) -> list[Word]:
    """Return the words of an Arabic text without those for a film."""
    found = arabic_words(text)
    return [
        word
        for index, word in enumerate(found)
        if word.text != FILM
        or any(after.text.startswith(PRESENT) for after in found[index + 1 : index + 2])
    ]


def _english_words(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the words of an English text in small letters, contracted negations as "not".

    A phrase whose "not" denies nothing is one word.
    """
    return [
        ("not" if match["not"] else match[0].casefold(), match.span())
        for match in _ENGLISH.finditer(text)
    ]


def _is_english(word: str) -> bool:
    """Tell whether an English word is negative, strong or weak, as a phrase is."""
    negatives = _negatives("en")
    is_listed = word in negatives.strong or word in negatives.weak
    return is_listed or " " in word or word.startswith(negatives.prefixes)


def _is_arabic(word: Word, *, strong_only: bool = False) -> bool:
    """Tell whether an Arabic word is negative, with what may be written before it."""
    negatives = _negatives("ar")
    known = negatives.strong if strong_only else negatives.strong | negatives.weak
    return any(
        word.text.startswith(prefix) and word.text[len(prefix) :] in known for prefix in _PREFIXES
    )


@cache
def _negatives(language: str) -> Negatives:
    words: dict[str, set[str]] = {"strong": set(), "weak": set()}
    for line in lines("negation"):
        strength, of, listed = line.split("\t")
        if of == language:
            words[strength].update(listed.split())
    prefixes = tuple(word[:-1] for word in words["weak"] if word.endswith("-"))
    return Negatives(frozenset(words["strong"]), frozenset(words["weak"]), prefixes)


CHECK = Check(
    id="negation",
    category="mistranslation",
    severity=Severity.MINOR,
    title=Reason("Negation", "نفي"),
    find=find,
    needs=Needs.ENGLISH,
)
