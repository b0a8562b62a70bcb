"""Confidence of the translation models: log-probabilities of the tokens they wrote or were given.

What: the mean over all tokens (``confidence``, ``forced``, ``source_forced``), and the mean of the
worst window of three neighbouring tokens (``_worst``), of

* the back-translation as the model wrote it (``confidence``): Arabic that the model cannot make
  sense of gets improbable English;
* the Arabic, forced through the reverse model given the back-translation (``forced``): Arabic that
  does not follow from what it seems to say;
* the Arabic, forced given the English source, when there is one (``source_forced``).

The end of the sentence is a token, too. Its log-probability is ``confidence_end`` in the first of
these, ``source_end`` in the last: low where something is yet to come, be it the final mark.

Unit: natural log of a probability, 0 at best. Basis: the first saw the Arabic alone.

Leaves alone: nothing; the end of the sentence counts, since a model that does not want to stop is
unsure.

Source: glass-box quality estimation, Fomicheva et al. 2020 (https://aclanthology.org/2020.tacl-1.35).
The worst window follows the observation that one wrong word hides in the mean of a long sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mtreview.metrics._metric import Evidence, mean_of
from mtreview.model import Basis, Score, Token

WINDOW: Final = 3
"""Tokens in a window; shorter texts are one window."""

Tokens = Callable[[Evidence], tuple[Sequence[Token], str] | None]


def mean_log_probability(tokens: Sequence[Token]) -> float:
    """Return the mean log-probability of at least one token.

    >>> mean_log_probability([Token("a", -1.0, 0, 1), Token("b", -3.0, 1, 2)])
    -2.0
    """
    return sum(token.log_probability for token in tokens) / len(tokens)


def worst_window(tokens: Sequence[Token], size: int = WINDOW) -> tuple[float, int]:
    """Return the lowest mean over ``size`` neighbouring tokens, and where that window begins.

    >>> worst_window([Token("a", value, 0, 1) for value in (0.0, -1.0, -2.0, -3.0)])
    (-2.0, 1)
    """
    size = min(size, len(tokens))
    means = [
        mean_log_probability(tokens[start : start + size])
        for start in range(len(tokens) - size + 1)
    ]
    start = min(range(len(means)), key=means.__getitem__)
    return means[start], start


@dataclass(frozen=True, slots=True)
class Confidence:
    """The mean, the worst window, or the end of the log-probabilities of some tokens.

    Attributes:
        tokens: Picks the tokens and the text they belong to; None where they do not exist.
        over: ``mean``, ``worst`` or ``end``.
        missing: Why there is no score when a segment that should have tokens has none.
    """

    id: str
    basis: Basis
    tokens: Tokens
    over: str
    missing: str
    higher_is_better: bool = True

    def signature(self) -> str:
        """Return metric, unit, window and version."""
        window = f"|window:{WINDOW}" if self.over == "worst" else ""
        return f"logprob:{self.over}{window}|unit:nat|version:1"

    def score(self, evidence: Evidence) -> Score | None:
        """Score one segment; None where the tokens do not apply to it."""
        picked = self.tokens(evidence)
        if picked is None:
            return None
        tokens, text = picked
        segment_id = evidence.segment.id
        if not tokens:
            return Score.unscored(self.id, self.signature(), self.basis, self.missing, segment_id)
        if self.over == "end" and tokens[-1].text:
            return Score.unscored(self.id, self.signature(), self.basis, _NO_END, segment_id)
        if self.over != "worst":
            value = mean_log_probability(tokens if self.over == "mean" else tokens[-1:])
            return Score(self.id, value, self.signature(), self.basis, segment_id)
        value, start = worst_window(tokens)
        window = tokens[start : start + WINDOW]
        where = text[window[0].start : window[-1].end].strip()
        note = f"worst at “{where}”" if where else "worst at the end of the sentence"
        return Score(self.id, value, self.signature(), self.basis, segment_id, explanation=note)

    def corpus(self, evidence: Sequence[Evidence]) -> Score | None:
        """Return the mean over the segments that have a score."""
        return mean_of(self, evidence)


def _written(evidence: Evidence) -> tuple[Sequence[Token], str] | None:
    translation = evidence.back_translation
    return (translation.tokens, translation.text) if translation else None


def _forced(evidence: Evidence) -> tuple[Sequence[Token], str] | None:
    return None if evidence.forced is None else (evidence.forced, evidence.segment.target)


def _forced_source(evidence: Evidence) -> tuple[Sequence[Token], str] | None:
    if evidence.forced_source is None:
        return None
    return evidence.forced_source, evidence.segment.target


_NO_TOKENS = "the engine gave no token probabilities"
_NO_END = "the engine was stopped before the end"

METRICS: Final = tuple(
    Confidence(name, basis, tokens, over, _NO_TOKENS)
    for name, basis, tokens, over in (
        ("confidence", Basis.TARGET_ONLY, _written, "mean"),
        ("confidence_worst", Basis.TARGET_ONLY, _written, "worst"),
        ("confidence_end", Basis.TARGET_ONLY, _written, "end"),
        ("forced", Basis.ROUND_TRIP, _forced, "mean"),
        ("forced_worst", Basis.ROUND_TRIP, _forced, "worst"),
        ("source_forced", Basis.SOURCE, _forced_source, "mean"),
        ("source_forced_worst", Basis.SOURCE, _forced_source, "worst"),
        ("source_end", Basis.SOURCE, _forced_source, "end"),
    )
)
