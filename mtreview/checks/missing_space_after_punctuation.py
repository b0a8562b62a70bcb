"""No space after a punctuation mark.

What: an Arabic comma, semicolon or question mark with a letter right behind it; a full stop, colon
or exclamation mark between two Arabic words. The suggestion is the mark with a space.
Why: the two words are read, searched and broken at the end of a line as one.
Leaves alone: numbers, abbreviations of one or two letters with dots, addresses of the web, and
everything in Latin letters but what follows an Arabic mark.
Source: rules of Arabic punctuation of the Academy of the Arabic Language in Cairo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import LATIN, LETTER, MARK
from mtreview.model import Reason, Segment, Severity

_REASON: Final = Reason(
    "A space is missing after the punctuation mark.", "تنقص مسافة بعد علامة الترقيم."
)
_MARKS: Final = re.compile(
    "(?<=[^\\s])[\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}]"
    f"(?=[{LETTER}{LATIN}])"
    f"|(?<=[{LETTER}{MARK}]{{3}})[.:!](?=[{LETTER}][{LETTER}{MARK}]{{2}})"
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the punctuation marks that the next word is glued to."""
    text = segment.target
    for match in _MARKS.finditer(text):
        around = text[max(0, match.start() - 10) : match.end() + 10]
        yield Finding(*match.span(), _REASON, evidence=around, suggestion=f"{match.group()} ")


CHECK = Check(
    id="missing-space-after-punctuation",
    category="whitespace",
    severity=Severity.MINOR,
    title=Reason("No space after punctuation", "لا مسافة بعد علامة الترقيم"),
    find=find,
)
