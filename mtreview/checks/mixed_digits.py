"""Two systems of digits in one sentence.

What: numbers in Arabic-Indic digits (and their Persian forms) beside numbers in Western digits. The
flag marks those of the less frequent system, the later ones if both are as frequent; the
suggestion writes the same number in the other digits.
Why: Arabic publications use one system, by country; both in a sentence come from two hands.
Leaves alone: digits that belong to a Latin word, an address or a model name; sentences that
differ from the rest of the document, which may be quoted.
Source: Unicode CLDR, the numbering systems ``arab`` and ``latn`` of the Arabic locales.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import DIGIT, LATIN
from mtreview.model import Reason, Segment, Severity

_REASON: Final = Reason(
    "Two systems of digits stand in one sentence.", "نظامان للأرقام في جملة واحدة."
)
_TOKEN: Final = re.compile(
    f"[{DIGIT}{LATIN}@#/_][{DIGIT}{LATIN}@#/_.,:+\N{HYPHEN-MINUS}"
    "\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}]*+"
)
_LATIN: Final = re.compile(f"[{LATIN}@#_]")
_DIGIT: Final = re.compile(f"[{DIGIT}]")
_TO_ARABIC: Final = {ord(str(n)): ord("\N{ARABIC-INDIC DIGIT ZERO}") + n for n in range(10)}
_SEPARATORS: Final = str.maketrans(
    {"\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{ARABIC THOUSANDS SEPARATOR}": ","}
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the numbers whose digits are those of the less frequent system."""
    western: list[tuple[int, str]] = []
    arabic: list[tuple[int, str]] = []
    for match in _TOKEN.finditer(segment.target):
        number = match.group().rstrip(".,:+-/")
        if _DIGIT.search(number) and not _LATIN.search(number):
            (western if re.search("[0-9]", number) else arabic).append((match.start(), number))
    if not western or not arabic:
        return
    fewer, more = sorted((western, arabic), key=lambda numbers: (len(numbers), -numbers[0][0]))
    for start, number in fewer:
        evidence = f"{number} / {more[0][1]}"
        yield Finding(
            start, start + len(number), _REASON, evidence=evidence, suggestion=_other(number)
        )


def _other(number: str) -> str | None:
    """Return a number in the digits of the other system; None if it mixes both."""
    if re.fullmatch(r"[0-9]+", number):
        return number.translate(_TO_ARABIC)
    if re.search("[0-9]", number):
        return None
    digits = (str(unicodedata.digit(c)) if c.isdigit() else c for c in number)
    return "".join(digits).translate(_SEPARATORS)


CHECK = Check(
    id="mixed-digits",
    category="number-format",
    severity=Severity.MINOR,
    title=Reason("Mixed systems of digits", "خلط بين نظامي الأرقام"),
    find=find,
)
