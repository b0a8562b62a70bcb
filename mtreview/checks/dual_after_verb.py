"""Two doers after the verb, in the case of an object.

What: a verb at the head of a clause, and right after it a dual in -ين that must be its doer: «حدد
الجانبين الخطوات» for «حدد الجانبان الخطوات». Why: machine translation mixes up the two forms of the
dual, which are written differently only here. Leaves alone: verbs that are done to two sides («دعا
الجانبين إلى التهدئة», where the doer is understood), words that are no typical doers, and the
plural in -ين; verbs that are written like a noun, but for after «قد» and its like. Both lists can
be read in ``text/resources``: ``verbs-of-two-sides`` and ``dual-agents``. Source: the doer of a
verb is nominative, in any Arabic grammar, for example W. Wright, A Grammar of the Arabic Language,
I § 308 (the dual) and II § 22 ff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.resources import words
from mtreview.text.words import Word, arabic_words, are_neighbours

OPENERS: Final = frozenset({"قد", "وقد", "حيث", "كما", "فيما", "بينما", "عندما", "بعدما"})
"""Words after which a clause begins with its verb."""
ALSO_NOUNS: Final = frozenset(
    {
        *("تعاون", "تنافس", "تبادل", "تراجع", "توقف", "تحدث", "تنازل", "تناول", "تقاسم", "تشارك"),
        *("تفاوض", "بحث", "وضع", "عقد", "عمل", "طرح"),
    }
)
"""Verbs that are written like a noun, which two sides may own: «وتعاون البلدين ليس جديدا»."""
CLAUSE_MARK: Final = re.compile(r"[.،؛:!؟?,;\"“”«»(\N{EN DASH}\N{EM DASH}-]\s*$")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the dual in -ين."""
    text = segment.target
    found = arabic_words(text)
    for index, (verb, doer) in enumerate(pairwise(found)):
        if (
            doer.text in words("dual-agents")
            and (
                verb.text in words("verbs-of-two-sides")
                or verb.without_conjunction in words("verbs-of-two-sides")
            )
            and are_neighbours(text, verb, doer)
            and _opens_clause(text, found, index)
        ):
            nominative = f"{doer.text[:-2]}ان"
            yield Finding(
                doer.start,
                doer.end,
                Reason(
                    f"doer of {verb.text} in the wrong case; the nominative is {nominative}",
                    f"فاعل «{verb.text}» منصوب أو مجرور، والصواب الرفع «{nominative}»",
                ),
                evidence=f"{verb.text} {doer.text}",
                suggestion=nominative,
            )


def _opens_clause(text: str, found: list[Word], index: int) -> bool:
    verb = found[index]
    if verb.text in ALSO_NOUNS or verb.without_conjunction in ALSO_NOUNS:
        return index > 0 and found[index - 1].text in OPENERS
    if index == 0 or verb.text not in words("verbs-of-two-sides"):
        return True  # the first word, or one with "and" or "so" before it
    return found[index - 1].text in OPENERS or bool(CLAUSE_MARK.search(text[: verb.start]))


CHECK = Check(
    id="dual-after-verb",
    category="grammar",
    severity=Severity.MAJOR,
    title=Reason("Case of the dual", "إعراب المثنى"),
    find=find,
)
