"""The model of the quality estimate: fit it, and estimate rows that a fit has not seen.

What: for each set of signals that may be known, a linear index by ridge regression with weights
that are not negative, then a logistic curve from the index to the probability that chrF against a
human translation is at least ``KEPT``. How far a translation is from the mean of its sentence joins
the regression, since chrF also tells which sentences are hard; so does the similarity of STS17
pairs where the source is known, with an intercept of its own: chrF alone would teach that wording
is all.

Held out: every row is estimated by a fit that saw neither its sentence nor its engine nor another
of the same family: sentences are in five folds, engines in three, and both are left out at once.
Two engines' translations of one sentence are compared by a fit that saw neither of the two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from estimate_signals import FLORES, STS, Row
from scipy.optimize import nnls
from sklearn.linear_model import LogisticRegression

from mtreview.metrics.estimate import LIMIT, Fit, Signal, estimate, flag_odds
from mtreview.model import SegmentResult

KEPT = 50.0
"""chrF from which a machine translation counts as one that an editor would leave."""
BOUNDS = (30.0, 70.0)
"""chrF beyond which the regression sees no difference."""
FOLDS = 5
ENGINE_FOLDS = 3
PENALTY = 20.0
LEAST_WEIGHT = 0.01
SAME_SOURCE = {True: 3.0, False: 1.0}
"""What a row's distance from the mean of its sentence counts beside the row itself, with and
without the source."""
ONLY_LOW = {"source_information"}
LOW = 0.1
"""Signals that count only where they are below this quantile of real translations."""
SHAPE = ("arabic_share", "length", "word_length")
PATTERNS: dict[str, tuple[str, ...]] = {
    "source, both directions": (
        *SHAPE,
        "relative_length",
        "source_expected",
        "source_end",
        "pseudo_reference_chrf",
        "source_information",
    ),
    "source, one direction": (
        *SHAPE,
        "relative_length",
        "source_recovered",
        "source_information",
        "source_chrf",
        "confidence_expected",
    ),
    "no source, both directions": (
        *SHAPE,
        "forced_expected",
        "confidence_expected",
        "confidence_end",
    ),
    "no source, one direction": (*SHAPE, "confidence", "confidence_expected"),
    "text alone": SHAPE,
}
"""Name -> signals, the fullest first."""

Pair = tuple[Row, SegmentResult]


class Table:
    """Everything the fits read of some rows, as arrays."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        found = [{score.metric: score.value for score in result.scores} for _, result in pairs]
        names = {name for pattern in PATTERNS.values() for name in pattern}
        self.values = {
            name: np.array([scores.get(name, math.nan) for scores in found]) for name in names
        }
        self.truth = np.array([row.truth for row, _ in pairs])
        self.group = np.array([row.group for row, _ in pairs])
        self.flagged = np.array([sum(map(flag_odds, result.flags)) for _, result in pairs])
        self.is_flores = np.array([row.set == FLORES for row, _ in pairs])
        self.is_other = np.array([row.set == STS for row, _ in pairs])


def solve(table: Table, seen: np.ndarray, name: str) -> Fit | None:
    """Return the fit of one pattern to the rows seen; None where they lack its signals."""
    names = PATTERNS[name]
    values = np.column_stack([table.values[name] for name in names])
    whole = ~np.isnan(values).any(axis=1) & seen
    flores, other = whole & table.is_flores, whole & table.is_other
    if flores.sum() < 2 * len(names):
        return None
    truth = np.where(table.is_flores, np.clip(table.truth, *BOUNDS), table.truth)
    only_low = np.array([name in ONLY_LOW for name in names])
    low, middle = np.quantile(values[flores], [LOW, 0.5], axis=0)
    centre = np.where(only_low, low, middle)
    spread = np.maximum(np.std(values[flores], axis=0), 1e-6)
    scaled = np.clip((values - centre) / spread, -LIMIT, np.where(only_low, 0.0, LIMIT))
    inputs, outputs = [], []
    for part in (flores, other):
        if part.sum() > 1:
            inputs.append(scaled[part] - scaled[part].mean(axis=0))
            outputs.append((truth[part] - truth[part].mean()) / truth[part].std())
    share = SAME_SOURCE[name.startswith("source")]
    inputs.append(share * from_mean_of_group(scaled[flores], table.group[flores]))
    among = from_mean_of_group(table.truth[flores], table.group[flores])
    outputs.append(share * among / table.truth[flores].std())
    weights = ridge(np.concatenate(inputs), np.concatenate(outputs))
    kept = table.truth[flores] >= KEPT
    curve = LogisticRegression(C=1e6).fit((scaled[flores] @ weights)[:, None], kept)
    weights = weights * max(0.0, float(curve.coef_[0, 0]))
    signals = tuple(
        Signal(metric, float(c), float(s), float(w), bool(o))
        for metric, c, s, w, o in zip(names, centre, spread, weights, only_low, strict=True)
        if w >= LEAST_WEIGHT
    )
    odds = scaled[flores] @ weights - table.flagged[flores]
    return Fit(name, shift(odds, kept), 0.0, signals) if signals else None


def from_mean_of_group(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return rows less the mean of the rows of their group.

    >>> from_mean_of_group(np.array([1.0, 3.0, 5.0]), np.array([0, 0, 7]))
    array([-1.,  1.,  0.])
    """
    _, place, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    sums = np.zeros((len(sizes), *values.shape[1:]))
    np.add.at(sums, place, values)
    return values - (sums.T / sizes).T[place]


def ridge(inputs: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """Return the weights of a ridge regression, none negative."""
    width = inputs.shape[1]
    return nnls(
        np.vstack([inputs, np.sqrt(PENALTY) * np.eye(width)]),
        np.concatenate([outputs, np.zeros(width)]),
    )[0]


def shift(odds: np.ndarray, kept: np.ndarray) -> float:
    """Return what to add to log-odds so that their mean probability is the share of ``kept``."""
    low, high = -20.0, 20.0
    share = min(max(float(kept.mean()), 1e-3), 1 - 1e-3)
    for _ in range(60):
        middle = (low + high) / 2
        if (1 / (1 + np.exp(-np.clip(odds + middle, -50, 50)))).mean() < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def fits(table: Table, seen: np.ndarray, known: bool, only: str = "") -> list[Fit]:
    """Return the fits of all patterns with or without the source, the fullest first."""
    chosen = [name for name in PATTERNS if known or not name.startswith("source")]
    chosen = [name for name in chosen if only in ("", name)]
    return [fit for name in chosen if (fit := solve(table, seen, name)) is not None]


def qualities(pairs: Iterable[Pair], made: Sequence[Fit]) -> list[float]:
    """Return the quality of rows; those without one rank last (-1)."""
    found = []
    for _, result in pairs:
        scores = {score.metric: score for score in result.scores}
        value = estimate("", scores, result.flags, made).value
        found.append(-1.0 if math.isnan(value) else value)
    return found


def engine_folds(engines: Sequence[str]) -> list[tuple[str, ...]]:
    """Return engines in folds: every third family, in the order of their names.

    >>> engine_folds(["argos", "bergamot-base", "bergamot-base-memory", "google", "nllb"])
    [('argos', 'nllb'), ('bergamot-base', 'bergamot-base-memory'), ('google',)]
    """
    families = sorted({engine.split("-")[0] for engine in engines})
    return [
        tuple(engine for engine in engines if engine.split("-")[0] in families[start::ENGINE_FOLDS])
        for start in range(ENGINE_FOLDS)
    ]


class HeldOut:
    """Estimates of rows by fits that have not seen them.

    ``only`` names the one pattern that may be used, whatever is known.
    """

    def __init__(self, pairs: Sequence[Pair], known: bool, only: str = "") -> None:
        self.pairs = list(pairs)
        self.table = Table(pairs)
        self.known = known
        self.only = only
        self.engine = np.array([row.engine for row, _ in pairs])
        self.fold = np.array([row.group % FOLDS for row, _ in pairs])
        self.is_flores = np.array([row.set == FLORES for row, _ in pairs])
        self.engines = sorted(set(self.engine[self.is_flores]))

    def _without(self, fold: int, *engines: str) -> list[Fit]:
        seen = (self.fold != fold) & (~np.isin(self.engine, engines) | ~self.is_flores)
        return fits(self.table, seen, self.known, self.only)

    def quality(self) -> np.ndarray:
        """Return the quality of every row. Of FLORES, sentence and engines are left out."""
        found = np.full(len(self.pairs), np.nan)
        for fold in range(FOLDS):
            for engines in [*engine_folds(self.engines), ("human",)]:
                place = np.flatnonzero((self.fold == fold) & np.isin(self.engine, engines))
                if len(place):
                    made = self._without(fold, *engines)
                    found[place] = qualities([self.pairs[index] for index in place], made)
        return found

    def odds(self) -> np.ndarray:
        """Return the log-odds of the estimates of FLORES; NaN where there is none."""
        quality = self.quality()[self.is_flores]
        share = np.clip(np.where(quality < 0, np.nan, quality) / 100, 1e-6, 1 - 1e-6)
        return np.log(share / (1 - share))

    def between_engines(self, odds: np.ndarray) -> float:
        """Return the standard deviation between engines of the log-odds that the fit missed."""
        kept = self.table.truth[self.is_flores] >= KEPT
        engine = self.engine[self.is_flores]
        mine = [(engine == one) & ~np.isnan(odds) for one in self.engines]
        return float(np.std([shift(odds[part], kept[part]) for part in mine], ddof=1))

    def same_source(self) -> list[tuple[int, float]]:
        """Return (sentence, right) of each two translations of a sentence; a tie counts a half."""
        found = []
        at = {
            (row.group, row.engine): index
            for index, (row, _) in enumerate(self.pairs)
            if row.set == FLORES
        }
        groups = sorted({group for group, _ in at})
        for one, other in combinations(self.engines, 2):
            for fold in range(FOLDS):
                made = self._without(fold, one, other)
                mine = [group for group in groups if group % FOLDS == fold]
                left = [self.pairs[at[group, one]] for group in mine]
                right = [self.pairs[at[group, other]] for group in mine]
                better = np.sign(np.subtract(qualities(left, made), qualities(right, made)))
                truth = np.sign([a[0].truth - b[0].truth for a, b in zip(left, right, strict=True)])
                found += [
                    (group, float((b * t + 1) / 2))
                    for group, b, t in zip(mine, better, truth, strict=True)
                    if t
                ]
        return found


def with_deviations(known: Sequence[Pair], unknown: Sequence[Pair]) -> list[Fit]:
    """Return the fits of all rows, the fullest first, each with its deviation.

    That of the fullest fit is what it missed between engines. Another fit adds to it how far its
    estimates of the same rows are from those of the fullest.

    Args:
        known: Rows with the source shown.
        unknown: The rows of FLORES, in the same order, without.
    """
    made: list[Fit] = []
    best, spread = np.zeros(0), 0.0
    for pairs, is_known in ((known, True), (unknown, False)):
        for fit in fits(Table(pairs), np.ones(len(pairs), dtype=bool), is_known):
            if fit.name in {one.name for one in made}:
                continue
            held = HeldOut(pairs, is_known, fit.name)
            odds = held.odds()
            if not made:
                best, spread = odds, held.between_engines(odds)
            deviation = math.hypot(spread, float(np.nanstd(odds - best)))
            made.append(replace(fit, deviation=deviation))
    return sorted(made, key=lambda fit: list(PATTERNS).index(fit.name))


def calibration(quality: np.ndarray, kept: np.ndarray, bins: int = 10) -> tuple[float, np.ndarray]:
    """Return the expected calibration error, and (estimate, share, rows) of equally full bins."""
    order = np.argsort(quality, kind="stable")
    table = np.array(
        [
            (quality[part].mean() / 100, kept[part].mean(), len(part))
            for part in np.array_split(order, bins)
        ]
    )
    error = float((np.abs(table[:, 0] - table[:, 1]) * table[:, 2]).sum() / table[:, 2].sum())
    return error, table
