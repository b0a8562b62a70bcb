"""A punctuation mark that stands twice, or two marks that exclude each other.

What: two or more commas, semicolons or question marks in a row, two full stops, a comma beside a
full stop, with or without a space between them. The suggestion is one mark where there is no doubt.
Why: a word was deleted between them, or the machine copied the Latin mark and added its own.
Leaves alone: an ellipsis of three dots or more, a question with an exclamation mark, several
exclamation marks, a comma after an abbreviation (``د.،``) or a Latin word.
Source: rules of Arabic punctuation of the Academy of the Arabic Language in Cairo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import LETTER, MARK
from mtreview.model import Reason, Segment, Severity

_SAME: Final = Reason("The punctuation mark stands twice.", "علامة الترقيم مكررة.")
_CLASH: Final = Reason("Two punctuation marks that exclude each other.", "علامتا ترقيم لا تجتمعان.")
_COMMA: Final = "\N{ARABIC COMMA}"
_SEMICOLON: Final = "\N{ARABIC SEMICOLON}"
_QUESTION: Final = "\N{ARABIC QUESTION MARK}"
_MARKS: Final = re.compile(
    f"{_COMMA}(?:[ ]?{_COMMA})++|{_SEMICOLON}(?:[ ]?{_SEMICOLON})++|{_QUESTION}{_QUESTION}++"
    r"|(?<![./])\.\.(?![./\w])"
    f"|(?<=[{LETTER}{MARK}]{{3}})(?:\\.[ ]?[{_COMMA}{_SEMICOLON}]|,[ ]?{_COMMA})"
    f"|[{_COMMA}{_SEMICOLON}][ ]?\\.(?![.\\w])"
    rf"|{_QUESTION}[ ]?\?|\?[ ]?{_QUESTION}|{_COMMA}[ ]?{_SEMICOLON}|{_SEMICOLON}[ ]?{_COMMA}"
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield doubled and clashing punctuation marks."""
    for match in _MARKS.finditer(segment.target):
        marks = match.group().replace(" ", "")
        same = len(set(marks)) == 1
        suggestion = marks[0] if same and marks[0] != "." else None
        if _QUESTION in marks:
            suggestion = _QUESTION
        reason = _SAME if same else _CLASH
        yield Finding(*match.span(), reason, evidence=match.group(), suggestion=suggestion)


CHECK = Check(
    id="double-punctuation",
    category="punctuation",
    severity=Severity.MINOR,
    title=Reason("Doubled punctuation", "ترقيم مكرر"),
    find=find,
)
