"""``mtreview flags``: the flags alone, a line each, as other linters print them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Final

import typer

from mtreview.cli import _options as options
from mtreview.cli._context import complain, load_config, read_documents, require_format
from mtreview.cli._output import check_output, write_output
from mtreview.cli.exit_codes import ExitCode
from mtreview.errors import MtReviewError
from mtreview.formats._format import ReadOptions
from mtreview.model import Document, Flag, SegmentResult, Severity
from mtreview.pipeline import Pipeline
from mtreview.serialize import SCHEMA_VERSION, flag_to_record

FORMATS: Final = ("text", "jsonl")
_CHUNK: Final = 128


def flags(
    files: options.Files,
    output: options.Output = None,
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form of the result.")
    ] = "text",
    back_translate: Annotated[
        bool,
        typer.Option(
            "--back-translate", help="Run the checks that read the back-translation too; slower."
        ),
    ] = False,
    fail_on: Annotated[
        Severity | None,
        typer.Option(help="Exit with 1 if a flag is this severe or worse."),
    ] = None,
    target: options.Target = None,
    source: options.Source = None,
    identifier: options.Identifier = None,
    split: options.Split = None,
    encoding: options.Encoding = None,
    input_format: options.InputFormat = None,
    config_file: options.ConfigFile = None,
    engine: options.EngineName = None,
    glossary: options.GlossaryFile = None,
    language: options.Language = None,
) -> None:
    """Check files without scoring them; no model is needed for what the Arabic alone shows.

    A line is FILE:SEGMENT:START-END: SEVERITY CHECK: REASON [EXCERPT], with offsets into the
    segment in code points, the end exclusive.
    """
    code = ExitCode.GOOD
    lines: list[str] = []
    require_format(output_format, FORMATS)
    check_output(output)
    config = load_config(config_file, engine, glossary=glossary)
    shown_language = language or config.languages.interface
    pipeline = Pipeline(config)
    read_options = ReadOptions(
        target, source, None, identifier, split, encoding,
        config.languages.source, config.languages.target,
    )  # fmt: skip
    for document in read_documents(files, read_options, input_format):
        if isinstance(document, MtReviewError):
            code = max(code, complain(document))
            continue
        for flag in _flags(pipeline, document, back_translate=back_translate):
            if fail_on and _rank(flag.severity) >= _rank(fail_on):
                code = max(code, ExitCode.BELOW_GATE)
            lines.append(_line(document, flag, output_format, shown_language))
    write_output("".join(f"{line}\n" for line in lines).encode("utf-8"), output)
    raise typer.Exit(code)


def _flags(pipeline: Pipeline, document: Document, *, back_translate: bool) -> Iterator[Flag]:
    """Yield the flags of a document in its order."""
    positions = range(len(document.segments))
    if not back_translate:
        for index in positions:
            yield from pipeline.flags(document, index, None)
        return
    for start in range(0, len(positions), _CHUNK):
        results: list[SegmentResult] = pipeline.run(document, positions[start : start + _CHUNK])
        for result in results:
            yield from result.flags


def _line(document: Document, flag: Flag, output_format: str, language: str) -> str:
    """Return a flag as a line of the result."""
    if output_format == "jsonl":
        record = {
            "schema_version": SCHEMA_VERSION,
            "document": document.original,
            "segment_id": flag.segment_id,
            **flag_to_record(flag, flag.segment_id, language),
        }
        return json.dumps(record, ensure_ascii=False)
    reason = flag.reason.in_language(language)
    place = f"{document.original}:{flag.segment_id}:{flag.start}-{flag.end}"
    excerpt = " ".join(flag.excerpt.split()) or "space"
    return f"{place}: {flag.severity} {flag.check}: {reason} [{excerpt}]"


def _rank(severity: Severity) -> int:
    return list(Severity).index(severity)
