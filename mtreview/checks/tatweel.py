"""A stretched word: the tatweel or kashida.

What: one or more tatweel characters within or after an Arabic word. The suggestion deletes them.
Why: it is decoration that belongs to the layout; in the text it breaks searching and comparing.
Leaves alone: the tatweel behind a preposition, conjunction or article before a name, digits or
brackets; heh with tatweel for the Hijri year; a suffix that is quoted with a tatweel in front; a
line of tatweels that stands for a dash.
Source: the Unicode Standard, section 9.2, on U+0640.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import CLITIC, LETTER, MARK
from mtreview.model import Reason, Segment, Severity
from mtreview.text.characters import TATWEEL

_REASON: Final = Reason(
    "The word is stretched with tatweel; it is decoration, not text.",
    "الكلمة ممدودة بالتطويل، وهو زخرفة لا من النص.",
)
_WORD: Final = re.compile(f"[{LETTER}][{LETTER}{MARK}{TATWEEL}]*+")
_STRETCH: Final = re.compile(f"{TATWEEL}++")
_BEFORE_NAME: Final = re.compile(f"{CLITIC}{TATWEEL}+")
_YEAR: Final = re.compile(f"\N{ARABIC LETTER HEH}{TATWEEL}+")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the tatweels within words."""
    for word in _WORD.finditer(segment.target):
        for stretch in _STRETCH.finditer(word.group()):
            head = word.group()[: stretch.end()]
            if _BEFORE_NAME.fullmatch(head) or _YEAR.fullmatch(word.group()):
                continue
            start = word.start() + stretch.start()
            end = word.start() + stretch.end()
            yield Finding(start, end, _REASON, evidence=word.group(), suggestion="")


CHECK = Check(
    id="tatweel",
    category="textual-conventions",
    severity=Severity.MINOR,
    title=Reason("Stretched word", "كلمة ممدودة بالتطويل"),
    find=find,
)
