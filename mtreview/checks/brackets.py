"""A bracket without its partner.

What: a round, square or curly bracket that nothing closes or nothing opened, over the whole
paragraph. Where a closing bracket stands in the place of an opening one, or the other way round,
as in text whose brackets were stored as they look instead of as they are read, the partner is
suggested; two such brackets are one finding.
Why: a lost bracket hides where a remark ends, and in text from right to left it is hard to see.
Leaves alone: the markers of lists (``1)``, ``a)``), smileys, the ornate brackets of Quranic text,
and a remark that runs on into the next paragraph or row.
Source: the Unicode Bidirectional Algorithm, rule BD14 on paired brackets; MQM ``unpaired-marks``.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import DIGIT, LATIN, LETTER
from mtreview.checks._marks import Mark, alone, brackets, faces_wrong_way, partner
from mtreview.checks._paragraph import paragraph_of
from mtreview.model import Reason, Segment, Severity

_UNCLOSED: Final = Reason("This bracket is opened and never closed.", "فُتح هذا القوس ولم يُغلق.")
_UNOPENED: Final = Reason(
    "This bracket closes what was never opened.", "يغلق هذا القوس ما لم يُفتح."
)
_WRONG_WAY: Final = Reason(
    "This bracket faces the wrong way: mirrored brackets are stored in reading order.",
    "هذا القوس معكوس الاتجاه.",
)
_NOT_PAIRED: Final = re.compile(
    rf"(?:^|(?<=[\s.\N{{ARABIC COMMA}}:\N{{ARABIC SEMICOLON}}]))"
    rf"(?:[{DIGIT}]{{1,3}}|[{LETTER}{LATIN}]\N{{ARABIC TATWEEL}}?|[ivxIVX]{{1,4}})[-.]?\)"
    r"|(?<!\S)[:;]-?[()](?!\S)"
)
"""Markers of lists and smileys."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the brackets of the segment without a partner; two that are mirrored as one finding."""
    paragraph = paragraph_of(segment, context)
    rest = alone(paragraph, context, _meant_to_pair)
    by_place = sorted((*rest.unopened, *rest.unclosed), key=lambda mark: mark.position)
    here = deque(mark for mark in by_place if paragraph.within(mark.position))
    text = segment.target
    while here:
        mark = here.popleft()
        start = mark.position - paragraph.start
        end = start + 1
        reason, suggestion = _UNCLOSED if mark.opens else _UNOPENED, None
        if faces_wrong_way(paragraph.text, mark):
            reason, suggestion = _WRONG_WAY, partner(text[start])
            if here and _is_mirrored_pair(paragraph.text, mark, here[0]):
                end = here.popleft().position - paragraph.start + 1
                suggestion += text[start + 1 : end - 1] + partner(text[end - 1])
        around = text[max(0, start - 15) : start + 15]
        yield Finding(start, end, reason, evidence=around, suggestion=suggestion)


def _is_mirrored_pair(text: str, first: Mark, last: Mark) -> bool:
    """Tell whether two brackets without partners are a pair of which each faces the wrong way."""
    is_pair = not first.opens and last.opens and first.family == last.family
    return is_pair and faces_wrong_way(text, last)


def _meant_to_pair(text: str) -> list[Mark]:
    """Return the brackets of a text, without the markers of lists and the smileys."""
    unpaired_by_use = {match.end() - 1 for match in _NOT_PAIRED.finditer(text)}
    marks: list[Mark] = []
    depth = 0
    for mark in brackets(text):
        # "(item 2)" ends like the marker of a list, but a bracket is waiting for it.
        if mark.position in unpaired_by_use and (mark.opens or depth <= 0):
            continue
        depth += 1 if mark.opens else -1
        marks.append(mark)
    return marks


CHECK = Check(
    id="brackets",
    category="unpaired-marks",
    severity=Severity.MINOR,
    title=Reason("Unpaired bracket", "قوس بلا قرين"),
    find=find,
)
