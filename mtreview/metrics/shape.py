"""The shape of the Arabic: how much of it is Arabic, how long it is, how long its words are.

What: ``arabic_share`` is the share of its letters that are Arabic, 0 to 1; ``length`` the natural
log of the number of its words; ``relative_length`` that of its words to a word of the source;
``word_length`` the mean letters of its Arabic words. Why: letters left in another script are the
plainest sign of an unfinished translation; one shorter than its source may lack something; and
short sentences with many short words fare worse, which the other signals do not see.
``docs/quality.md`` has what each is worth.

Leaves alone: text that was not translated, text without Arabic, and a source without words.

Source: features of quality estimation, Specia et al. 2013 (https://aclanthology.org/P13-4014).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import Final

from mtreview.metrics._metric import Evidence, mean_of
from mtreview.model import Basis, Score, Segment
from mtreview.text.characters import has_arabic
from mtreview.text.words import arabic_words


@dataclass(frozen=True, slots=True)
class Shape:
    """One number of the Arabic text, alone or beside its source.

    Attributes:
        measure: Computes it from a segment with Arabic letters in it, if it can.
    """

    id: str
    measure: Callable[[Segment], float | None]
    basis: Basis = Basis.TARGET_ONLY
    higher_is_better: bool = True

    def signature(self) -> str:
        """Return metric and version."""
        return f"shape:{self.id}|version:1"

    def score(self, evidence: Evidence) -> Score | None:
        """Score one segment; None where it was not translated or has no Arabic."""
        segment = evidence.segment
        if evidence.back_translation is None or not arabic_words(segment.target):
            return None
        value = self.measure(segment)
        if value is None:
            return None
        return Score(self.id, value, self.signature(), self.basis, segment.id)

    def corpus(self, evidence: Sequence[Evidence]) -> Score | None:
        """Return the mean over the segments that have a score."""
        return mean_of(self, evidence)


def _arabic_share(segment: Segment) -> float:
    letters = [character for character in segment.target if character.isalpha()]
    return sum(map(has_arabic, letters)) / len(letters)


def _length(segment: Segment) -> float:
    return log(len(segment.target.split()))


def _relative_length(segment: Segment) -> float | None:
    words = len((segment.source or "").split())
    return log(len(segment.target.split()) / words) if words else None


def _word_length(segment: Segment) -> float:
    return fmean(len(word.text) for word in arabic_words(segment.target))


METRICS: Final = (
    Shape("arabic_share", _arabic_share),
    Shape("length", _length),
    Shape("relative_length", _relative_length, Basis.SOURCE),
    Shape("word_length", _word_length),
)
