"""``mtreview export`` and ``mtreview apply``: corrections out, and corrections in."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mtreview.cli import _options as options
from mtreview.cli._context import load_config, messages, open_store
from mtreview.cli._output import check_output, write_output
from mtreview.corpus import with_corpus_scores
from mtreview.errors import ConfigError, ConflictError, InputError
from mtreview.formats._export_rows import ExportRow, export_rows
from mtreview.formats.corrections import Correction, read_corrections
from mtreview.formats.open import read_file, write
from mtreview.formats.text import on_one_line
from mtreview.html_report import render
from mtreview.model import Decision, Review, Verdict

Reviewer = Annotated[
    str | None,
    typer.Option("--reviewer", metavar="NAME", help="Who corrected; default: the login name."),
]


def export(
    review: options.ReviewName,
    output: options.Output = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="txt|csv|tsv|jsonl|html", help="Form of the result."
        ),
    ] = "text",
    config_file: options.ConfigFile = None,
    language: options.Language = None,
) -> None:
    """Write the corrected translation of a review.

    text is the document with the corrections in place; csv and jsonl also keep the machine text,
    who corrected it, and why; html is the report on the review, to read.
    """
    check_output(output)
    config = load_config(config_file)
    store = open_store(config)
    loaded = store.load(store.find(review))
    shown_language = language or config.languages.interface
    if output_format == "html":
        data = render(with_corpus_scores(loaded), language=shown_language).encode("utf-8")
    else:
        data = write(loaded, output_format, shown_language)
    write_output(data, output)


def apply(
    review: options.ReviewName,
    corrections_file: Annotated[
        Path, typer.Argument(metavar="CORRECTIONS", help="An edited csv or jsonl export.")
    ],
    reviewer: Reviewer = None,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Also where others decided after the export was made."),
    ] = False,
    encoding: options.Encoding = None,
    config_file: options.ConfigFile = None,
) -> None:
    """Take corrections from an edited export into a review.

    Every row is looked at before the first is stored: one bad row, and nothing is changed. What is
    applied already is passed over, so a file may be applied again.
    """
    with open_store(load_config(config_file)) as store:
        review_id = store.find(review)
        loaded = store.load(review_id)
        data, name = read_file(corrections_file), corrections_file.name
        corrections = read_corrections(data, name, encoding)
        decisions = _decisions(loaded, corrections, reviewer or _login_name(), overwrite=overwrite)
        for decision in decisions:
            store.decide(review_id, decision, expected_revision=decision.revision)
    messages.print(f"corrections applied to review {review_id}: {len(decisions)}", markup=False)


def _decisions(
    review: Review, corrections: list[Correction], reviewer: str, *, overwrite: bool
) -> list[Decision]:
    """Return the decisions that corrections stand for, with the revision each is made on.

    Reviewer and comment of a row count where they are not what the export wrote there.

    Raises:
        InputError: A row names an unknown segment, or another machine text than the review has.
        ConflictError: Somebody else decided on a segment after the export, and ``overwrite`` is
            not set.
    """
    exported = {row.segment.id: row for row in export_rows(review)}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    decisions = []
    for correction in corrections:
        row = exported.get(correction.id)
        where = f"segment {correction.id}"
        if row is None:
            raise InputError(
                "the review has no such segment", where=where, hint="Is it another review's file?"
            )
        if correction.machine not in (None, row.segment.target):
            raise InputError(
                "the machine text is not the one of the review",
                where=where,
                hint="Edit the column with the correction, and leave the machine text as it is.",
            )
        then = _as_exported(review, row, correction.decided_at)
        corrected = correction.corrected
        if row.segment.target == on_one_line(row.segment.target):
            corrected = on_one_line(corrected)  # the line of its file would be torn in two
        if corrected in (row.corrected, then.corrected if then else None):
            continue
        settled = then.settled if then else row.settled
        named = correction.reviewer
        person = reviewer if not named or (settled and named == settled.reviewer) else named
        later = row.history[len(then.history) :] if then else ()
        decided = [d for d in later if d.verdict.settles or d.verdict is Verdict.UNDO]
        if decided and decided[-1].reviewer != person and not overwrite:
            raise ConflictError(
                f"{where}: {decided[-1].reviewer} decided on it after this file was exported",
                current=decided[-1],
                hint="Export again and correct that, or give --overwrite.",
            )
        decisions.append(
            Decision(
                segment_id=correction.id,
                verdict=Verdict.EDIT,
                reviewer=person,
                at=now,
                before=row.corrected,
                after=corrected,
                comment="" if correction.comment == row.comment else correction.comment,
                revision=row.history[-1].revision if row.history else 0,
            )
        )
    return decisions


def _as_exported(review: Review, row: ExportRow, decided_at: str | None) -> ExportRow | None:
    """Return a row as it was when it had been decided at a time, or None if that is not known."""
    if decided_at is None:
        return None
    history = tuple(decision for decision in row.history if decision.at <= decided_at)
    document = replace(review.document, segments=(row.segment,))
    (then,) = export_rows(Review(document, (), history))
    return then


def _login_name() -> str:
    """Return the name that the user logged in with.

    Raises:
        ConfigError: The system knows none, as in some containers.
    """
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise ConfigError(
            "who corrects is not known", where="--reviewer", hint="Give a name."
        ) from None
