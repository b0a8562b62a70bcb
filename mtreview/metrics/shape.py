"""The shape of the Arabic: how much of it is Arabic, how long it is, how long its words are.

What: ``arabic_share`` is the share of its letters that are Arabic, 0 to 1; ``length`` the natural
log of the number of its words; ``word_length`` the mean letters of its Arabic words. Why: letters
left in another script are the plainest sign of an unfinished translation; and short sentences with
many short words fare worse, which the other signals do not see. ``docs/quality.md`` has what each
is worth.

Leaves alone: text that was not translated, and text without Arabic.

Source: features of quality estimation, Specia et al. 2013 (https://aclanthology.org/P13-4014).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import Final

from mtreview.metrics._metric import Evidence, mean_of
from mtreview.model import Basis, Score
from mtreview.text.characters import has_arabic
from mtreview.text.words import arabic_words


@dataclass(frozen=True, slots=True)
class Shape:
    """One number of the Arabic text alone.

    Attributes:
        measure: Computes it from a text with Arabic letters in it.
    """

    id: str
    measure: Callable[[str], float]
    basis: Basis = Basis.TARGET_ONLY
    higher_is_better: bool = True

    def signature(self) -> str:
        """Return metric and version."""
        return f"shape:{self.id}|version:1"

    def score(self, evidence: Evidence) -> Score | None:
        """Score one segment; None where it was not translated or has no Arabic."""
        text = evidence.segment.target
        if evidence.back_translation is None or not arabic_words(text):
            return None
        return Score(self.id, self.measure(text), self.signature(), self.basis, evidence.segment.id)

    def corpus(self, evidence: Sequence[Evidence]) -> Score | None:
        """Return the mean over the segments that have a score."""
        return mean_of(self, evidence)


def _arabic_share(text: str) -> float:
    letters = [character for character in text if character.isalpha()]
    return sum(map(has_arabic, letters)) / len(letters)


def _length(text: str) -> float:
    return log(len(text.split()))


def _word_length(text: str) -> float:
    return fmean(len(word.text) for word in arabic_words(text))


METRICS: Final = (
    Shape("arabic_share", _arabic_share),
    Shape("length", _length),
    Shape("word_length", _word_length),
)
