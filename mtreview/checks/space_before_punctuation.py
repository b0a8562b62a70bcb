"""A space before a punctuation mark.

What: a space, or several, before a comma, semicolon or question mark, and before a full stop,
colon, comma or exclamation mark that clearly ends something. The flag marks the spaces.
Why: Arabic punctuation stands right after the word; a space before it is the most common trace of
machine output, and lets the mark fall to the start of a line.
Leaves alone: dots of an ellipsis, a mark that belongs to what follows (``.5``, ``.NET``, ``:)``),
a colon between digits, and a mark that begins the segment.
Source: rules of Arabic punctuation of the Academy of the Arabic Language in Cairo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import SPACE
from mtreview.model import Reason, Segment, Severity

_REASON: Final = Reason(
    "There is a space before the punctuation mark; it belongs right after the word.",
    "مسافة قبل علامة الترقيم، ومكان العلامة بعد الكلمة مباشرة.",
)
_END: Final = (
    r"(?=[\s\"\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]|$)"
)
_SPACES: Final = re.compile(
    rf"(?<=\S)[{SPACE}]++(?:"
    r"(?=[\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}])"
    rf"|(?=[.,!]{_END})"
    rf"|(?=:{_END})(?!(?<=\d[{SPACE}]):\s?\d))"
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the spaces before punctuation marks."""
    for match in _SPACES.finditer(segment.target):
        evidence = segment.target[match.start() - 1 : match.end() + 1]
        yield Finding(*match.span(), _REASON, evidence=evidence, suggestion="")


CHECK = Check(
    id="space-before-punctuation",
    category="whitespace",
    severity=Severity.MINOR,
    title=Reason("Space before punctuation", "مسافة قبل علامة الترقيم"),
    find=find,
)
