"""What all sessions and routes of the page's process share: store, configuration, pipeline.

``MTREVIEW_STORE`` names the store, ``MTREVIEW_CONFIG`` a configuration file and ``MTREVIEW_ENGINE``
the engine in place of the configured one; the command line sets them for the server it starts.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from mtreview.config import Config
from mtreview.store.repository import ReviewStore
from mtreview.ui.rescoring import Rescoring
from mtreview.ui.scoring import Scoring
from mtreview.ui.shared_pipeline import SharedPipeline


@cache
def config() -> Config:
    """Return the configuration that the server was started with.

    Raises:
        ConfigError: The file that ``MTREVIEW_CONFIG`` names is wrong.
    """
    path, engine = os.environ.get("MTREVIEW_CONFIG"), os.environ.get("MTREVIEW_ENGINE")
    found = Config.load(Path(path)) if path else Config()
    return found.with_engine(pack=engine) if engine else found


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
