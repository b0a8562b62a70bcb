"""The pipeline that scoring runs, background work and live checks of a server share."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from mtreview.model import Document, SegmentResult
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore


class SharedPipeline(Pipeline):
    """A pipeline that several threads use; its engines work for one of them at a time."""

    _turn = threading.Lock()

    def prepare(self, store: ReviewStore) -> str:
        """Load the engines, keep what they answer in the store, and return the signature.

        Raises:
            ModelError: An engine cannot be loaded.
        """
        with self._turn:
            self.use_cache(store)
            return self.signature()

    def run(self, document: Document, indices: Sequence[int]) -> list[SegmentResult]:
        """Translate, score and check some segments, when the engines are free."""
        with self._turn:
            return super().run(document, indices)
