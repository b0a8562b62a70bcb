"""A quotation mark without its partner.

What: an opening mark that nothing closes, or a closing one that nothing opened, over the whole
paragraph. The flag marks that one mark. Of straight marks, only an odd one whose place beside the
words tells what it was meant for.
Why: the reader does not know where the words of somebody else end.
Leaves alone: a quotation that runs on into the next paragraph or row (its partner is there, or the
next paragraph begins with an opening mark as well); marks that merely face the wrong way or are
exchanged, which other checks report; single marks, which double as apostrophes; signs of inches; a
paragraph longer than what is looked at.
Source: Arabic punctuation; MQM ``unpaired-marks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._marks import (
    Mark,
    alone,
    as_meant,
    spaced_as_opener,
    unpaired,
)
from mtreview.checks._paragraph import (
    Paragraph,
    paragraph_after,
    paragraph_before,
    paragraph_of,
)
from mtreview.model import Reason, Segment, Severity

_UNCLOSED: Final = Reason(
    "This quotation mark opens a quotation that is never closed.",
    "تفتح هذه العلامة اقتباسا لا يُغلق بعدها.",
)
_UNOPENED: Final = Reason(
    "This quotation mark closes a quotation that was never opened.",
    "تغلق هذه العلامة اقتباسا لم يُفتح قبلها.",
)
_STRAIGHT: Final = re.compile(r'(?<!\d)"|(?<=\d)"(?=[\s.]|$)')
_QUOTE: Final = "\N{QUOTATION MARK}"
_EXCERPT: Final = 40
"""Characters of evidence."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the quotation marks of the segment that have no partner in the paragraph."""
    paragraph = paragraph_of(segment, context)
    rest = alone(paragraph, context, as_meant)
    straight = _straight_alone(paragraph, context)
    opening = [mark for mark in (*rest.unclosed, *straight) if mark.opens]
    if opening and _is_opened_anew(opening[0], paragraph, context):
        del opening[0]
    closing = [mark for mark in (*rest.unopened, *straight) if not mark.opens]
    for marks, reason in ((closing, _UNOPENED), (opening, _UNCLOSED)):
        for mark in marks:
            if paragraph.within(mark.position):
                yield _finding(segment, mark, mark.position - paragraph.start, reason)


def _finding(segment: Segment, mark: Mark, position: int, reason: Reason) -> Finding:
    """Return a finding that shows the words on the inner side of the mark."""
    if mark.opens:
        evidence = segment.target[position : position + _EXCERPT]
    else:
        evidence = segment.target[max(0, position + 1 - _EXCERPT) : position + 1]
    return Finding(position, position + 1, reason, evidence=evidence)


def _is_opened_anew(mark: Mark, paragraph: Paragraph, context: Context) -> bool:
    """Tell whether a mark begins the paragraph, and the same mark the next paragraph.

    Every paragraph of a long quotation opens it again; only the last one closes it.
    """
    if paragraph.text[: mark.position].strip():
        return False
    return paragraph_after(context).lstrip().startswith(paragraph.text[mark.position])


def _straight_alone(paragraph: Paragraph, context: Context) -> list[Mark]:
    """Return the straight mark without a partner, if there is one and it is certain."""
    marks = _straight(paragraph.text)
    if len(marks) % 2 == 0 or not (paragraph.begins and paragraph.ends):
        return []
    rest = unpaired(marks)
    if len(rest) != 1:
        return []
    (mark,) = (*rest.unopened, *rest.unclosed)
    # A first closing or last opening mark may belong to a quotation that began before or runs on.
    if mark.opens and mark == marks[-1]:
        following = paragraph_after(context)
        later = _straight(following)
        certain = bool(later) and later[0].opens and following.lstrip()[:1] != _QUOTE
    elif not mark.opens and mark == marks[0]:
        earlier = _straight(paragraph_before(context))
        certain = bool(earlier) and not earlier[-1].opens
    else:
        certain = True
    return [mark] if certain else []


def _straight(text: str) -> list[Mark]:
    """Return the straight marks, none if the place of one does not say whether it opens."""
    positions = [match.start() for match in _STRAIGHT.finditer(text)]
    marks = [(position, spaced_as_opener(text, position)) for position in positions]
    if any(opens is None for _, opens in marks):
        return []
    return [Mark(position, _QUOTE, opens is True) for position, opens in marks]


CHECK = Check(
    id="unpaired-quotes",
    category="unpaired-marks",
    severity=Severity.MINOR,
    title=Reason("Unpaired quotation mark", "علامة تنصيص بلا قرينة"),
    find=find,
)
