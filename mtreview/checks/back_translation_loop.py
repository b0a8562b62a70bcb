"""A back-translation that goes round in circles.

What: one to six words that stand three times in a row or more («the the the»), or four words that
come three times anywhere. Why: a decoder loops on Arabic it cannot read, and what it writes there
tells nothing about the Arabic; the score of such a segment is worth less too. Leaves alone: digits
and single letters, which lists repeat, and repetition that the Arabic has too. It is a remark on
the back-translation, so it is minor. Source: hallucination by repetition, see Raunak et al. 2021,
https://aclanthology.org/2021.naacl-main.92/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.model import Reason, Segment, Severity, Side

LONGEST: Final = 6
"""Words of the longest circle."""
TIMES: Final = 3
PHRASE: Final = 4
"""Words of a phrase that may not come three times anywhere."""
_WORD: Final = re.compile(r"\w+(?:['\N{RIGHT SINGLE QUOTATION MARK}-]\w+)*")

Span = tuple[int, int]


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the repetition, or the second and later occurrence of the phrase."""
    text = context.back_translation.text if context.back_translation else ""
    spans = _circles(text) or _phrases(text)
    if not spans or _circles(segment.target) or _phrases(segment.target):
        return
    for start, end in spans:
        yield Finding(
            start,
            end,
            Reason(
                "the back-translation repeats itself: do not rely on it here",
                "الترجمة العكسية تكرر نفسها، فلا يعتمد عليها هنا",
            ),
            evidence=text[start:end][:80],
            side=Side.BACK_TRANSLATION,
        )


def _words(text: str) -> tuple[list[str], list[Span]]:
    matches = list(_WORD.finditer(text))
    return [match[0].casefold() for match in matches], [match.span() for match in matches]


def _circles(text: str) -> list[Span]:
    """Return the spans of words that follow each other three times or more."""
    words, spans = _words(text)
    found: list[Span] = []
    index = 0
    while index < len(words):
        length, times = _circle_at(words, index)
        if times >= TIMES:
            last = index + length * times - 1
            found.append((spans[index][0], spans[last][1]))
            index = last + 1
        else:
            index += 1
    return found


def _circle_at(words: Sequence[str], index: int) -> tuple[int, int]:
    """Return the length of the circle that begins at a word, and how often it goes round."""
    for length in range(1, LONGEST + 1):
        circle = words[index : index + length]
        if not any(len(word) > 1 and not word.isdigit() for word in circle):
            continue
        times = 1
        while words[index + length * times : index + length * (times + 1)] == circle:
            times += 1
        if times >= TIMES:
            return length, times
    return 0, 0


def _phrases(text: str) -> list[Span]:
    """Return the spans of a phrase that comes three times, the first time left out."""
    words, spans = _words(text)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in range(len(words) - PHRASE + 1):
        phrase = tuple(words[index : index + PHRASE])
        if not places[phrase] or index >= places[phrase][-1] + PHRASE:
            places[phrase].append(index)
    for indices in places.values():
        if len(indices) >= TIMES:
            return [(spans[i][0], spans[i + PHRASE - 1][1]) for i in indices[1:]]
    return []


CHECK = Check(
    id="back-translation-loop",
    category="mt-hallucination",
    severity=Severity.MINOR,
    title=Reason("Loop in the back-translation", "تكرار في الترجمة العكسية"),
    find=find,
    needs=Needs.BACK_TRANSLATION,
)
