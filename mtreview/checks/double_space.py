"""Several spaces where one belongs.

What: two or more spaces between two words; the suggestion is one space.
Why: it is a trace of markup or of a deleted word, and shows as a hole in the line.
Leaves alone: spaces at the ends of the segment, tabs, which set columns, line ends, and spaces
before punctuation, which another check reports.
Source: common typographic practice; every tool of quality assurance has this check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity

_REASON: Final = Reason("There is more than one space here.", "أكثر من مسافة واحدة بين الكلمتين.")
_SPACES: Final = re.compile(
    "(?<=\\S)[ \N{NO-BREAK SPACE}]{2,}+"
    "(?=[^\\s.,:!\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}])"
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the runs of spaces between words."""
    for match in _SPACES.finditer(segment.target):
        evidence = f"×{len(match.group())}"
        yield Finding(*match.span(), _REASON, evidence=evidence, suggestion=" ")


CHECK = Check(
    id="double-space",
    category="whitespace",
    severity=Severity.MINOR,
    title=Reason("Double space", "مسافة مزدوجة"),
    find=find,
)
