"""What a metric is: an id, a basis, and a function from the evidence of one segment to a score.

A metric module holds ``METRICS``, a tuple of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

from mtreview.model import Basis, Score, Segment, Token, Translation


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one segment when it is scored. What is missing is None.

    Attributes:
        back_translation: The Arabic in English, with token log-probabilities.
        round_trip: The back-translation in Arabic again.
        forced: The Arabic's tokens, their probability given the back-translation.
        forced_source: The Arabic's tokens, their probability given the English source.
        second_opinion: The Arabic in English by another engine.
        alone: The Arabic's tokens, their probability given a source that says nothing.
        recovered: The English source's tokens, their probability given the Arabic.
        source_alone: The English source's tokens, given Arabic that says nothing.
        pseudo_reference: The English source in Arabic, as our own engine puts it.
    """

    segment: Segment
    back_translation: Translation | None = None
    round_trip: Translation | None = None
    forced: tuple[Token, ...] | None = None
    forced_source: tuple[Token, ...] | None = None
    second_opinion: Translation | None = None
    alone: tuple[Token, ...] | None = None
    recovered: tuple[Token, ...] | None = None
    source_alone: tuple[Token, ...] | None = None
    pseudo_reference: str | None = None


class Metric(Protocol):
    """A metric. ``higher_is_better`` tells how to read and to rank it."""

    @property
    def id(self) -> str:
        """What it is called in results."""
        ...

    @property
    def basis(self) -> Basis:
        """What it compares the Arabic with."""
        ...

    @property
    def higher_is_better(self) -> bool:
        """Whether more of it is better."""
        ...

    def signature(self) -> str:
        """Return everything that reproduces the number."""
        ...

    def score(self, evidence: Evidence) -> Score | None:
        """Score one segment; None where the metric does not apply (no source, no reference)."""
        ...

    def corpus(self, evidence: Sequence[Evidence]) -> Score | None:
        """Score many segments as one text; None where it does not apply."""
        ...


def mean_of(metric: Metric, evidence: Sequence[Evidence]) -> Score | None:
    """Return the mean of a metric over the segments that it scores; None where it scores none."""
    scores = [score for item in evidence if (score := metric.score(item)) and score.is_scored]
    if not scores:
        return None
    mean = fmean(score.value for score in scores)
    return Score(metric.id, mean, f"{metric.signature()}|n:{len(scores)}", metric.basis)
