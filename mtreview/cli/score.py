"""``mtreview score``: batch quality scoring, with a gate for scripts."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from mtreview.cli import _options as options
from mtreview.cli._context import (
    complain,
    load_config,
    messages,
    open_store,
    read_documents,
    require_format,
    score_document,
    tell_licences,
    tell_unshown_terms,
)
from mtreview.cli._output import check_output, print_result, write_output
from mtreview.cli._summary import summary, whole
from mtreview.cli._tables import render_table
from mtreview.cli.exit_codes import ExitCode
from mtreview.corpus import with_corpus_scores
from mtreview.errors import ConfigError, InputError, MtReviewError
from mtreview.formats._format import ReadOptions
from mtreview.formats.open import write
from mtreview.html_report import render
from mtreview.model import Review
from mtreview.pipeline import Pipeline
from mtreview.report import summarize
from mtreview.store.repository import ReviewStore

FORMATS: Final = ("table", "jsonl", "csv", "html")
ONE_EACH: Final = ("csv", "html")
"""Forms of which two in a row are no longer one that anything reads."""

SUFFIXES: Final = {"table": ".txt", "jsonl": ".jsonl", "csv": ".csv", "html": ".html"}


def score(
    files: options.Files,
    output: options.Output = None,
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form of the result.")
    ] = "table",
    target: options.Target = None,
    source: options.Source = None,
    reference: options.Reference = None,
    identifier: options.Identifier = None,
    split: options.Split = None,
    encoding: options.Encoding = None,
    input_format: options.InputFormat = None,
    config_file: options.ConfigFile = None,
    engine: options.EngineName = None,
    beam_size: options.BeamSize = None,
    round_trip: options.RoundTrip = False,
    metrics: options.Metrics = None,
    glossary: options.GlossaryFile = None,
    language: options.Language = None,
    fail_under: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="Exit with 1 if a document's quality is below this."),
    ] = None,
    summary_file: Annotated[
        Path | None,
        typer.Option(
            "--summary",
            metavar="FILE",
            help="Also write the figures of each document, and of all together, as JSON.",
        ),
    ] = None,
    worst: Annotated[int, typer.Option(min=0, help="Segments that the table shows.")] = 10,
    save: Annotated[
        bool,
        typer.Option(
            "--save/--no-save",
            help="Keep the review, to correct and export it, and to go on after a stop.",
        ),
    ] = True,
) -> None:
    """Back-translate, score and flag files; the worst segments first.

    A run that is stopped goes on where it was when the same command is given again.
    """
    require_format(output_format, FORMATS)
    folder = output if len(files) > 1 or (output and output.is_dir()) else None
    check_output(output, folder=folder is not None)
    check_output(summary_file)
    if len(files) > 1 and not folder and output_format in ONE_EACH:
        raise ConfigError(
            f"several results in {output_format} do not go into one stream",
            hint="Give a folder with -o.",
        )
    if folder:
        _require_different_names(files)
    config = load_config(config_file, engine, metrics or (), glossary)
    if beam_size:
        config = config.with_engine(beam_size=beam_size)
    if round_trip:
        config = config.with_engine(round_trip=True)
    shown_language = language or config.languages.interface
    pipeline = Pipeline(config)
    tell_licences(pipeline)
    tell_unshown_terms(pipeline)
    read_options = ReadOptions(
        target,
        source,
        reference,
        identifier,
        split,
        encoding,
        config.languages.source,
        config.languages.target,
    )
    code, scored = ExitCode.GOOD, []
    with open_store(config) if save else ReviewStore.open("sqlite://") as store:
        for document in read_documents(files, read_options, input_format):
            if isinstance(document, MtReviewError):
                code = max(code, complain(document))
                continue
            review_id = score_document(store, document, pipeline)
            review = store.load(review_id)
            if save:
                messages.print(f"{document.original}: review {review_id}", markup=False)
            code = max(code, _gate(review, fail_under))
            if output_format in ("table", "html") or summary_file:
                review = with_corpus_scores(review)
                scored.append(review)
            data = _render(review, output_format, shown_language, worst)
            name = f"{document.original}{SUFFIXES[output_format]}"
            write_output(data, folder / name if folder else output)
    if output_format == "table" and len(scored) > 1 and not folder:
        print_result(render_table(whole(scored), shown_language, 0))
    if summary_file and scored:
        write_output(summary(scored), summary_file)
    raise typer.Exit(code)


def _gate(review: Review, fail_under: float | None) -> ExitCode:
    """Tell whether the quality of a document is below the gate."""
    if fail_under is None:
        return ExitCode.GOOD
    quality, name = summarize(review).quality, review.document.original
    if math.isnan(quality.value):
        messages.print(f"{name}: no quality ({quality.explanation})", markup=False, style="red")
        return ExitCode.BELOW_GATE
    if quality.value < fail_under:
        messages.print(
            f"{name}: quality {quality.value:.1f} is below {fail_under:g}",
            markup=False,
            style="red",
        )
        return ExitCode.BELOW_GATE
    return ExitCode.GOOD


def _render(review: Review, output_format: str, language: str, worst: int) -> bytes:
    """Return a review in one of the forms of the result."""
    forms: dict[str, Callable[[], bytes]] = {
        "table": lambda: render_table(review, language, worst).encode(),
        "html": lambda: render(review, title=review.document.original, language=language).encode(),
        "jsonl": lambda: write(review, "jsonl", language),
        "csv": lambda: write(review, "csv", language),
    }
    return forms[output_format]()


def _require_different_names(files: list[str]) -> None:
    """Refuse files whose results would overwrite each other in a folder.

    Raises:
        InputError: Two have the same name.
    """
    taken: set[str] = set()
    for name in (Path(file).name for file in files):
        if name in taken:
            raise InputError("two files have this name", where=name, hint="Score them apart.")
        taken.add(name)
