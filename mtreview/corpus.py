"""What the metrics say of a whole review, and several reviews as one.

What: each metric scores all segments of the article as one text, which is not the mean of the
segments' scores: corpus BLEU counts the matches of all sentences before it divides. A metric that
cannot do so from what is stored of a segment gives the mean of the segments' scores, and its
signature says so (``mean``).

Leaves alone: boilerplate, which is no part of the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from mtreview.metrics._family import plain_metrics
from mtreview.metrics._metric import Evidence
from mtreview.model import Document, Review, Score, SegmentResult
from mtreview.report import is_boilerplate


def corpus_scores(review: Review) -> tuple[Score, ...]:
    """Return the score of every metric that applies to a review, its article as one text.

    Segments may have scores of metrics that read a model: of these it gives the mean.
    """
    metrics = plain_metrics()
    article = [result for result in review.results if not is_boilerplate(result)]
    evidence = [
        Evidence(
            result.segment,
            result.back_translation,
            result.round_trip,
            result.forced,
            result.forced_source,
        )
        for result in article
    ]
    scores = [metric.corpus(evidence) or _mean(metric.id, article) for metric in metrics.values()]
    found = dict.fromkeys(score.metric for result in article for score in result.scores)
    scores += [_mean(metric, article) for metric in found if metric not in metrics]
    return tuple(score for score in scores if score is not None)


def with_corpus_scores(review: Review) -> Review:
    """Return a review with the scores of its article as one text."""
    return replace(review, scores=corpus_scores(review))


def merge(reviews: Sequence[Review], name: str) -> Review:
    """Return several reviews as one, the segments of each named by its number as well.

    Only what is computed and decided is merged: the text of the document is empty.

    Args:
        reviews: The reviews, in order.
        name: What to call the whole.
    """
    results, decisions = [], []
    for number, review in enumerate(reviews, 1):
        results += [
            replace(result, segment=replace(result.segment, id=f"{number}:{result.segment.id}"))
            for result in review.results
        ]
        decisions += [
            replace(decision, segment_id=f"{number}:{decision.segment_id}")
            for decision in review.decisions
        ]
    return Review(Document(name, (), ""), tuple(results), tuple(decisions))


def _mean(metric: str, results: Sequence[SegmentResult]) -> Score | None:
    """Return the mean of the segments' scores; None where the metric applies to none."""
    scores = [score for result in results if (score := result.score(metric)) is not None]
    values = [score.value for score in scores if score.is_scored]
    if not values:
        return None
    signature = f"{scores[0].signature}|mean|n:{len(values)}"
    return Score(metric, fmean(values), signature, scores[0].basis)
