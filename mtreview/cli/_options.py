"""The options that several commands take, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from mtreview.config import Config


def _file_or_none(path: Path | None) -> Path | None:
    """Return None, which is standard output, for a dash too."""
    return None if path == Path("-") else path


Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files to read; - is stdin.")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", "-c", metavar="FILE", help="Settings in TOML.")
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="Where to; default, and -: stdout.",
        callback=_file_or_none,
    ),
]
Target = Annotated[
    str | None, typer.Option("--target", metavar="COL", help="Column or key of the Arabic.")
]
Source = Annotated[
    str | None, typer.Option("--source", metavar="COL", help="Column or key of the English source.")
]
Reference = Annotated[
    str | None,
    typer.Option("--reference", metavar="COL", help="Column or key of a human translation."),
]
Identifier = Annotated[
    str | None, typer.Option("--id", metavar="COL", help="Column or key of an identifier.")
]
Split = Annotated[
    bool | None,
    typer.Option(
        "--split/--no-split",
        help="Cut texts into sentences. Default: text and HTML yes, rows of a table no.",
        show_default=False,
    ),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Default: detected.")
]
InputFormat = Annotated[
    str | None,
    typer.Option("--input-format", metavar="FORMAT", help="Default: by the file's ending."),
]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="PACK",
        help="Pack, folder or pulled hub model that translates; see `mtreview models list`.",
    ),
]
BeamSize = Annotated[
    int | None,
    typer.Option(
        "--beam-size",
        min=1,
        help=f"Candidates of a back-translation, {Config().engine.beam_size} by default;"
        " 1 is fastest and reads worse.",
        show_default=False,
    ),
]
RoundTrip = Annotated[
    bool,
    typer.Option(
        "--round-trip",
        help="Also translate the back-translation to Arabic again, and compare; doubles the time.",
    ),
]
Metrics = Annotated[
    list[str] | None,
    typer.Option(
        "--metric",
        metavar="NAME=MODEL",
        help="Also score with a model, such as encoder=sentence-transformers/LaBSE; may be given"
        " several times; see `mtreview models metrics`.",
    ),
]
GlossaryFile = Annotated[
    Path | None,
    typer.Option(
        "--glossary",
        metavar="FILE",
        help="Names and terms of the house, a line each: Arabic, a tab, English.",
    ),
]
Language = Annotated[
    Literal["en", "ar"] | None, typer.Option("--language", help="Language of the reasons.")
]
ReviewName = Annotated[
    str, typer.Argument(metavar="REVIEW", help="Id of a review, or the name of its file.")
]
