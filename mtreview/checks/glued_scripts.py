"""A word that is half Arabic, half Latin.

What: Latin and Arabic letters with nothing between them. If the Arabic part is a common word, a
space is missing, and the suggestion puts it in; otherwise the word is garbled.
Why: the machine broke off within a word, or lost the space at a name.
Leaves alone: the article, a preposition or a conjunction in front of a Latin name with a capital
letter, or with a tatweel between; hashtags, handles and addresses; words with an underscore.
Source: measured on seven machine-translation systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import CLITIC, LATIN, LETTER, MARK
from mtreview.model import Reason, Segment, Severity
from mtreview.text.characters import TATWEEL
from mtreview.text.resources import frequencies

_GARBLED: Final = Reason(
    "Arabic and Latin letters run together in one word.",
    "حروف عربية ولاتينية متصلة في كلمة واحدة.",
)
_GLUED: Final = Reason(
    "A space is missing between the Arabic and the Latin word.",
    "تنقص مسافة بين الكلمة العربية والكلمة اللاتينية.",
)
_ARABIC: Final = f"[{LETTER}][{LETTER}{MARK}{TATWEEL}]*+"
_TOKEN: Final = re.compile(rf"[{LETTER}{MARK}{TATWEEL}{LATIN}0-9@#/_.&+-]++")
_MIXED: Final = re.compile(f"[{LATIN}][{LETTER}]|[{LETTER}{MARK}{TATWEEL}][{LATIN}]")
_PREFIXED: Final = re.compile(f"{CLITIC}(?:{TATWEEL}+|(?=[a-z]*[A-Z0-9]))[{LATIN}0-9&+.-]+")
_TWO: Final = re.compile(f"({_ARABIC})([{LATIN}]++)|([{LATIN}]++)({_ARABIC})")
_NOT_WORDS: Final = re.compile("[@#/_]")
_COMMON: Final = 64
"""Occurrences that make a common word, in the scale of the frequency list."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield words of both scripts."""
    for match in _TOKEN.finditer(segment.target):
        token = match.group().strip(".-+&")
        if not _MIXED.search(token) or _NOT_WORDS.search(token) or _PREFIXED.fullmatch(token):
            continue
        start = match.start() + match.group().index(token)
        suggestion = _apart(token)
        yield Finding(
            start,
            start + len(token),
            _GLUED if suggestion else _GARBLED,
            evidence=token,
            suggestion=suggestion,
            severity=Severity.MINOR if suggestion else None,
        )


def _apart(token: str) -> str | None:
    """Return the two words of a token with a space between, if the Arabic one is common."""
    match = _TWO.fullmatch(token)
    if match is None:
        return None
    first, second = match[1] or match[3], match[2] or match[4]
    arabic = match[1] or match[4]
    is_common = frequencies("frequency.ar").get(arabic, 0) >= _COMMON
    return f"{first} {second}" if is_common and len(arabic) > 2 else None


CHECK = Check(
    id="glued-scripts",
    category="spelling",
    severity=Severity.MAJOR,
    title=Reason("Two scripts in one word", "حروف عربية ولاتينية في كلمة"),
    find=find,
)
