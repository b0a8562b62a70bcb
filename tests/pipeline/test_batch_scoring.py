"""Scoring a stored review: progress, stop and resume, edits, a changed configuration."""

from __future__ import annotations

import pytest

from mtreview.batch import Progress, open_review, score_review
from mtreview.config import CheckSettings, Config
from mtreview.formats._format import ReadOptions
from mtreview.formats.open import read
from mtreview.model import Decision, Verdict
from mtreview.pipeline import Engines, Pipeline
from mtreview.store.repository import ReviewStore


@pytest.fixture
def store(tmp_path):
    store = ReviewStore.open(str(tmp_path / "reviews.db"))
    yield store
    store.close()


@pytest.fixture
def engines(letter_engine):
    return Engines(letter_engine("ar", "en"), letter_engine("en", "ar"))


@pytest.fixture
def document(article_path):
    return read(article_path, ReadOptions())


def open_and_score(store, document, pipeline, **options):
    review_id = open_review(store, document, pipeline.signature())
    return review_id, score_review(store, review_id, pipeline, **options)


def test_every_segment_gets_a_result(store, document, engines):
    seen = []
    review_id, progress = open_and_score(
        store, document, Pipeline(Config(), engines), on_progress=seen.append, batch_segments=10
    )
    total = len(document.segments)
    assert progress == Progress(total, total)
    assert [step.done for step in seen] == [*range(0, total, 10), total]
    assert [r.segment.id for r in store.load(review_id).results] == [
        s.id for s in document.segments
    ]


def test_a_stopped_run_goes_on_where_it_was(store, document, engines):
    pipeline = Pipeline(Config(), engines)
    stops = iter([False, False, True])
    review_id, progress = open_and_score(
        store, document, pipeline, should_stop=lambda: next(stops), batch_segments=5
    )
    assert progress.done == 10
    engines.back.calls.clear()
    again, progress = open_and_score(store, document, pipeline)
    assert again == review_id
    assert progress.done == progress.total
    assert sum(map(len, engines.back.calls)) < len(document.segments) - 9


def test_a_batch_that_fails_leaves_what_was_done(store, document, engines):
    class Broken(Exception):
        pass

    def break_after_the_first(progress):
        if progress.done:
            raise Broken

    pipeline = Pipeline(Config(), engines)
    with pytest.raises(Broken):
        open_and_score(
            store, document, pipeline, on_progress=break_after_the_first, batch_segments=7
        )
    review_id = open_review(store, document, pipeline.signature())
    assert len(store.results(review_id)) == 7


def test_the_cache_spares_the_engines(store, document, engines):
    pipeline = Pipeline(Config(), engines)
    pipeline.use_cache(store)
    open_and_score(store, document, pipeline)
    engines.back.calls.clear()
    other = Pipeline(Config(checks=CheckSettings(disable=("tatweel",))), engines)
    other.use_cache(store)
    _, progress = open_and_score(store, document, other)
    assert progress.done == progress.total
    assert engines.back.calls == []


def test_other_checks_renew_the_results_and_keep_the_decisions(store, document, engines):
    review_id, _ = open_and_score(store, document, Pipeline(Config(), engines))
    segment = document.segments[1]
    decision = Decision(
        segment.id, Verdict.ACCEPT, "desk", "2026-11-24T09:00:00", segment.target, segment.target
    )
    store.decide(review_id, decision)
    other = Pipeline(Config(checks=CheckSettings(disable=("space-before-punctuation",))), engines)
    again, progress = open_and_score(store, document, other)
    assert again == review_id
    assert progress.done == progress.total
    review = store.load(review_id)
    assert review.state(segment.id) is Verdict.ACCEPT
    flags = [flag for result in review.results for flag in result.flags]
    assert "space-before-punctuation" not in {flag.check for flag in flags}


def test_an_edited_segment_is_scored_on_its_new_text(store, document, engines):
    pipeline = Pipeline(Config(), engines)
    review_id, _ = open_and_score(store, document, pipeline)
    segment = document.segments[1]
    after = segment.target.replace(" ،", "،")
    store.decide(
        review_id,
        Decision(segment.id, Verdict.EDIT, "desk", "2026-11-24T09:00:00", segment.target, after),
    )
    _, progress = open_and_score(store, document, pipeline)
    assert progress.done == progress.total
    result = store.results(review_id, [segment.id])[0]
    assert result.segment.target == after
    assert not result.back_translation.is_stale(after)


def test_another_text_is_another_review(store, document, engines):
    pipeline = Pipeline(Config(), engines)
    first = open_review(store, document, pipeline.signature())
    other = document.with_targets({document.segments[1].id: "نص آخر"})
    assert open_review(store, other, pipeline.signature()) != first
