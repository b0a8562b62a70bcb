"""An object on a verb that takes none.

What: the past of an intransitive verb, feminine or plural, with an object pronoun: «الحوار الذي
تعطلته الإدارة» for «عطلته». Why: machine translation picks "was disrupted" where "disrupted" is
meant, and both are words. Leaves alone: the masculine singular, which looks like the verbal noun
(«تراجعه», its decline), the present, and verbs outside the list ``intransitive-verbs`` of
``text/resources``. Source: forms V, VI and VII of the verb, in any Arabic grammar, for example
W. Wright, A Grammar of the Arabic Language, I § 47 to 53.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.resources import lines
from mtreview.text.words import arabic_words

SUBJECTS: Final = ("ت", "و")
"""What stands between verb and object: "she" and "they"."""
OBJECTS: Final = ("هما", "ها", "هم", "هن", "ه")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the verb with its object."""
    for word in arabic_words(segment.target):
        bare = word.text if word.text[0] not in "وف" else word.text[1:]
        ending = next((each for each in OBJECTS if bare.endswith(each)), None)
        if ending is None:
            continue
        verb = bare.removesuffix(ending)
        if verb[-1:] not in SUBJECTS or verb[:-1] not in _verbs():
            continue
        stem, subject = verb[:-1], verb[-1:]
        causative = _verbs()[stem]
        prefix = word.text.removesuffix(bare)
        right = f"{prefix}{causative}{subject}{ending}" if causative else None
        instead, instead_arabic = (f"; {right} does", f"، بخلاف «{right}»") if right else ("", "")
        yield Finding(
            word.start,
            word.end,
            Reason(
                f"{stem} takes no object{instead}",
                f"الفعل «{stem}» لازم لا يتعدى إلى مفعول{instead_arabic}",
            ),
            evidence=f"{stem} + {ending}",
            suggestion=right,
        )


@cache
def _verbs() -> dict[str, str]:
    """Return the intransitive verbs and, where there is one, the verb that takes an object."""
    pairs = (line.partition("\t") for line in lines("intransitive-verbs"))
    return {verb: causative for verb, _, causative in pairs}


CHECK = Check(
    id="intransitive-object",
    category="grammar",
    severity=Severity.MAJOR,
    title=Reason("Object of an intransitive verb", "مفعول لفعل لازم"),
    find=find,
)
