"""Score the segments of a stored review, batch by batch.

Each finished batch is in the store before the next begins: a run that is killed or cancelled loses
at most one batch, and the next run goes on where it stopped. Segments that a reviewer edited are
scored again on their new text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore

BATCH_SEGMENTS: Final = 128
"""Segments in a batch: enough to sort by length, few enough to lose."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in segments."""

    done: int
    total: int


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
        document = original.with_targets(store.load_targets(review_id))
    for start in range(0, len(waiting), batch_segments):
        if should_stop():
            break
        batch = waiting[start : start + batch_segments]
        store.save_results(review_id, pipeline.run(document, batch))
        progress = Progress(progress.done + len(batch), total)
        on_progress(progress)
    return progress
