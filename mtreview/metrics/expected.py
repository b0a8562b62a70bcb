"""How much of a text the translation model would have written itself.

What: the mean over all runs of one to four characters, each as probable as the pieces it lies in
are together, of

* the Arabic given the English source (``source_expected``), and given its back-translation
  (``forced_expected``);
* the English source given the Arabic (``source_recovered``);
* the back-translation as the model wrote it (``confidence_expected``).

``fluency`` is the mean probability of the pieces of the Arabic given nothing.
``source_information`` is what the Arabic tells of the source: the mean of log p(piece | Arabic)
less log p(piece | nothing), which is positive where the two have to do with each other.

Unit: a probability from 0 to 1; ``source_information`` in natural logs. Why runs: it is the share
of character n-grams that one may expect to find in another translation, as chrF counts them. Why
not the mean of the logs: it is ruled by the few pieces, mostly of names, that are hardly ever
expected. ``benchmarks/agreement.py`` measures what each is worth.

Leaves alone: pieces without a letter, and pieces that stand in the other text letter for letter. A
word that was copied is easily expected, and says nothing of the translation.

Source: glass-box quality estimation, Fomicheva et al. 2020 (https://aclanthology.org/2020.tacl-1.35);
character n-grams, Popović 2015 (https://aclanthology.org/W15-3049); pointwise mutual information,
Church and Hanks 1990 (https://aclanthology.org/J90-1003).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from statistics import fmean
from typing import Final

from mtreview.metrics._metric import Evidence, mean_of
from mtreview.model import Basis, Score, Token

LEAST: Final = 3
"""Pieces below which a mean tells nothing."""

RUNS: Final = (1, 2, 3, 4)
"""Characters in a run; each length counts alike."""

_COPY: Final = 2
"""Letters from which a piece that stands in the other text is a copy."""

TOO_FEW: Final = "too little text that the other side does not hold letter for letter"

Values = list[tuple[float, float]]
"""The numbers of which the weighted mean is the score, and their weights."""
Pick = Callable[[Evidence], Values | None]
"""Returns the numbers of one segment; None where they do not apply."""


def own_pieces(tokens: Sequence[Token], other: str) -> list[int]:
    """Return the positions of the pieces that have letters and are no copies.

    >>> own_pieces([Token("التقى", -1.0, 0, 5), Token(" NATO", -0.1, 5, 10)], "NATO met")
    [0]
    """
    other = other.casefold()
    return [
        position
        for position, token in enumerate(tokens)
        if any(letter.isalpha() for letter in token.text)
        and not _is_copy(token.text.strip().casefold(), other)
    ]


def _is_copy(piece: str, other: str) -> bool:
    return len(piece) >= _COPY and piece in other


@dataclass(frozen=True, slots=True)
class Expected:
    """The mean of a value over the pieces of a text that are its own.

    Attributes:
        pick: Picks the values of those.
        over: ``runs`` or ``pieces``, which says what the mean is over.
        unit: ``probability`` or ``nat``.
    """

    id: str
    basis: Basis
    pick: Pick
    over: str = "runs"
    unit: str = "probability"
    higher_is_better: bool = True

    def signature(self) -> str:
        """Return metric, unit and version."""
        return f"expected:{self.over}|unit:{self.unit}|copies:no|version:2"

    def score(self, evidence: Evidence) -> Score | None:
        """Score one segment; None where the pieces do not apply to it."""
        values = self.pick(evidence)
        if values is None:
            return None
        segment_id = evidence.segment.id
        if len(values) < LEAST:
            return Score.unscored(self.id, self.signature(), self.basis, TOO_FEW, segment_id)
        mean = fmean(*zip(*values, strict=True))
        return Score(self.id, mean, self.signature(), self.basis, segment_id)

    def corpus(self, evidence: Sequence[Evidence]) -> Score | None:
        """Return the mean over the segments that have a score."""
        return mean_of(self, evidence)


def _probabilities(tokens: Sequence[Token] | None, other: str) -> Values | None:
    """Return the probability of each run that lies in an own piece; none if these are too few."""
    if tokens is None:
        return None
    own = set(own_pieces(tokens, other))
    if len(own) < LEAST:
        return []
    places = [place for place, token in enumerate(tokens) if token.text.strip()]
    logs = list(accumulate((tokens[place].log_probability for place in places), initial=0.0))
    owned = list(accumulate((place in own for place in places), initial=0))
    characters = [
        number for number, place in enumerate(places) for _ in "".join(tokens[place].text.split())
    ]
    values: Values = []
    for length in RUNS:
        runs = [
            (first, last + 1)
            for first, last in zip(characters, characters[length - 1 :], strict=False)
            if owned[last + 1] > owned[first]
        ]
        values += [(exp(logs[end] - logs[start]), 1 / len(runs)) for start, end in runs]
    return values


def _by_source(evidence: Evidence) -> Values | None:
    return _probabilities(evidence.forced_source, evidence.segment.source or "")


def _by_back_translation(evidence: Evidence) -> Values | None:
    back = evidence.back_translation
    return _probabilities(evidence.forced, back.text if back else "")


def _alone(evidence: Evidence) -> Values | None:
    tokens = evidence.alone
    if tokens is None:
        return None
    return [(exp(tokens[place].log_probability), 1) for place in own_pieces(tokens, "")]


def _recovered(evidence: Evidence) -> Values | None:
    return _probabilities(evidence.recovered, evidence.segment.target)


def _written(evidence: Evidence) -> Values | None:
    back = evidence.back_translation
    return _probabilities(back.tokens, evidence.segment.target) if back else None


def _information(evidence: Evidence) -> Values | None:
    given, alone = evidence.recovered, evidence.source_alone
    if given is None or alone is None:
        return None
    if len(given) != len(alone):  # one of the two was too long for the model
        return []
    return [
        (given[place].log_probability - alone[place].log_probability, 1)
        for place in own_pieces(given, evidence.segment.target)
    ]


METRICS: Final = (
    Expected("source_expected", Basis.SOURCE, _by_source),
    Expected("source_recovered", Basis.SOURCE, _recovered),
    Expected("source_information", Basis.SOURCE, _information, "pieces", "nat"),
    Expected("forced_expected", Basis.ROUND_TRIP, _by_back_translation),
    Expected("confidence_expected", Basis.TARGET_ONLY, _written),
    Expected("fluency", Basis.TARGET_ONLY, _alone, "pieces"),
)
