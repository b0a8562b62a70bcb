"""The figures of reviews for scripts: what ``mtreview score --summary`` writes."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from mtreview.corpus import merge, with_corpus_scores
from mtreview.model import Review
from mtreview.report import summarize
from mtreview.serialize import SCHEMA_VERSION, score_to_record


def summary(reviews: Sequence[Review]) -> bytes:
    """Return the figures of each review, and of all together, as one JSON object.

    Args:
        reviews: Reviews with their corpus scores.
    """
    record = {
        "schema_version": SCHEMA_VERSION,
        "documents": [_figures(review) for review in reviews],
        "corpus": _figures(whole(reviews)),
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def whole(reviews: Sequence[Review]) -> Review:
    """Return all reviews as one, with its corpus scores."""
    if len(reviews) == 1:
        return reviews[0]
    return with_corpus_scores(merge(reviews, f"{len(reviews)} documents"))


def _figures(review: Review) -> dict[str, Any]:
    """Return the figures of one review as JSON values; what cannot be scored is null."""
    report = summarize(review)
    penalty = report.penalty_per_thousand_words
    return {
        "document": report.original,
        "segments": report.segments,
        "scored": report.scored,
        "boilerplate": report.boilerplate,
        "words": report.words,
        "quality": score_to_record(report.quality),
        "mqm": score_to_record(report.mqm),
        "penalty_per_thousand_words": None if math.isnan(penalty) else penalty,
        "scores": [score_to_record(score) for score in review.scores],
        "flags": report.flags,
        "flags_by_severity": dict(report.by_severity),
        "flags_by_check": dict(report.by_check),
        "flags_by_category": dict(report.by_category),
        "flags_dismissed": report.dismissed,
        "segments_by_verdict": dict(report.verdicts),
    }
