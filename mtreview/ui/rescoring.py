"""Translate and score what reviewers edited, in the background, one segment after another.

There is one thread per process: the engines work for one caller at a time anyhow. A segment that is
edited again while it waits is done once, with its latest text. An error of the engine is kept until
the next attempt, so that the card can say why nothing is coming.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from mtreview.errors import MtReviewError
from mtreview.model import Document, SegmentResult
from mtreview.store.repository import ReviewStore
from mtreview.ui.neighbourhood import RADIUS, WHOLE, around
from mtreview.ui.reading import current_targets, indexed

LOG: Final = logging.getLogger(__name__)

UNEXPECTED: Final = "something unexpected went wrong; the server's log tells what"

Run = Callable[[Document, list[int]], list[SegmentResult]]


class Rescoring:
    """The segments that wait for fresh results, and the thread that makes them."""

    def __init__(self, store: Callable[[], ReviewStore], run: Run) -> None:
        """Prepare; nothing is opened before the first segment comes.

        Args:
            store: Returns the store.
            run: Scores some segments of a document, given by position.
        """
        self._store = store
        self._run = run
        self._condition = threading.Condition()
        self._waiting: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._busy: tuple[str, str] | None = None
        self._errors: dict[str, str] = {}
        self._thread: threading.Thread | None = None

    def add(self, review_id: str, segment_id: str) -> None:
        """Have a segment scored on its present text."""
        with self._condition:
            self._waiting[review_id, segment_id] = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="rescoring", daemon=True)
                self._thread.start()
            self._condition.notify()

    def pending(self, review_id: str) -> frozenset[str]:
        """Return the ids of the segments of a review that have fresh results coming."""
        with self._condition:
            keys = [*self._waiting, *([self._busy] if self._busy else [])]
            return frozenset(segment_id for review, segment_id in keys if review == review_id)

    def error(self, review_id: str) -> str:
        """Return why the last attempt in a review failed; "" if it did not."""
        with self._condition:
            return self._errors.get(review_id, "")

    def _work(self) -> None:
        while True:
            with self._condition:
                self._busy = None
                while not self._waiting:
                    self._condition.wait()
                self._busy, _ = self._waiting.popitem(last=False)
                review_id, segment_id = self._busy
            try:
                self._score(review_id, segment_id)
                message = ""
            except MtReviewError as error:
                message = str(error)
            except Exception:
                LOG.exception("scoring an edited segment failed")
                message = UNEXPECTED
            with self._condition:
                self._errors[review_id] = message

    def _score(self, review_id: str, segment_id: str) -> None:
        store = self._store()
        document, index = surroundings(store, review_id, segment_id)
        store.save_results(review_id, self._run(document, [index]))


def surroundings(store: ReviewStore, review_id: str, segment_id: str) -> tuple[Document, int]:
    """Return a segment's surroundings as they stand, and its place in them."""
    document, positions = indexed(store, review_id)
    index = indexed(store, review_id).position(segment_id)
    size = len(positions)
    near = (
        range(size)
        if size <= WHOLE
        else range(max(0, index - RADIUS), min(size, index + RADIUS + 1))
    )
    ids = [document.segments[place].id for place in near]
    return around(document, index, current_targets(store, review_id, ids))
