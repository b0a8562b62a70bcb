"""A word or phrase that is repeated at once, or comes again and again.

What: the same word twice or more in a row, the same phrase of up to eight words, and the same three
words for the second time and later where they come three times or more and fill a third of the
segment. The suggestion of a repetition in a row is the word or phrase once.
Why: a decoder that loses its place loops.
Leaves alone: what Arabic repeats on purpose (the list ``reduplications``), letters that spell an
abbreviation (``letter-names``), names such as Pago Pago (a rare word, twice), digits, repetitions
with punctuation between them, words that differ in their vowel signs, and a term that is merely
used again.
Source: measured on seven machine-translation systems; MQM ``duplication``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.resources import words
from mtreview.text.spelling import frequency
from mtreview.text.words import Word, arabic_words, are_neighbours

_WORD: Final = Reason("The same word stands twice in a row.", "الكلمة مكررة مرتين متتاليتين.")
_PHRASE: Final = Reason("The same phrase stands twice in a row.", "العبارة مكررة مرتين متتاليتين.")
_AGAIN: Final = Reason(
    "The same words come three times or more in this segment.",
    "تتكرر هذه الكلمات ثلاث مرات أو أكثر في المقطع.",
)
_LONGEST: Final = 8
"""Words of the longest phrase."""
_RARE: Final = 4
"""Occurrences up to which a word may be a name, in the scale of the frequency list."""
_TIMES: Final = 3
_CONTENT: Final = 4
"""Letters from which a word is taken to carry meaning."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield repetitions in a row, then three words that keep coming."""
    text = segment.target
    found = arabic_words(text)
    spelled = [text[word.start : word.end] for word in found]
    joined = [are_neighbours(text, *pair) for pair in pairwise(found)]
    covered = [False] * len(found)
    index = 0
    while index < len(found):
        length, end = _loop(spelled, joined, index)
        if length and not _is_meant(found, index, length, end):
            covered[index:end] = [True] * (end - index)
            once = text[found[index].start : found[index + length - 1].end]
            yield Finding(
                found[index].start,
                found[end - 1].end,
                _WORD if length == 1 else _PHRASE,
                evidence=f"{once} ×{(end - index) // length}",
                suggestion=once,
                severity=Severity.MAJOR if end - index > 2 * length else None,
            )
        index = end if length else index + 1
    yield from _again(text, found, joined, covered)


def _loop(spelled: list[str], joined: list[bool], index: int) -> tuple[int, int]:
    """Return the length of the phrase that is repeated from a word on, and where that ends.

    The length is 0 if nothing is repeated.
    """
    for length in range(1, _LONGEST + 1):
        end = index + length
        while (
            spelled[end : end + length] == spelled[index : index + length]
            and len(spelled[end : end + length]) == length
            and all(joined[end - 1 : end + length - 1])
        ):
            end += length
        if end > index + length and all(joined[index : index + length]):
            return length, end
    return 0, index


def _is_meant(found: list[Word], index: int, length: int, end: int) -> bool:
    """Tell whether a repetition is a figure of speech, spelled letters or a name."""
    letters = words("letter-names")
    phrase = [word.text for word in found[index : index + length]]
    if all(word in letters for word in phrase):
        beside = found[max(0, index - 1) : index] + found[end : end + 1]
        if length > 1 or any(word.text in letters for word in beside):
            return True
    if length > 1:
        return False
    word = phrase[0]
    if word in words("reduplications") or len(word) == 1:
        return True
    if word in letters:
        return end - index == 2 and word not in words("letter-names-that-are-words")
    is_rare = frequency(word) <= _RARE
    return end - index == 2 and is_rare and not found[index].is_definite


def _again(
    text: str, found: list[Word], joined: list[bool], covered: list[bool]
) -> Iterator[Finding]:
    """Yield where three words come for the second time and later, neighbouring spans in one."""
    triples = [
        tuple(word.text for word in found[i : i + 3]) if all(joined[i : i + 2]) else None
        for i in range(len(found) - 2)
    ]
    counts = Counter(triple for triple in triples if triple is not None)
    many = {t for t, count in counts.items() if count >= _TIMES and _carries_meaning(t)}
    places = [i for i, triple in enumerate(triples) if triple in many]
    if len({i + step for i in places for step in range(3)}) * 3 < len(found):
        return
    seen: set[tuple[str, ...] | None] = set()
    start = end = 0
    for i in places:
        if triples[i] not in seen:
            seen.add(triples[i])
        elif not any(covered[i : i + 3]):
            if i > end:
                if end:
                    yield _span(text, found, start, end)
                start = i
            end = i + 3
    if end:
        yield _span(text, found, start, end)


def _carries_meaning(triple: tuple[str, ...]) -> bool:
    """Tell whether at least two of the words are long enough to be content words."""
    return sum(len(word) >= _CONTENT for word in triple) > 1


def _span(text: str, found: list[Word], start: int, end: int) -> Finding:
    """Return the finding of the words from ``start`` to ``end``."""
    span = found[start].start, found[end - 1].end
    return Finding(*span, _AGAIN, evidence=text[span[0] : span[1]])


CHECK = Check(
    id="repeated-words",
    category="duplication",
    severity=Severity.MINOR,
    title=Reason("Repetition", "تكرار"),
    find=find,
)
