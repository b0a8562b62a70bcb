"""The scores of a whole review, and several reviews as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtreview.config import Config
from mtreview.corpus import corpus_scores, merge, with_corpus_scores
from mtreview.model import (
    Basis,
    Decision,
    Document,
    Review,
    Score,
    Segment,
    SegmentKind,
    Verdict,
)
from mtreview.pipeline import Engines, Pipeline
from mtreview.report import summarize

TEXTS = ("التقى الدبلوماسيون يوم الخميس .", "نعم نعم نعم.", "تحميل")


@pytest.fixture
def review(letter_engine) -> Review:
    segments, start = [], 0
    for number, text in enumerate(TEXTS):
        kind = SegmentKind.BOILERPLATE if number == 2 else SegmentKind.BODY
        segments.append(Segment(str(number), text, "They met on Thursday.", kind=kind, start=start))
        start += len(text) + 1
    document = Document("a.txt", tuple(segments), "\n".join(TEXTS))
    pipeline = Pipeline(Config(), Engines(letter_engine("ar", "en"), letter_engine("en", "ar")))
    return Review(document, tuple(pipeline.run(document, range(3))))


def by_metric(scores) -> dict[str, Score]:
    return {score.metric: score for score in scores}


def test_every_metric_that_applies_scores_the_article_without_boilerplate(review):
    scores = by_metric(corpus_scores(review))
    assert set(scores) == {score.metric for score in review.results[0].scores}
    assert all(score.segment_id is None and score.is_scored for score in scores.values())
    assert all("|n:2" in score.signature for score in scores.values())
    assert scores["source_bleu"].basis is Basis.SOURCE
    assert corpus_scores(replace(review, results=review.results[:2])) == corpus_scores(review)


def test_what_cannot_be_rebuilt_is_the_mean_and_says_so(review):
    values = iter((20.0, 50.0, 99.0))
    signature = "chrf|x"
    results = tuple(
        replace(
            result,
            scores=(Score("agreement_chrf", next(values), signature, Basis.TARGET_ONLY),),
        )
        for result in review.results
    )
    score = by_metric(corpus_scores(replace(review, results=results)))["agreement_chrf"]
    assert score.value == 35.0
    assert score.signature == "chrf|x|mean|n:2"


def test_without_results_there_are_no_scores():
    assert corpus_scores(Review(Document("a.txt", (), ""), ())) == ()


def test_the_review_keeps_its_scores(review):
    assert with_corpus_scores(review).scores == corpus_scores(review)


def test_merged_reviews_add_up(review):
    flag = review.results[0].flags[0]
    dismissal = Decision(
        "0", Verdict.DISMISS_FLAG, "Sara", "2026-01-01T00:00:00Z", "", "", flag.fingerprint
    )
    decided = review.with_decisions([dismissal])
    one, other, whole = map(summarize, (decided, review, merge([decided, review], "all")))
    assert whole.original == "all"
    for figure in ("segments", "scored", "boilerplate", "words", "flags", "dismissed"):
        assert getattr(whole, figure) == getattr(one, figure) + getattr(other, figure)
    assert whole.dismissed == 1
    assert whole.mqm.value == pytest.approx((one.mqm.value + other.mqm.value) / 2)


def test_the_mqm_score_has_an_interval_around_it(review):
    score = summarize(review).mqm
    low, high = score.interval
    assert low <= score.value <= high
    assert "bs:1000|seed:12345" in score.signature
