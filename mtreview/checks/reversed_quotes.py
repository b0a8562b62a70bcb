"""A quotation whose marks are exchanged: it begins with the closing mark.

What: a closing quotation mark right after a word that announces a quotation (he said, that, saying:
the list ``reporting-words``), in a paragraph whose marks do not come out even. If the next mark is
an opening one, it was meant to close: the flag reaches from the one mark to the other.
Why: machine translation moves words across the marks, and then nobody can tell what was quoted.
Leaves alone: paragraphs whose marks come out even, since a quotation may end in such a word; marks
after other words; straight quotation marks, which have no direction.
Source: Arabic punctuation, where a quotation follows the colon or the word that announces it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._marks import Mark, partner, quotation_marks, reversed_pairs
from mtreview.checks._paragraph import paragraph_of
from mtreview.model import Reason, Segment, Severity

_PAIR: Final = Reason(
    "The quotation marks are exchanged: this quotation begins with a closing mark and ends with "
    "an opening one.",
    "علامتا التنصيص معكوستان: يبدأ الاقتباس هنا بعلامة إغلاق وينتهي بعلامة فتح.",
)
_SINGLE: Final = Reason(
    "A quotation is announced here, but the mark is a closing one.",
    "يُستهل الاقتباس هنا بعلامة إغلاق بدلا من علامة الفتح.",
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield quotations that begin with a closing mark, and lone closing marks that should open."""
    paragraph = paragraph_of(segment, context)
    marks = quotation_marks(paragraph.text)
    for first, last in reversed_pairs(paragraph.text, marks):
        if last is None or not paragraph.within(last.position):
            if paragraph.within(first.position):
                yield _mark(segment.target, first.position - paragraph.start)
        elif paragraph.within(first.position):
            yield _pair(segment.target, first, last, paragraph.start)
        else:
            position = last.position - paragraph.start
            yield Finding(position, position + 1, _PAIR)


def _mark(text: str, position: int) -> Finding:
    """Return the finding of a closing mark alone."""
    return Finding(position, position + 1, _SINGLE, evidence=_around(text, position))


def _pair(text: str, first: Mark, last: Mark, shift: int) -> Finding:
    """Return the finding of a whole quotation, with the marks and the spaces put right."""
    start, end = first.position - shift, last.position - shift + 1
    opener, closer = partner(text[start]), partner(text[end - 1])
    space_before = "" if not text[:start] or text[start - 1].isspace() else " "
    space_after = " " if text[end : end + 1].isalnum() else ""
    inside = text[start + 1 : end - 1].strip()
    suggestion = f"{space_before}{opener}{inside}{closer}{space_after}" if inside else None
    return Finding(start, end, _PAIR, evidence=_around(text, start), suggestion=suggestion)


def _around(text: str, position: int) -> str:
    """Return the word before a mark with the mark, to show what announces the quotation."""
    return (text[max(0, position - 20) : position].split() or [""])[-1] + text[position]


CHECK = Check(
    id="reversed-quotes",
    category="punctuation",
    severity=Severity.MAJOR,
    title=Reason("Reversed quotation marks", "علامات تنصيص معكوسة"),
    find=find,
)
