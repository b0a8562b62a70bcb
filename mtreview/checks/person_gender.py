"""A woman of the source who became a man in the Arabic, or the reverse.

What: where the English source says she or her, and nothing of a man, and no word of the Arabic is
feminine, each masculine verb, noun of a person or pronoun is marked; and the reverse for he. Where
the source itself tells no gender, the sentence before it may (minor). Why: machine translation
takes the masculine where the sentence alone does not force the feminine, and a person notices that
first. Leaves alone: sentences about persons of both genders, or with a single word of the right
gender, so it finds about half of the wrong ones; without the source nothing can be known. The words
are ``gender-words``, ``person-verbs`` and ``person-nouns`` of ``text/resources``. Source: measured
on MT-GenEval (Currey et al. 2022, https://aclanthology.org/2022.emnlp-main.288/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.model import Reason, Segment, Severity
from mtreview.text.resources import lines, words
from mtreview.text.words import arabic_words

WOMAN: Final = "woman"
MAN: Final = "man"
OTHER: Final = {WOMAN: MAN, MAN: WOMAN}
_IN_ARABIC: Final = {WOMAN: "امرأة", MAN: "رجل"}
_PREFIXES: Final = ("", "و", "ف", "س", "ب", "ل", "ك", "أ", "ال", "وال", "لل", "بال", "ول", "وب")
_PRONOUNS: Final = {"هو": MAN, "وهو": MAN, "فهو": MAN, "هي": WOMAN, "وهي": WOMAN, "فهي": WOMAN}
_WORD: Final = re.compile("[a-z]+")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the words of the wrong gender."""
    gender, is_own = _gender(segment.source or ""), True
    if gender is None and not _genders(segment.source or ""):
        before = context.previous(1)
        gender, is_own = (_gender(before[0].source or ""), False) if before else (None, False)
    if gender is None:
        return
    found = arabic_words(segment.target)
    if any(_may_be(word.text, gender) for word in found):
        return
    # "she" and "it" of a thing are one in Arabic: from afar only a noun tells a woman.
    nouns_only = gender == MAN and not is_own
    where = Reason("the source", "الأصل")
    if not is_own:
        where = Reason("the source of the sentence before", "أصل الجملة السابقة")
    for word in found:
        if _is_noun(word.text, WOMAN) if nouns_only else _is(word.text, OTHER[gender]):
            form = Reason("masculine", "مذكر") if gender == WOMAN else Reason("feminine", "مؤنث")
            yield Finding(
                word.start,
                word.end,
                Reason(
                    f"{word.text} is {form.english}, but {where.english} speaks of a {gender}",
                    f"«{word.text}» {form.arabic}، و{where.arabic} عن {_IN_ARABIC[gender]}",
                ),
                evidence=f"{gender} / {word.text}",
                severity=Severity.MAJOR if is_own else Severity.MINOR,
            )


def _gender(english: str) -> str | None:
    """Return the only gender that a text speaks of, if a pronoun says so."""
    genders = _genders(english)
    if len(genders) != 1:
        return None
    (gender,) = genders
    pronouns = _english()[gender, "pronoun"]
    return gender if not pronouns.isdisjoint(_WORD.findall(english.casefold())) else None


def _genders(english: str) -> set[str]:
    """Return the genders of the persons that a text speaks of."""
    found = set(_WORD.findall(english.casefold()))
    return {gender for (gender, _), listed in _english().items() if not listed.isdisjoint(found)}


@cache
def _english() -> dict[tuple[str, str], frozenset[str]]:
    parts = (line.split("\t") for line in lines("gender-words"))
    return {(gender, kind): frozenset(listed.split()) for gender, kind, listed in parts}


def _may_be(word: str, gender: str) -> bool:
    """Tell whether a word may speak of a person of a gender; generous."""
    if gender == MAN:
        return _is(word, MAN)
    is_feminine_verb = word.endswith("تا") or (
        word.endswith("ت")
        and len(word) > 3
        and not word.endswith("ات")
        and word not in words("not-feminine-ta")
    )
    return is_feminine_verb or (word.endswith("ها") and len(word) > 2) or _is(word, WOMAN)


def _is(word: str, gender: str) -> bool:
    """Tell whether a word is a listed verb, noun or pronoun of a gender; strict."""
    if word in _PRONOUNS:
        return _PRONOUNS[word] == gender
    if word.endswith("ه") and len(word) > 1 and word not in words("not-pronoun-ha"):
        return gender == MAN
    if _stems(word) & _verbs()[MAN]:
        return gender == MAN
    if _stems(word) & _verbs()[WOMAN]:
        return gender == WOMAN
    return _is_noun(word, gender)


def _is_noun(word: str, gender: str) -> bool:
    """Tell whether a word is a listed noun of a person, of a gender."""
    if gender == MAN:
        return not _stems(word).isdisjoint(words("person-nouns"))
    return word.endswith("ة") and not _stems(word[:-1]).isdisjoint(words("person-nouns"))


def _stems(word: str) -> set[str]:
    """Return what a word is without what may be written before it."""
    return {
        word[len(prefix) :]
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 2
    }


@cache
def _verbs() -> dict[str, frozenset[str]]:
    masculine = words("person-verbs")
    return {MAN: masculine, WOMAN: frozenset(map(_feminine, masculine))}


def _feminine(verb: str) -> str:
    """Return the feminine of a verb in the third person.

    >>> [_feminine(verb) for verb in ("كان", "تخلى", "يقول")]
    ['كانت', 'تخلت', 'تقول']
    """
    if verb.startswith("ي"):
        return f"ت{verb[1:]}"
    return f"{verb[:-1]}ت" if verb.endswith(("ى", "عا")) else f"{verb}ت"


CHECK = Check(
    id="person-gender",
    category="mistranslation",
    severity=Severity.MAJOR,
    title=Reason("Gender of a person", "جنس الشخص"),
    find=find,
    needs=Needs.SOURCE,
)
