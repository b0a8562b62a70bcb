"""A feminine noun with a masculine adjective of relation.

What: two definite words, the first in -ة and the second an adjective in -ي whose feminine in -ية is
in use: «الإيديولوجية المسيحي» for «الإيديولوجية المسيحية». Why: a machine that translates word by
word leaves the adjective in its dictionary form. Leaves alone: every pair that may be a noun with
its complement, where the adjective belongs to the noun before («وزير الخارجية الأمريكي»), so it
looks only at definite words after a preposition or at the head of a clause; men's nouns in -ة
(«الخليفة العباسي»); what may be a person, whom the sentence goes on with («فاز بالميدالية المصري
كريم»: ``person-nisba`` of ``text/resources``), unless a feminine word follows; indefinite words,
plurals of people and every other kind of adjective, which need to know the gender of the noun.
Source: agreement of the adjective in any Arabic grammar, for example W. Wright, A Grammar of the
Arabic Language, II § 136.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.resources import words
from mtreview.text.words import Word, arabic_words, are_neighbours

MASCULINE_IN_TA: Final = frozenset(
    {
        *("الخليفة", "العلامة", "الداعية", "الرحالة", "الطاغية", "النابغة", "الباشا"),
        *("الأئمة", "القادة", "الأساتذة", "الطلبة", "الباعة", "السادة", "الإخوة"),
    }
)
"""Nouns of men, and broken plurals of men, in -ة."""
_UNITED: Final = "المتحدة"
"""It ends the name of a state, which describes nobody."""
PREFIXES: Final = frozenset("بكل")
"""Prepositions that are written with their noun: nothing before them can own the adjective."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the masculine adjective."""
    text = segment.target
    found = arabic_words(text)
    for index, (noun, adjective) in enumerate(pairwise(found)):
        if (
            _is_feminine(noun)
            and adjective.text.startswith("ال")
            and adjective.text[2:] in words("nisba")
            and are_neighbours(text, noun, adjective)
            and _stands_free(text, found, index)
            and not _may_be_a_person(text, found, index + 1)
        ):
            feminine = f"{text[adjective.start : adjective.end]}ة"
            yield Finding(
                adjective.start,
                adjective.end,
                Reason(
                    f"masculine adjective after the feminine {noun.text}; {adjective.text}ة agrees",
                    f"صفة مذكرة بعد المؤنث «{noun.text}»، والمطابق لها «{adjective.text}ة»",
                ),
                evidence=f"{noun.text} {adjective.text}",
                suggestion=feminine,
            )


def _is_feminine(noun: Word) -> bool:
    plain = noun.without_conjunction
    return noun.is_definite and plain.endswith("ة") and plain not in MASCULINE_IN_TA


def _may_be_a_person(text: str, found: list[Word], index: int) -> bool:
    """Tell whether an adjective may be a noun: no definite word in -ة stands around it."""
    if found[index].text[2:] not in words("person-nisba") or found[index - 1].text == _UNITED:
        return False
    after = found[index + 1 : index + 2]
    return not any(
        _is_feminine(word) and are_neighbours(text, found[index], word) for word in after
    )


def _stands_free(text: str, found: list[Word], index: int) -> bool:
    """Tell whether no indefinite noun stands before the run of definite words up to the noun."""
    while found[index].text[0] not in PREFIXES:
        if index == 0 or not are_neighbours(text, found[index - 1], found[index]):
            return True
        index -= 1
        if not found[index].is_definite:
            return found[index].is_preposition
    return True


CHECK = Check(
    id="adjective-gender",
    category="agreement",
    severity=Severity.MAJOR,
    title=Reason("Adjective gender", "جنس الصفة"),
    find=find,
)
