"""Latin punctuation inside Arabic.

What: the comma, semicolon and question mark of the Latin alphabet after an Arabic word, where
Arabic goes on or the text ends. The suggestion is the Arabic mark.
Why: the Latin marks face the wrong way in a line that runs from right to left.
Leaves alone: numbers, HTML entities, Latin quotations and names, and every mark that the two
alphabets share (full stop, colon, exclamation mark, brackets).
Source: the Unicode Standard, Arabic block: U+060C, U+061B and U+061F are the Arabic marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import LETTER, MARK, SPACE
from mtreview.model import Reason, Segment, Severity

_ARABIC: Final = {
    ",": "\N{ARABIC COMMA}",
    ";": "\N{ARABIC SEMICOLON}",
    "?": "\N{ARABIC QUESTION MARK}",
}
_REASON: Final = Reason(
    "This is the Latin punctuation mark; Arabic has its own.",
    "علامة ترقيم لاتينية، ولها مقابل عربي.",
)
_MARKS: Final = re.compile(f"(?<=[{LETTER}{MARK}])[,;?](?=[{SPACE}]?[{LETTER}]|\\s*+$)")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the Latin commas, semicolons and question marks between Arabic words."""
    text = segment.target
    for match in _MARKS.finditer(text):
        around = text[max(0, match.start() - 10) : match.end() + 10]
        yield Finding(*match.span(), _REASON, evidence=around, suggestion=_ARABIC[match.group()])


CHECK = Check(
    id="mixed-punctuation",
    category="locale-specific-punctuation",
    severity=Severity.MINOR,
    title=Reason("Latin punctuation in Arabic", "ترقيم لاتيني في نص عربي"),
    find=find,
)
