"""What a review adds up to, as plain data for the command line, the page and the exporters.

What: counts of segments and flags, the distribution of the segment qualities, the quality of the
document, the MQM score, how far the reviewers got, and the order in which to look at segments.

Order: the risk of a segment is the penalty points of its flags plus 100 less its quality. A flag
thus counts besides what it already took from the quality, because it names something that a person
can act upon, while a low score is only a suspicion. A segment that could not be scored gets the
median quality of the others: unknown is neither good nor bad.

Document quality: the mean over the scored segments, with the 95 % percentile interval of 1,000
bootstrap resamples of segments (Koehn 2004, https://aclanthology.org/W04-3250). The interval tells
how much the mean depends on which segments happen to be in the document; it does not tell whether
the score is right.

Leaves alone: flags that were dismissed count nowhere. Boilerplate counts as segments and its flags
are listed, but it has no part in words, quality, penalty points or coverage, and it comes last.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

from mtreview.model import (
    Basis,
    Flag,
    Review,
    Score,
    SegmentKind,
    SegmentResult,
    Severity,
    Verdict,
)
from mtreview.mqm import mqm_score, penalty, penalty_per_thousand_words

BIN_EDGES: Final = tuple(range(0, 101, 10))
"""Edges of the bins of the distribution; the last bin includes 100."""

RESAMPLES: Final = 1000
SEED: Final = 12345

REVIEWED: Final = frozenset({Verdict.ACCEPT, Verdict.EDIT, Verdict.REJECT})
"""Verdicts after which nothing is left to do on a segment; a skipped one is still to be done."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the reviewers got.

    Attributes:
        flagged: Segments with a flag that was not dismissed.
        reviewed: Those of them that were accepted, edited or rejected.
        penalty_points: MQM penalty points of all flags that were not dismissed.
        penalty_points_left: Those of them on segments that nobody reviewed yet.
    """

    flagged: int
    reviewed: int
    penalty_points: float
    penalty_points_left: float

    @property
    def share_left(self) -> float:
        """Share of the penalty points that is left, 0 to 1; 0 where there never were any."""
        return self.penalty_points_left / self.penalty_points if self.penalty_points else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a review.

    Attributes:
        original: Name of the file.
        segments: All segments, boilerplate included.
        scored: Segments with a quality, boilerplate excluded.
        boilerplate: Segments that are no part of the article.
        words: Words of the Arabic, boilerplate excluded.
        flags: Flags that were not dismissed, on boilerplate too; likewise the three counts below.
        by_check: Flags by id of the check, most first.
        by_category: Flags by MQM category, most first.
        by_severity: Flags by severity, the worst first; every severity is there.
        dismissed: Flags that were dismissed.
        verdicts: Segments by the verdict that stands on them.
        quality: Mean quality, 0 to 100, with its 95 % interval where two segments or more count.
        mqm: MQM score, 100 at best, from the flags and the words, with its interval likewise.
        penalty_per_thousand_words: MQM penalty points per 1,000 words; NaN without words.
        distribution: Scored segments in each bin between ``BIN_EDGES``.
        coverage: How far the reviewers got.
    """

    original: str
    segments: int
    scored: int
    boilerplate: int
    words: int
    flags: int
    by_check: Mapping[str, int]
    by_category: Mapping[str, int]
    by_severity: Mapping[Severity, int]
    dismissed: int
    verdicts: Mapping[Verdict, int]
    quality: Score
    mqm: Score
    penalty_per_thousand_words: float
    distribution: tuple[int, ...]
    coverage: Coverage


def summarize(review: Review) -> Report:
    """Return the figures of a review."""
    flags_of = standing_flags(review)
    states = review.states()
    article = [result for result in review.results if not is_boilerplate(result)]
    flags = [flag for result in review.results for flag in flags_of(result)]
    words = sum(count_words(result.segment.target) for result in article)
    points = {result.segment.id: penalty(flags_of(result)) for result in article}
    flagged = [result.segment.id for result in article if flags_of(result)]
    reviewed = {identifier for identifier, verdict in states.items() if verdict in REVIEWED}
    qualities = [result.quality for result in article if result.quality.is_scored]
    severities = Counter(flag.severity for flag in flags)
    total = sum(points.values())
    return Report(
        original=review.document.original,
        segments=len(review.results),
        scored=len(qualities),
        boilerplate=len(review.results) - len(article),
        words=words,
        flags=len(flags),
        by_check=_most_first(flag.check for flag in flags),
        by_category=_most_first(flag.category for flag in flags),
        by_severity={severity: severities[severity] for severity in reversed(Severity)},
        dismissed=sum(len(result.flags) for result in review.results) - len(flags),
        verdicts=Counter(states.values()),
        quality=document_quality(qualities),
        mqm=_mqm(article, points),
        penalty_per_thousand_words=penalty_per_thousand_words(total, words),
        distribution=distribution(score.value for score in qualities),
        coverage=Coverage(
            flagged=len(flagged),
            reviewed=sum(identifier in reviewed for identifier in flagged),
            penalty_points=total,
            penalty_points_left=sum(
                value for identifier, value in points.items() if identifier not in reviewed
            ),
        ),
    )


def worst_first(review: Review) -> list[SegmentResult]:
    """Return the results by falling risk, equal ones as in the document, boilerplate last."""
    flags_of = standing_flags(review)
    known = [
        result.quality.value
        for result in review.results
        if result.quality.is_scored and not is_boilerplate(result)
    ]
    unscored = median(known) if known else 0.0
    return sorted(
        review.results,
        key=lambda result: (is_boilerplate(result), -risk(result, flags_of(result), unscored)),
    )


def standing_flags(review: Review) -> Callable[[SegmentResult], tuple[Flag, ...]]:
    """Return a function that gives the flags of a result that were not dismissed."""
    dismissals = review.dismissals()

    def standing(result: SegmentResult) -> tuple[Flag, ...]:
        dismissed = dismissals.get(result.segment.id)
        if not dismissed:
            return result.flags
        return tuple(flag for flag in result.flags if flag.fingerprint not in dismissed)

    return standing


def risk(result: SegmentResult, flags: Iterable[Flag], unscored: float) -> float:
    """Return the penalty points of the flags that stand, plus 100 less the quality.

    Args:
        result: The segment.
        flags: Those of its flags that were not dismissed.
        unscored: The quality to assume if the segment has none, 0 to 100.
    """
    quality = result.quality.value if result.quality.is_scored else unscored
    return penalty(flags) + 100.0 - quality


def is_boilerplate(result: SegmentResult) -> bool:
    """Tell whether a segment is no part of the article."""
    return result.segment.kind is SegmentKind.BOILERPLATE


def count_words(text: str) -> int:
    """Return the number of space-separated pieces that hold a letter or a digit.

    >>> count_words("في أنقرة ، قالت “نعم”")
    4
    """
    return sum(any(map(str.isalnum, piece)) for piece in text.split())


def distribution(values: Iterable[float]) -> tuple[int, ...]:
    """Return how many qualities lie in each bin between ``BIN_EDGES``.

    >>> distribution([0.0, 9.9, 10.0, 100.0])
    (2, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    """
    bins = [0] * (len(BIN_EDGES) - 1)
    for value in values:
        bins[min(max(int(value // 10), 0), len(bins) - 1)] += 1
    return tuple(bins)


def document_quality(qualities: Sequence[Score]) -> Score:
    """Return the mean of segment qualities with its bootstrap interval.

    Its basis is the weakest among the segments: the mean can tell no more than that.
    """
    if not qualities:
        why = "no segment could be scored"
        return Score.unscored("quality", "quality|mean", Basis.TARGET_ONLY, why)
    values = [score.value for score in qualities]
    signatures = sorted({score.signature for score in qualities})
    signature = (
        f"{signatures[0] if len(signatures) == 1 else 'quality|mixed'}"
        f"|mean|segments:{len(values)}|boilerplate:no|bs:{RESAMPLES}|seed:{SEED}"
    )
    basis = max((score.basis for score in qualities), key=list(Basis).index)
    interval = bootstrap_interval(values, [1.0] * len(values))
    return Score("quality", fmean(values), signature, basis, interval=interval)


def bootstrap_interval(
    values: Sequence[float], sizes: Sequence[float]
) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of the sum of values over the sum of sizes.

    Args:
        values: A number of each segment.
        sizes: What each segment counts, 1 for a plain mean.

    Returns:
        The interval; None for fewer than two segments, or where all sizes are 0.

    >>> bootstrap_interval([50.0, 50.0], [1.0, 1.0])
    (50.0, 50.0)
    """
    if len(values) < 2 or not any(sizes):
        return None
    import numpy

    sample, weights = numpy.asarray(values), numpy.asarray(sizes)
    generator = numpy.random.default_rng(SEED)
    drawn = (generator.integers(0, len(sample), len(sample)) for _ in range(RESAMPLES))
    means = [sample[one].sum() / weights[one].sum() for one in drawn if weights[one].any()]
    low, high = numpy.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def _mqm(article: Sequence[SegmentResult], points: Mapping[str, float]) -> Score:
    """Return the MQM score of penalty points by segment, with its bootstrap interval."""
    words = [count_words(result.segment.target) for result in article]
    has_sources = bool(article) and all(result.segment.source for result in article)
    basis = Basis.SOURCE if has_sources else Basis.TARGET_ONLY
    signature = (
        f"mqm|linear|weights:0-1-5-25|words:{sum(words)}|boilerplate:no|bs:{RESAMPLES}|seed:{SEED}"
    )
    value = mqm_score(sum(points.values()), sum(words))
    per_word = bootstrap_interval([points[result.segment.id] for result in article], words)
    interval = per_word and (100.0 - 100.0 * per_word[1], 100.0 - 100.0 * per_word[0])
    explanation = "the document has no words" if math.isnan(value) else ""
    return Score("mqm", value, signature, basis, interval=interval, explanation=explanation)


def _most_first(names: Iterable[str]) -> dict[str, int]:
    """Return counts by name, the most frequent first, equal ones by name."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
