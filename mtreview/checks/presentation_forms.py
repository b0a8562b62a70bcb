"""Letters that are stored as glyphs.

What: characters of the blocks Arabic Presentation Forms-A and -B, which stand for the shape of a
letter at one place of a word. The suggestion is the same text in ordinary letters.
Why: such text looks right, but cannot be found, compared or translated; it comes from PDF files and
old software.
Leaves alone: ligatures that are written as one character on purpose: the names and blessings from
U+FDF0 to U+FDFF, and the ornate brackets of Quranic text.
Source: the Unicode Standard, section 9.2: these blocks are for compatibility only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.characters import PRESENTATION_FORMS, characters_between

_REASON: Final = Reason(
    "These letters are stored as shapes; searching and translating cannot read them.",
    "حروف مخزنة بأشكالها لا بقيمها، فلا يقرؤها البحث ولا الترجمة.",
)
_MEANT: Final = characters_between("\ufdf0", "\ufdff")
_FORM: Final = f"[{''.join(sorted(PRESENTATION_FORMS - _MEANT))}]"
_RUN: Final = re.compile(f"{_FORM}++(?:[ ]{_FORM}++)*+")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield runs of positional glyphs."""
    for match in _RUN.finditer(segment.target):
        run = match.group()
        # The isolated form of a vowel sign decomposes to a space that nobody wrote, and the sign.
        letters = "".join(c if c == " " else unicodedata.normalize("NFKC", c).lstrip() for c in run)
        yield Finding(*match.span(), _REASON, evidence=f"U+{ord(run[0]):04X}", suggestion=letters)


CHECK = Check(
    id="presentation-forms",
    category="character-encoding",
    severity=Severity.MINOR,
    title=Reason("Letters stored as shapes", "حروف مخزنة بأشكالها"),
    find=find,
)
