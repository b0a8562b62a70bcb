"""Open the review of a document and score its segments, batch by batch.

Each finished batch is in the store before the next begins: a run that is killed or cancelled loses
at most one batch, and the next run goes on where it stopped. Segments that a reviewer edited are
scored again on their new text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mtreview.model import Document
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore

BATCH_SEGMENTS: Final = 128
"""Segments in a batch: enough to sort by length, few enough to lose."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in segments."""

    done: int
    total: int


def open_review(store: ReviewStore, document: Document, signature: str, name: str = "") -> str:
    """Return the id of the review of a document: the one there is, or a new one.

    Decisions stay when engines or checks changed; only the results are then computed again.

    Args:
        store: Where reviews are kept.
        document: The document, with the same name, text and sources as before.
        signature: ``Pipeline.signature()``, everything that changes results.
        name: What people call a new review; the name of the file if it is empty.
    """
    for summary in store.reviews():
        if summary.segments == len(document.segments) and store.document(summary.id) == document:
            if summary.settings != signature:
                store.renew(summary.id, signature)
            return summary.id
    return store.create(document, name=name or None, settings=signature)


def score_review(
    store: ReviewStore,
    review_id: str,
    pipeline: Pipeline,
    *,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    should_stop: Callable[[], bool] = lambda: False,
    batch_segments: int = BATCH_SEGMENTS,
) -> Progress:
    """Score what a review lacks, in the order of the document; return how far it came.

    Args:
        store: Holds the review, and the cache of translations.
        review_id: The review.
        pipeline: Does the work.
        on_progress: Called at the start and after each batch.
        should_stop: Asked before each batch; True ends the run, and nothing is lost.
        batch_segments: Segments in a batch.
    """
    original = store.document(review_id)
    positions = {segment.id: index for index, segment in enumerate(original.segments)}
    waiting = sorted(positions[segment_id] for segment_id in store.unscored(review_id))
    total = len(original.segments)
    progress = Progress(total - len(waiting), total)
    on_progress(progress)
    if waiting:
        current = {segment.id: segment.target for segment in store.segments(review_id)}
        document = original.with_targets(current)
    for start in range(0, len(waiting), batch_segments):
        if should_stop():
            break
        batch = waiting[start : start + batch_segments]
        store.save_results(review_id, pipeline.run(document, batch))
        progress = Progress(progress.done + len(batch), total)
        on_progress(progress)
    return progress
