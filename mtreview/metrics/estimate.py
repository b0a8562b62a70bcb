"""The one quality of a segment, 0 to 100, higher is better, and what lowered it.

What: each signal that exists is placed between the value that poor text usually has (0) and the
value that good text usually has (1); the weighted mean of these, times 100, less points for flags,
is the quality. A signal that is missing is left out and the others count more.

What it can tell: where to look first. Without the English source it cannot prove an omission or a
mistranslation, so it carries the basis of the strongest signal it used.

Leaves alone: boilerplate and text without Arabic, which have no quality (NaN, with the reason).

Source: the anchors below were measured with the embedded models on human and on weak machine
translations of the same sentences; ``docs/quality.md`` has the figures and the command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mtreview.model import Basis, Flag, Score, Severity

METRIC: Final = "quality"
SIGNATURE: Final = "quality|version:1"


@dataclass(frozen=True, slots=True)
class Signal:
    """How one metric enters the quality.

    Attributes:
        poor: The value that counts 0.
        good: The value that counts 1.
        weight: Its share, before missing signals are left out.
        when_low: What a low value means, as a clause of the explanation.
    """

    metric: str
    poor: float
    good: float
    weight: float
    when_low: str

    def goodness(self, value: float) -> float:
        """Return the value's place between poor (0) and good (1).

        >>> Signal("x", poor=-3.0, good=-1.0, weight=1.0, when_low="").goodness(-2.0)
        0.5
        """
        return min(1.0, max(0.0, (value - self.poor) / (self.good - self.poor)))


SIGNALS: Final = (
    Signal("source_forced", -4.0, -1.5, 4.0, "the Arabic does not follow from the English source"),
    Signal("source_forced_worst", -9.0, -4.0, 2.0, "one passage does not follow from the source"),
    Signal("source_chrf", 20.0, 60.0, 2.0, "the back-translation differs from the source"),
    Signal("reference_chrf", 25.0, 70.0, 2.0, "the Arabic differs from the reference"),
    Signal("confidence", -2.0, -0.6, 2.0, "the translation model was unsure of what it says"),
    Signal("confidence_worst", -5.0, -1.8, 1.0, "one passage was hard to make sense of"),
    Signal("forced", -4.0, -1.5, 1.0, "the Arabic does not follow from its back-translation"),
    Signal("round_trip_chrf", 15.0, 55.0, 1.0, "little of the Arabic survives a round trip"),
    Signal("agreement_chrf", 25.0, 65.0, 2.0, "two engines understand it differently"),
)

FLAG_POINTS: Final[dict[Severity, float]] = {
    Severity.NEUTRAL: 0.0,
    Severity.MINOR: 2.0,
    Severity.MAJOR: 8.0,
    Severity.CRITICAL: 25.0,
}
"""What a flag takes from the quality, in points."""

NAMED: Final = 3
"""How many causes an explanation names."""


def estimate(segment_id: str, scores: Mapping[str, Score], flags: Iterable[Flag]) -> Score:
    """Return the quality of a segment from its scores by metric id and its flags.

    It is NaN, with the reason, when no signal could be computed.
    """
    known = [
        (signal, scores[signal.metric])
        for signal in SIGNALS
        if signal.metric in scores and scores[signal.metric].is_scored
    ]
    if not known:
        why = "no signal could be computed for this segment"
        return Score.unscored(METRIC, SIGNATURE, Basis.TARGET_ONLY, why, segment_id)
    total = sum(signal.weight for signal, _ in known)
    losses = [
        (100.0 * signal.weight / total * (1.0 - signal.goodness(score.value)), signal.when_low)
        for signal, score in known
    ]
    losses += [(FLAG_POINTS[flag.severity], flag.reason.english) for flag in flags]
    basis = min((score.basis for _, score in known), key=list(Basis).index)
    value = max(0.0, 100.0 - sum(points for points, _ in losses))
    return Score(METRIC, value, SIGNATURE, basis, segment_id, explanation=_explanation(losses))


def _explanation(losses: list[tuple[float, str]]) -> str:
    """Return the causes that took at least a point, the largest first."""
    causes: dict[str, float] = {}
    for points, cause in losses:
        causes[cause] = causes.get(cause, 0.0) + points
    largest = sorted(causes.items(), key=lambda item: -item[1])
    named = [f"{cause} (-{points:.0f})" for cause, points in largest[:NAMED] if points >= 1.0]
    return "; ".join(named) if named else "nothing lowered it"
