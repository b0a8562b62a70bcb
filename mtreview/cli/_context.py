"""What the commands share: configuration, store, reading files, one line for an error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from mtreview.batch import open_review, score_review
from mtreview.cli.exit_codes import ExitCode, code_of
from mtreview.config import Config
from mtreview.errors import ConfigError, InputError, MtReviewError
from mtreview.formats._format import ReadOptions
from mtreview.formats._limits import SIZE_LIMIT
from mtreview.formats.open import read, read_bytes
from mtreview.model import Document
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore

STDIN = "-"
STDIN_NAME = "standard input"

messages = Console(stderr=True, highlight=False, soft_wrap=True)
"""Where everything goes that is not the result."""


def complain(error: MtReviewError) -> ExitCode:
    """Print an error as one line, and return the exit code it stands for."""
    messages.print(f"mtreview: {error}", markup=False, style="red")
    return code_of(error)


def load_config(
    path: Path | None,
    pack: str | None = None,
    metrics: Sequence[str] = (),
    glossary: Path | None = None,
) -> Config:
    """Return the configuration of a file or the default, with what the command line adds.

    Args:
        path: The file; None for the default.
        pack: The pack that translates, in place of the configured one.
        metrics: Models of metrics, as NAME=MODEL.
        glossary: A file of terms, in place of the configured one.

    Raises:
        ConfigError: The file is wrong, or a metric has no model.
    """
    config = Config.load(path) if path else Config()
    models = {}
    for text in metrics:
        name, _, model = text.partition("=")
        if not name or not model:
            raise ConfigError(
                f"{text!r} names no model",
                where="--metric",
                hint="Write NAME=MODEL, such as encoder=sentence-transformers/LaBSE.",
            )
        models[name] = model
    config = config.with_metrics(models)
    if glossary:
        config = config.with_engine(glossary=str(glossary))
    return config.with_engine(pack=pack) if pack else config


def tell_licences(pipeline: Pipeline) -> None:
    """Print which models add scores, and under which licences; what forbids much stands out."""
    for notice, is_restricted in pipeline.families.notices():
        messages.print(notice, markup=False, style="yellow" if is_restricted else None)


def tell_unshown_terms(pipeline: Pipeline) -> None:
    """Print which engines do not show the terms of the glossary to their model, if any.

    Raises:
        ModelError: The engines cannot be loaded.
    """
    glossary, chosen = pipeline.glossary, pipeline.config.engine
    if not glossary.terms:
        return
    engines = pipeline.engines
    named = (
        (engines.back, chosen.pack),
        (engines.forward, chosen.forward or chosen.pack),
        (engines.second, chosen.second),
    )
    unshown = dict.fromkeys(
        pack for engine, pack in named if engine and glossary.signature not in engine.signature
    )
    if unshown:
        messages.print(
            f"The glossary changes no translation of {', '.join(unshown)}, whose prompt shows no"
            " words; the check terminology uses it all the same.",
            markup=False,
            style="yellow",
        )


def require_format(name: str, known: Sequence[str]) -> None:
    """Refuse a form of the result that the command does not have.

    Raises:
        ConfigError: It is not known.
    """
    if name not in known:
        raise ConfigError(f"unknown format {name!r}", hint=f"Use {', '.join(known)}.")


def open_store(config: Config) -> ReviewStore:
    """Open the review store of a configuration.

    Raises:
        StoreError: It cannot be opened.
    """
    return ReviewStore.open(config.store.url)


def read_documents(
    files: Sequence[str], options: ReadOptions, format_id: str | None
) -> Iterator[Document | MtReviewError]:
    """Yield the document of each file, or why it cannot be read; "-" is standard input."""
    for file in files:
        try:
            if file == STDIN:
                yield read_bytes(_standard_input(), STDIN_NAME, options, format_id or "text")
            else:
                yield read(Path(file), options, format_id)
        except MtReviewError as error:
            yield error


def _standard_input() -> bytes:
    """Return what stands on standard input.

    Raises:
        InputError: It is closed, or cannot be read.
    """
    try:
        if sys.stdin is None:
            raise OSError("it is closed")
        return sys.stdin.buffer.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise InputError(f"cannot be read ({error})", where=STDIN_NAME) from None


def score_document(store: ReviewStore, document: Document, pipeline: Pipeline) -> str:
    """Score a document in the store with a progress bar, and return the id of its review.

    Raises:
        ModelError: The engines cannot be loaded.
        StoreError: The store cannot be written.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    quiet = not messages.is_terminal
    with ProgressBar(*columns, console=messages, transient=True, disable=quiet) as bar:
        task = bar.add_task(f"Loading the models for {document.original}", total=None)
        pipeline.use_cache(store)
        review_id = open_review(store, document, pipeline.signature())
        bar.update(task, description=f"Scoring {document.original}")
        score_review(
            store,
            review_id,
            pipeline,
            on_progress=lambda p: bar.update(task, completed=p.done, total=p.total),
        )
    return review_id
