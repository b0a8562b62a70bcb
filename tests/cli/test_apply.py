"""``mtreview apply``: edited exports, applied twice, too late, or by others."""

from __future__ import annotations

import csv
import itertools
import json
import os
from pathlib import Path

import pytest

from mtreview.cli.exit_codes import ExitCode
from mtreview.formats._export_rows import export_rows
from mtreview.model import Decision, Verdict
from mtreview.store.repository import ReviewStore


def with_cells(table: Path, output: Path, cells: dict[str, str]) -> Path:
    """Write the one row of a table with other cells, and return where."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow({**row, **cells})
    return output


@pytest.fixture
def edited(run, small, tmp_path):
    """Return a function that writes an export with another correction, as made at first."""
    table = tmp_path / "edit.csv"
    run("score", small, "-f", "csv", "-o", table)
    return lambda **cells: with_cells(table, tmp_path / "edited.csv", cells)


def decisions(run, records):
    return records(run("export", "small.txt", "-f", "jsonl").stdout)[0]["decisions"]


def test_twice_is_once(run, edited, records):
    for _ in range(2):
        run("apply", "small.txt", edited(corrected_translation="نعم."), "--reviewer", "Ali")
    assert len(decisions(run, records)) == 1


def test_a_decision_of_somebody_else_meanwhile_is_not_overwritten(run, edited):
    first, second = "نعم.", "لا."
    run("apply", "small.txt", edited(corrected_translation=first), "--reviewer", "Ali")
    late = edited(corrected_translation=second)
    result = run("apply", "small.txt", late, "--reviewer", "Sara", code=ExitCode.STORE)
    assert "Ali decided on it after this file was exported" in result.stderr
    assert run("export", "small.txt").stdout.strip() == first
    run("apply", "small.txt", late, "--reviewer", "Sara", "--overwrite")
    assert run("export", "small.txt").stdout.strip() == second


def test_one_may_go_on_with_ones_own_file(run, edited):
    for text in ("نعم.", "لا."):
        run("apply", "small.txt", edited(corrected_translation=text), "--reviewer", "Ali")
    assert run("export", "small.txt").stdout.strip() == "لا."


def test_the_reviewer_of_the_export_does_not_sign_for_the_next(run, edited, records, tmp_path):
    run("apply", "small.txt", edited(corrected_translation="نعم."), "--reviewer", "Ali")
    again = tmp_path / "again.jsonl"
    run("export", "small.txt", "-f", "jsonl", "-o", again)
    line = json.loads(again.read_text(encoding="utf-8"))
    again.write_text(json.dumps({**line, "corrected": "لا."}), encoding="utf-8")
    run("apply", "small.txt", again, "--reviewer", "Sara")
    assert [d["reviewer"] for d in decisions(run, records)] == ["Ali", "Sara"]


def test_a_row_names_its_own_reviewer(run, edited, records):
    table = edited(corrected_translation="نعم.", reviewer="Layla", comment="أوضح")
    run("apply", "small.txt", table, "--reviewer", "Ali")
    decision = decisions(run, records)[0]
    assert (decision["reviewer"], decision["comment"]) == ("Layla", "أوضح")


@pytest.fixture
def exported(run, tmp_path):
    """Return a function that exports the row as it stands and gives it other cells."""

    def exported(**cells: str) -> Path:
        table = tmp_path / "again.csv"
        run("export", "small.txt", "-f", "csv", "-o", table)
        return with_cells(table, table, cells)

    return exported


@pytest.fixture
def decide(run, edited):
    """Return a function that decides on the segment, each time a minute later."""
    minute = itertools.count()
    edited()  # it is scored

    def decide(verdict: str, reviewer: str, after: str = "") -> None:
        with ReviewStore.open(os.environ["MTREVIEW_STORE"]) as store:
            review = store.find("small.txt")
            (row,) = export_rows(store.load(review))
            at = f"2026-01-01T10:{next(minute):02}:00+00:00"
            verdict = Verdict(verdict)
            text = after or row.corrected
            decision = Decision(row.segment.id, verdict, reviewer, at, row.corrected, text)
            store.decide(review, decision)

    return decide


@pytest.mark.parametrize("who", ["Ali", "Sara"])
@pytest.mark.parametrize(("verdict", "after"), [("edit", "لا."), ("undo", "")])
def test_a_row_that_nobody_touched_changes_nothing(run, exported, decide, who, verdict, after):
    decide("edit", "Ali", "نعم.")
    table = exported()
    decide(verdict, who, after)
    stood = run("export", "small.txt").stdout
    result = run("apply", "small.txt", table, "--reviewer", "Ali")
    assert result.stderr.strip().endswith(": 0")
    assert run("export", "small.txt").stdout == stood


def test_a_space_at_the_end_of_an_untouched_row_changes_nothing(run, exported, decide):
    decide("edit", "Ali", "نعم. ")
    result = run("apply", "small.txt", exported(), "--reviewer", "Ali")
    assert result.stderr.strip().endswith(": 0")


def test_an_undo_of_somebody_else_meanwhile_is_not_overridden(run, exported, decide):
    decide("edit", "Ali", "نعم.")
    table = exported(corrected_translation="لا.")
    decide("undo", "Sara")
    result = run("apply", "small.txt", table, "--reviewer", "Ali", code=ExitCode.STORE)
    assert "Sara decided on it after this file was exported" in result.stderr


def test_an_accepted_edit_can_be_taken_back(run, small, exported, decide):
    decide("edit", "Ali", "نعم.")
    decide("accept", "Sara")
    machine = small.read_text(encoding="utf-8").strip()
    table = exported(corrected_translation=machine)
    run("apply", "small.txt", table, "--reviewer", "Ali")
    assert run("export", "small.txt").stdout.strip() == machine


def test_a_line_end_in_a_cell_does_not_tear_the_text(run, edited):
    table = edited(corrected_translation="نعم\n لا.\n")
    run("apply", "small.txt", table, "--reviewer", "Ali")
    assert run("export", "small.txt").stdout == "نعم لا.\n"


def test_without_a_login_name(run, edited, monkeypatch):
    def unknown():
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", unknown)
    table = edited(corrected_translation="نعم.")
    result = run("apply", "small.txt", table, code=ExitCode.USAGE)
    assert "--reviewer" in result.stderr


def test_the_report_tells_of_the_corrections(run, edited):
    run("apply", "small.txt", edited(corrected_translation="وصل الوفد أمس."), "--reviewer", "Amal")
    page = run("export", "small.txt", "-f", "html", "--language", "en").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "الوفد" in page
