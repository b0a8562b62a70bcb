"""Figures of the sample article, counted by hand, and the rules that every review obeys."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import fmean

import pytest

from mtreview.model import (
    Basis,
    Decision,
    Document,
    Review,
    Score,
    Segment,
    SegmentResult,
    Severity,
    Verdict,
)
from mtreview.report import (
    bootstrap_interval,
    document_quality,
    is_boilerplate,
    standing_flags,
    summarize,
    worst_first,
)

Decide = Callable[..., Decision]


def beginning(review: Review, text: str) -> SegmentResult:
    return next(r for r in review.results if r.segment.target.startswith(text))


def scored(identifier: str, value: float, target: str = "كلمة") -> SegmentResult:
    quality = Score("quality", value, "quality|v:1", Basis.TARGET_ONLY, identifier)
    return SegmentResult(Segment(identifier, target), None, None, (), (), quality)


def of(*results: SegmentResult) -> Review:
    return Review(Document("d", tuple(result.segment for result in results), ""), results)


def test_counts_of_the_article(review: Review) -> None:
    report = summarize(review)
    assert (report.segments, report.boilerplate, report.scored) == (23, 8, 5)
    assert report.flags == 8
    assert report.by_check == {
        "agreement": 2,
        "calques": 2,
        "punctuation-spacing": 1,
        "residue": 1,
        "speaker-gender": 1,
        "unpaired-marks": 1,
    }
    assert report.by_severity == {
        Severity.CRITICAL: 1,
        Severity.MAJOR: 4,
        Severity.MINOR: 3,
        Severity.NEUTRAL: 0,
    }
    # Three minor, three major and one critical flag; the shortcode is boilerplate.
    assert report.coverage.penalty_points == 3 + 3 * 5 + 25
    assert report.coverage.flagged == 5
    assert report.mqm.value == pytest.approx(100 - 100 * 43 / report.words)
    assert report.penalty_per_thousand_words == pytest.approx(43_000 / report.words)
    assert sum(report.distribution) == report.scored


def test_quality_is_the_mean_without_boilerplate(review: Review) -> None:
    report = summarize(review)
    values = [r.quality.value for r in review.results if r.quality.is_scored]
    assert report.quality.value == pytest.approx(fmean(values))
    assert report.quality.interval is not None
    low, high = report.quality.interval
    assert min(values) <= low < report.quality.value < high <= max(values)
    assert "bs:1000|seed:12345" in report.quality.signature


def test_bootstrap_interval_is_reproducible_and_near_the_normal_one() -> None:
    values = [float(value % 41) for value in range(400)]
    ones = [1.0] * len(values)
    interval = bootstrap_interval(values, ones)
    assert interval == bootstrap_interval(values, ones)
    assert interval is not None
    deviation = (sum((v - fmean(values)) ** 2 for v in values) / (len(values) - 1)) ** 0.5
    half = 1.96 * deviation / len(values) ** 0.5
    assert interval[0] == pytest.approx(fmean(values) - half, abs=0.15)
    assert interval[1] == pytest.approx(fmean(values) + half, abs=0.15)


def test_one_score_has_no_interval_and_none_is_not_zero() -> None:
    assert document_quality([scored("1", 60.0).quality]).interval is None
    empty = document_quality([])
    assert math.isnan(empty.value)
    assert empty.explanation


def test_the_document_can_tell_no_more_than_its_weakest_segment() -> None:
    strong = Score("quality", 80.0, "quality|v:1", Basis.SOURCE, "1")
    weak = replace(strong, basis=Basis.TARGET_ONLY)
    assert document_quality([strong, strong]).basis is Basis.SOURCE
    assert document_quality([strong, weak]).basis is Basis.TARGET_ONLY


def test_an_empty_review_has_figures_too() -> None:
    report = summarize(of())
    assert report.segments == report.flags == report.words == 0
    assert math.isnan(report.mqm.value)
    assert report.coverage.share_left == 0.0


def test_worst_first_puts_flags_and_low_quality_up_and_boilerplate_last(review: Review) -> None:
    order = worst_first(review)
    assert sorted(r.segment.id for r in order) == sorted(r.segment.id for r in review.results)
    assert order[0] == beginning(review, "في وقت لاحق")  # the critical flag
    assert all(is_boilerplate(result) for result in order[-8:])
    assert not any(is_boilerplate(result) for result in order[:-8])


def test_equal_risk_keeps_the_order_of_the_document() -> None:
    results = [scored(str(number), 50.0) for number in range(5)]
    assert worst_first(of(*results)) == results


def test_a_segment_without_quality_stands_in_the_middle() -> None:
    review = of(scored("1", 90.0), scored("2", math.nan), scored("3", 10.0), scored("4", 50.0))
    assert [result.segment.id for result in worst_first(review)] == ["3", "2", "4", "1"]


def test_a_dismissed_flag_counts_nowhere_and_an_undo_brings_it_back(
    review: Review, decide: Decide
) -> None:
    result = beginning(review, "في وقت لاحق")
    fingerprint = result.flags[0].fingerprint
    dismissed = review.with_decisions([decide(result, Verdict.DISMISS_FLAG, flag=fingerprint)])
    report = summarize(dismissed)
    assert report.dismissed == 1
    assert report.flags == 7
    assert report.by_severity[Severity.CRITICAL] == 0
    assert report.coverage.penalty_points == 18
    assert report.coverage.flagged == 4
    assert standing_flags(dismissed)(result) == ()
    assert worst_first(dismissed)[0] != result
    undone = dismissed.with_decisions([decide(result, Verdict.UNDO)])
    assert summarize(undone) == summarize(review)


def test_coverage_counts_what_is_decided_and_not_what_is_skipped(
    review: Review, decide: Decide
) -> None:
    critical, skipped = beginning(review, "في وقت لاحق"), beginning(review, "وقالت")
    report = summarize(
        review.with_decisions([decide(critical, Verdict.ACCEPT), decide(skipped, Verdict.SKIP)])
    )
    assert report.coverage.reviewed == 1
    assert report.coverage.penalty_points_left == 43 - 25
    assert report.coverage.share_left == pytest.approx(18 / 43)
    assert report.verdicts == {Verdict.ACCEPT: 1, Verdict.SKIP: 1}


def test_ten_thousand_decided_segments_are_summed_up_in_seconds(decide: Decide) -> None:
    results = [scored(str(number), float(number % 101)) for number in range(10_000)]
    review = of(*results).with_decisions([decide(r, Verdict.ACCEPT) for r in results])
    begun = time.perf_counter()
    assert summarize(review).segments == len(worst_first(review)) == 10_000
    assert time.perf_counter() - begun < 10
