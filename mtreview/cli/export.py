"""``mtreview export`` and ``mtreview apply``: corrections out, and corrections in."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mtreview.cli import _options as options
from mtreview.cli._context import load_config, messages, open_store
from mtreview.cli._output import check_output, write_output
from mtreview.errors import InputError
from mtreview.formats.corrections import Correction, read_corrections
from mtreview.formats.open import read_file, write
from mtreview.model import Decision, Verdict
from mtreview.store.repository import ReviewStore

Reviewer = Annotated[
    str | None, typer.Option("--reviewer", metavar="NAME", help="Default: the login name.")
]


def export(
    review: options.ReviewName,
    output: options.Output = None,
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="text|csv|jsonl", help="Form of the result.")
    ] = "text",
    config_file: options.ConfigFile = None,
    language: options.Language = None,
) -> None:
    """Write the corrected translation of a review.

    text is the document with the corrections in place; csv and jsonl also keep the machine text,
    who corrected it, and why.
    """
    check_output(output)
    config = load_config(config_file)
    store = open_store(config)
    loaded = store.load(store.find(review))
    data = write(loaded, output_format, language or config.languages.interface)
    write_output(data, output)


def apply(
    review: options.ReviewName,
    corrections_file: Annotated[
        Path, typer.Argument(metavar="CORRECTIONS", help="An edited csv or jsonl export.")
    ],
    reviewer: Reviewer = None,
    config_file: options.ConfigFile = None,
) -> None:
    """Take corrections from an edited export into a review.

    Every row is looked at before the first is stored: one bad row, and nothing is changed.
    """
    store = open_store(load_config(config_file))
    review_id = store.find(review)
    corrections = read_corrections(read_file(corrections_file), corrections_file.name)
    decisions = _decisions(store, review_id, corrections, reviewer or getpass.getuser())
    for decision, revision in decisions:
        store.decide(review_id, decision, expected_revision=revision)
    messages.print(f"{len(decisions)} corrections applied to review {review_id}", markup=False)


def _decisions(
    store: ReviewStore, review_id: str, corrections: list[Correction], reviewer: str
) -> list[tuple[Decision, int]]:
    """Return the decisions that corrections stand for, with the revision each was made on.

    Raises:
        InputError: A row names an unknown segment, or another machine text than the review has.
    """
    loaded = store.load(review_id)
    targets = {segment.id: segment.target for segment in loaded.document.segments}
    current = {**targets, **loaded.current_targets()}
    revisions: dict[str, int] = {}
    for decision in loaded.decisions:
        revisions[decision.segment_id] = decision.revision
    now = datetime.now(UTC).isoformat(timespec="seconds")
    decisions = []
    for correction in corrections:
        machine = targets.get(correction.id)
        where = f"segment {correction.id}"
        if machine is None:
            raise InputError(
                "the review has no such segment", where=where, hint="Is it another review's file?"
            )
        if correction.machine is not None and correction.machine != machine:
            raise InputError(
                "the machine text is not the one of the review",
                where=where,
                hint="Edit the column with the correction, and leave the machine text as it is.",
            )
        if correction.corrected != current[correction.id]:
            decision = Decision(
                segment_id=correction.id,
                verdict=Verdict.EDIT,
                reviewer=correction.reviewer or reviewer,
                at=now,
                before=current[correction.id],
                after=correction.corrected,
                comment=correction.comment,
            )
            decisions.append((decision, revisions.get(correction.id, 0)))
    return decisions
