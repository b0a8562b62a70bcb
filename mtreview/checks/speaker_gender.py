"""A person quoted in the first person, with an adjective of the other gender.

What: after «قالت» and an opening quotation mark, «أنا متأكد» for «أنا متأكدة», and the reverse
after «قال». The speaker may be named in an earlier sentence of the paragraph, or right after the
quotation, by a verb without «و», with which the next clause would begin. Why: English "I am
sure" does not tell the gender of the speaker, so a machine that translates the quotation alone
takes the masculine. Leaves alone: words outside a quotation, speakers that are bodies («قالت
الصحيفة»), who quote somebody else, as do those who speak «نقلا عن» a third; «كنت» and «لست» after
«قالت لزوجها», which may be "you"; and adjectives that are the same for both genders. The adjectives
and the verbs are the lists ``speaker-adjectives``, ``reporting-verbs`` and ``speaking-bodies`` of
``text/resources``. Source: agreement in gender of subject and predicate, in any Arabic grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.characters import ARABIC_COMMA, QUOTES
from mtreview.text.resources import lines, words
from mtreview.text.words import Word, arabic_words

OF_ONESELF: Final = frozenset({"أنا", "إنني", "إني", "أنني", "بأنني", "لأنني", "لست", "كنت"})
OR_YOU: Final = frozenset({"لست", "كنت"})
"""Words that are "you were" and "you are not" as well."""
QUOTED: Final = frozenset({"نقلا", "لسان"})
"""Words of phrases after which the quotation is a third person's."""
BETWEEN: Final = frozenset({"لست", "غير", "جد", "أيضا", "حقا", "دائما", "كنت", "كذلك"})
"""Words that may stand between "I am" and the adjective."""
AFTER_QUOTE: Final = 2
"""A reporting verb among this many words after the end of a quotation names its speaker."""


class Speaker(NamedTuple):
    """Who speaks, as the reporting verb tells."""

    is_woman: bool
    verb: str
    is_addressing: bool
    """Whether the verb goes on with "to somebody"."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the adjective of the wrong gender."""
    text = segment.target
    found = arabic_words(text)
    for index, word in enumerate(found):
        if word.without_conjunction not in OF_ONESELF:
            continue
        adjective = _adjective(found, index + 1)
        if adjective is None:
            continue
        is_feminine = adjective.text.endswith("ة")
        speaker = _speaker(text, found, word, context)
        if speaker is None or speaker.is_woman == is_feminine:
            continue
        if speaker.is_addressing and word.without_conjunction in OR_YOU:
            continue
        right = adjective.text[:-1] if is_feminine else f"{_plain(adjective.text)}ة"
        gender, name = ("feminine", "مؤنث") if speaker.is_woman else ("masculine", "مذكر")
        yield Finding(
            adjective.start,
            adjective.end,
            Reason(
                f"the speaker of the quotation ({speaker.verb}) is {gender}: {right}",
                f"المتكلم في الاقتباس («{speaker.verb}») {name}: «{right}»",
            ),
            evidence=f"{speaker.verb} … {word.text} {adjective.text}",
            suggestion=right,
        )


def _adjective(found: list[Word], index: int) -> Word | None:
    """Return the word of a list that says what somebody is, next or after one that may stand by."""
    for word in found[index : index + 2]:
        if _plain(word.text.removesuffix("ة")) in words("speaker-adjectives"):
            return word
        if word.text not in BETWEEN:
            return None
    return None


def _plain(adjective: str) -> str:
    """Return an adjective without the alef of the indefinite object («متأكدا»)."""
    shorter = adjective.removesuffix("ا")
    return shorter if shorter in words("speaker-adjectives") else adjective


def _speaker(text: str, found: list[Word], word: Word, context: Context) -> Speaker | None:
    """Return who speaks the quotation that a word stands in; None if that cannot be told."""
    closing = next((i for i in range(word.end, len(text)) if text[i] in QUOTES), None)
    if closing is not None:
        following = [other for other in found if other.start > closing][:AFTER_QUOTE]
        speaker = _speaker_among(following, comes_after=True)
        if speaker is not None and not QUOTES & set(text[closing + 1 : following[-1].end]):
            return speaker
    before = _lead(context) + context.before() + text[: word.start]
    quote = max(before.rfind(mark) for mark in QUOTES)
    if quote < 0 or _speaker_among(arabic_words(before[quote:]), comes_after=False):
        return None
    return _speaker_among(arabic_words(before[:quote]), comes_after=False)


def _lead(context: Context) -> str:
    """Return the segment before, if it ends as one does that leads to a quotation."""
    previous = "".join(segment.target.strip() for segment in context.previous(1))
    return previous if previous.endswith((":", ARABIC_COMMA)) else ""


def _speaker_among(found: list[Word], *, comes_after: bool) -> Speaker | None:
    """Return the first speaker among the words after a quotation, or the last of those before."""
    order = range(len(found))
    for index in order if comes_after else reversed(order):
        verb = found[index].text
        is_woman = _verbs().get(verb)
        if is_woman is None and not comes_after:
            is_woman = _verbs().get(found[index].without_conjunction)
        if is_woman is not None:
            following = [word.text for word in found[index + 1 :]]
            neighbour = following[0] if following else ""
            if neighbour in words("speaking-bodies") or QUOTED.intersection(following):
                return None
            return Speaker(is_woman, verb, is_addressing=neighbour.startswith("ل"))
    return None


@cache
def _verbs() -> dict[str, bool]:
    """Return the reporting verbs and whether they are feminine."""
    pairs = [re.split(r"\s+", line) for line in lines("reporting-verbs")]
    return {
        verb: feminine for pair in pairs for verb, feminine in zip(pair, (False, True), strict=True)
    }


CHECK = Check(
    id="speaker-gender",
    category="agreement",
    severity=Severity.MAJOR,
    title=Reason("Gender of the speaker", "جنس المتكلم"),
    find=find,
)
