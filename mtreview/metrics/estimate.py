"""The one quality of a segment, 0 to 100, higher is better, and what lowered it.

What: 100 times the probability that an editor would leave the segment as it is. It is a logistic
function of a weighted sum of signals, each a score of this package, less points for flags. Weights,
and what they were fitted on, are in ``estimate.json``; a weight is never negative, so a better
signal never lowers the quality.

What an editor would do is not known; the stand-in is whether a machine translation shares less than
a set part (chrF, see the file) with a human one. That is fair to no single paraphrase, and fair
enough on average.

What it can tell: where to look first. Without the English source it cannot prove an omission or a
mistranslation, so it carries the basis of the strongest signal it used. There is one fit for each
set of signals that may be known; the fullest that applies is used. The interval is that of an
unknown translation system: systems that look alike by these signals differ by so much. It is wider
the less is known, by as much as the estimate may move when the rest is.

Leaves alone: boilerplate and text without Arabic, which have no quality (NaN, with the reason); a
reference, against which scores of their own compare the Arabic.

Source: ``training/estimate_fit.py`` makes the file; ``docs/quality.md`` says how good it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp, inf
from typing import Any, Final

from mtreview.model import Basis, Flag, Score, Severity, content_hash

METRIC: Final = "quality"

LIMIT: Final = 3.0
"""Spreads from its centre beyond which a signal counts no more."""

CONFIDENCE: Final = 1.96
"""Standard deviations on each side of a 95 % interval."""

NAMED: Final = 3
"""How many causes an explanation names."""

FLAG_ODDS: Final[dict[Severity, float]] = {
    Severity.NEUTRAL: 0.0,
    Severity.MINOR: 0.5,
    Severity.MAJOR: 1.0,
    Severity.CRITICAL: 3.0,
}
"""What a flag adds to the log-odds of an edit. Chosen: the text of the fit has too few flags."""

MARKS: Final = frozenset(
    {
        "locale-specific-punctuation",
        "number-format",
        "punctuation",
        "textual-conventions",
        "unpaired-marks",
        "whitespace",
    }
)
MARK_SHARE: Final = 0.1
"""Categories about marks rather than words, of which a flag counts so much of another; the share is
that of minor punctuation in the MQM scores of WMT (Freitag et al. 2021)."""

WHEN_LOW: Final[dict[str, str]] = {
    "source_expected": "the Arabic is not what the source makes one expect",
    "source_end": "the Arabic ends where the source makes one expect more",
    "source_covered": "words of the source are not found in the Arabic",
    "source_recovered": "the source cannot be told from the Arabic",
    "source_information": "the Arabic tells little of the source",
    "pseudo_reference_chrf": "the model would put the source into other words",
    "source_chrf": "the back-translation differs from the source",
    "forced_expected": "the Arabic does not follow from its back-translation",
    "confidence": "the translation model was unsure of what it says",
    "confidence_expected": "the translation model was unsure of what it says",
    "confidence_end": "it seems to end in the middle",
    "fluency": "the Arabic is unusual as Arabic",
    "arabic_share": "letters of another script are left",
    "length": "it is short, and short texts fare worse",
    "relative_length": "it is short beside the source",
    "word_length": "its words are short, as in text full of small words and fragments",
}
"""Signal -> what a low value means, as a clause of the explanation."""


@dataclass(frozen=True, slots=True)
class Signal:
    """How one score enters a fit.

    Attributes:
        centre: Its usual value, which neither raises nor lowers the quality.
        spread: Its usual distance from there.
        weight: What one spread adds to the log-odds of staying as it is; never negative.
        only_low: Values above the centre count like the centre.
    """

    metric: str
    centre: float
    spread: float
    weight: float
    only_low: bool = False

    @property
    def when_low(self) -> str:
        """What a low value means, as a clause of the explanation."""
        return WHEN_LOW[self.metric]

    def part(self, value: float) -> float:
        """Return what a value adds to the log-odds.

        >>> Signal("x", centre=1.0, spread=2.0, weight=0.5).part(3.0)
        0.5
        """
        most = 0.0 if self.only_low else LIMIT
        return self.weight * max(-LIMIT, min(most, (value - self.centre) / self.spread))


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit for one set of signals.

    Attributes:
        intercept: Log-odds of staying as it is when every signal has its usual value.
        deviation: Standard deviation of the log-odds between systems, and from the fullest fit.
    """

    name: str
    intercept: float
    deviation: float
    signals: tuple[Signal, ...]

    def applies(self, scores: Mapping[str, Score]) -> bool:
        """Tell whether all its signals are known."""
        return all(s.metric in scores and scores[s.metric].is_scored for s in self.signals)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Fit:
        """Return the fit that a record of ``estimate.json`` describes."""
        signals = tuple(Signal(**signal) for signal in record["signals"])
        return cls(record["name"], record["intercept"], record["deviation"], signals)


def _read() -> tuple[tuple[Fit, ...], str]:
    """Return the fits, the fullest first, and the signature of the quality."""
    text = files("mtreview.metrics").joinpath("estimate.json").read_text(encoding="utf-8")
    card = json.loads(text)
    fits = tuple(map(Fit.of, card["fits"]))
    signature = f"quality|version:2|fit:{content_hash(text)[:8]}|fitted-with:{card['engine']}"
    return fits, signature


FITS, SIGNATURE = _read()

SIGNALS: Final = tuple({signal.metric: signal for fit in FITS for signal in fit.signals}.values())
"""Every signal that some fit uses, once."""


def estimate(
    segment_id: str,
    scores: Mapping[str, Score],
    flags: Iterable[Flag],
    fits: Sequence[Fit] = FITS,
) -> Score:
    """Return the quality of a segment from its scores by metric id and its flags.

    It is NaN, with the reason, when too few signals are known for any fit.

    Args:
        segment_id: The segment.
        scores: Its scores.
        flags: Its flags.
        fits: The fullest first; others than those of mtreview serve to measure how good they are.
    """
    fit = next((fit for fit in fits if fit.applies(scores)), None)
    if fit is None:
        why = "no signal could be computed for this segment"
        return Score.unscored(METRIC, SIGNATURE, Basis.TARGET_ONLY, why, segment_id)
    parts: dict[str, float] = {}
    for signal in fit.signals:
        part = signal.part(scores[signal.metric].value)
        parts[signal.when_low] = parts.get(signal.when_low, 0.0) + part
    for flag in flags:
        cause = flag.reason.english
        parts[cause] = parts.get(cause, 0.0) - flag_odds(flag)
    odds = fit.intercept + sum(parts.values())
    margin = CONFIDENCE * fit.deviation
    return Score(
        METRIC,
        _quality(odds),
        SIGNATURE,
        min((scores[s.metric].basis for s in fit.signals), key=list(Basis).index),
        segment_id,
        interval=(_quality(odds - margin), _quality(odds + margin)),
        explanation=_explanation(odds, parts),
    )


def flag_odds(flag: Flag) -> float:
    """Return what a flag adds to the log-odds of an edit."""
    return FLAG_ODDS[flag.severity] * (MARK_SHARE if flag.category in MARKS else 1.0)


def _quality(odds: float) -> float:
    """Return the quality of a log-odds, safe from overflow.

    >>> _quality(0.0), _quality(-inf)
    (50.0, 0.0)
    """
    return 100.0 / (1.0 + exp(min(-odds, 700.0))) if odds > -inf else 0.0


def _explanation(odds: float, parts: Mapping[str, float]) -> str:
    """Return the causes that took at least a point, the largest first.

    The points are those that the quality would gain without the cause.
    """
    points = {cause: _quality(odds - part) - _quality(odds) for cause, part in parts.items()}
    largest = sorted(points.items(), key=lambda item: -item[1])
    named = [f"{cause} (-{lost:.0f})" for cause, lost in largest[:NAMED] if lost >= 1.0]
    return "; ".join(named) if named else "nothing lowered it"
