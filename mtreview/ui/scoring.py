"""Scoring a review from the page: a thread that can be watched, cancelled and started again.

Each finished batch is in the store, so cancelling or losing the server loses at most one batch;
starting again goes on where it stopped.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from mtreview.batch import Progress, score_review
from mtreview.errors import MtReviewError
from mtreview.store.repository import ReviewStore
from mtreview.ui.rescoring import UNEXPECTED
from mtreview.ui.shared_pipeline import SharedPipeline

LOG: Final = logging.getLogger(__name__)

BATCH: Final = 8
"""Segments in a batch: small, so that the bar moves and cancelling is quick."""


@dataclass(slots=True)
class Job:
    """A scoring run. The thread writes, the page reads."""

    progress: Progress = field(default_factory=lambda: Progress(0, 0))
    error: str = ""
    is_running: bool = True
    stopping: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Have the run end after the batch it is at."""
        self.stopping.set()


class Scoring:
    """The runs of this process, one at most for each review."""

    def __init__(
        self, store: Callable[[], ReviewStore], pipeline: Callable[[], SharedPipeline]
    ) -> None:
        """Prepare.

        Args:
            store: Returns the store.
            pipeline: Returns the pipeline.
        """
        self._store = store
        self._pipeline = pipeline
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def job(self, review_id: str) -> Job | None:
        """Return the latest run of a review."""
        with self._lock:
            return self._jobs.get(review_id)

    def start(self, review_id: str) -> Job:
        """Start to score what a review lacks, unless that is under way; return the run."""
        with self._lock:
            job = self._jobs.get(review_id)
            if job is None or not job.is_running:
                job = self._jobs[review_id] = Job()
                threading.Thread(
                    target=self._work, args=(review_id, job), name="scoring", daemon=True
                ).start()
            return job

    def _work(self, review_id: str, job: Job) -> None:
        def show(progress: Progress) -> None:
            job.progress = progress

        try:
            store, pipeline = self._store(), self._pipeline()
            self._renew(review_id, pipeline.prepare(store))
            score_review(
                store,
                review_id,
                pipeline,
                on_progress=show,
                should_stop=job.stopping.is_set,
                batch_segments=BATCH,
            )
        except MtReviewError as error:
            job.error = str(error) if self._store().unscored(review_id) else ""
        except Exception:
            LOG.exception("scoring failed")
            job.error = UNEXPECTED
        finally:
            job.is_running = False

    def _renew(self, review_id: str, signature: str) -> None:
        """Have results of other engines or checks computed anew; decisions stay."""
        for summary in self._store().reviews():
            if summary.id == review_id and summary.settings != signature:
                self._store().renew(review_id, signature)
