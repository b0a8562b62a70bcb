"""``mtreview review``: score files, and open the review page on them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from mtreview.cli import _options as options
from mtreview.cli._context import (
    complain,
    load_config,
    messages,
    open_store,
    read_documents,
    score_document,
    tell_licences,
    tell_unshown_terms,
)
from mtreview.cli.exit_codes import ExitCode
from mtreview.errors import MtReviewError
from mtreview.formats._format import ReadOptions
from mtreview.pipeline import Pipeline

PAGE = Path(__file__).resolve().parent.parent / "ui" / "page.py"
"""What Streamlit is started on."""


def review(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Files to score and review.")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the page.")] = 8501,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser window.")
    ] = True,
    target: options.Target = None,
    source: options.Source = None,
    reference: options.Reference = None,
    identifier: options.Identifier = None,
    split: options.Split = None,
    encoding: options.Encoding = None,
    input_format: options.InputFormat = None,
    config_file: options.ConfigFile = None,
    engine: options.EngineName = None,
) -> None:
    """Score files and open the review page on the last; without a file, open the page alone.

    The page runs until Ctrl+C. What was scored or decided is kept: the same command goes on there.
    """
    config = load_config(config_file, engine)
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
    review_id, pipeline = "", Pipeline(config)
    tell_licences(pipeline)
    if files:
        tell_unshown_terms(pipeline)
    with open_store(config) as store:
        for document in read_documents(files or [], read_options, input_format):
            if isinstance(document, MtReviewError):
                raise typer.Exit(complain(document))
            review_id = score_document(store, document, pipeline)
            messages.print(f"{document.original}: review {review_id}", markup=False)
    raise typer.Exit(_serve(review_id, port, config_file, engine, open_browser=browser))


def _serve(
    review_id: str, port: int, config_file: Path | None, engine: str | None, *, open_browser: bool
) -> int:
    """Run the page until it is stopped, and return the exit code."""
    environment = os.environ | {"MTREVIEW_REVIEW": review_id}
    if config_file:
        environment["MTREVIEW_CONFIG"] = str(config_file.resolve())
    if engine:
        environment["MTREVIEW_ENGINE"] = engine
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE)]
    command += ["--server.port", str(port), "--server.headless", str(not open_browser).lower()]
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return ExitCode.GOOD
