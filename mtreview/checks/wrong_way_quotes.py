"""A quotation mark that faces the wrong way.

What: a closing mark where one opens (a space before it, a word right after), or an opening mark
where one closes (a word before it, then a space or punctuation). The suggestion is its partner.
Why: the marks have a direction; a wrong one looks like the end of another quotation.
Leaves alone: marks with a space, or with a letter, on both sides, whose place says nothing; the
German low mark and what closes it; single and straight marks.
Source: Arabic punctuation; the Unicode Standard, section 6.2 on quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._marks import faces_wrong_way, partner, quotation_marks
from mtreview.checks._paragraph import paragraph_of
from mtreview.model import Reason, Segment, Severity

_CLOSES: Final = Reason(
    "A closing quotation mark stands where the quotation opens.",
    "علامة إغلاق في موضع فتح الاقتباس.",
)
_OPENS: Final = Reason(
    "An opening quotation mark stands where the quotation closes.",
    "علامة فتح في موضع إغلاق الاقتباس.",
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the marks whose place beside the words is that of their partner."""
    paragraph = paragraph_of(segment, context)
    for mark in quotation_marks(paragraph.text):
        if paragraph.within(mark.position) and faces_wrong_way(paragraph.text, mark):
            position = mark.position - paragraph.start
            character = segment.target[position]
            around = segment.target[max(0, position - 10) : position + 10]
            yield Finding(
                position,
                position + 1,
                _OPENS if mark.opens else _CLOSES,
                evidence=around,
                suggestion=partner(character),
            )


CHECK = Check(
    id="wrong-way-quotes",
    category="punctuation",
    severity=Severity.MINOR,
    title=Reason("Quotation mark facing the wrong way", "علامة تنصيص معكوسة الاتجاه"),
    find=find,
)
