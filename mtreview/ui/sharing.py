"""What all sessions and routes of the page's process share: store, configuration, pipeline.

``MTREVIEW_STORE`` names the store and ``MTREVIEW_CONFIG`` a configuration file; the command line
sets both for the server it starts.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from mtreview.config import Config
from mtreview.model import Document, SegmentResult
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore
from mtreview.ui.rescoring import Rescoring
from mtreview.ui.scoring import Scoring


class SharedPipeline(Pipeline):
    """A pipeline that several threads use; its engines work for one of them at a time."""

    _turn = threading.Lock()

    def run(self, document: Document, indices: Sequence[int]) -> list[SegmentResult]:
        """Translate, score and check some segments, when the engines are free."""
        with self._turn:
            return super().run(document, indices)


@cache
def config() -> Config:
    """Return the configuration that the server was started with.

    Raises:
        ConfigError: The file that ``MTREVIEW_CONFIG`` names is wrong.
    """
    path = os.environ.get("MTREVIEW_CONFIG")
    return Config.load(Path(path)) if path else Config()


@cache
def store() -> ReviewStore:
    """Return the review store.

    Raises:
        StoreError: It cannot be opened.
    """
    return ReviewStore.open(os.environ.get("MTREVIEW_STORE") or config().store.url)


@cache
def pipeline() -> SharedPipeline:
    """Return the pipeline; its engines are loaded when they are first needed.

    Raises:
        ConfigError: The configuration names a check that does not exist.
    """
    return SharedPipeline(config())


@cache
def rescoring() -> Rescoring:
    """Return the background work on edited segments."""
    return Rescoring(store, lambda document, indices: pipeline().run(document, indices))


@cache
def scoring() -> Scoring:
    """Return the scoring runs."""
    return Scoring(store, pipeline)
