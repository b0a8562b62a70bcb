"""The commands as a user runs them, with an engine that needs no model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mtreview.cli.exit_codes import ExitCode
from mtreview.config import Config
from mtreview.pipeline import Engines

SMALL = "التقى الدبلوماسيون في إسطنبول ، يوم الخميس.\n"


class TestScore:
    """``mtreview score``."""

    def test_jsonl_has_a_line_a_segment(self, run, article_path, records):
        lines = records(run("score", article_path, "--format", "jsonl").stdout)
        text = article_path.read_text(encoding="utf-8")
        assert len(lines) >= text.count("\n")
        for line in lines:
            assert line["schema_version"] == 1
            assert text[line["start"] :].startswith(line["target"])
            for flag in line["flags"]:
                side = line["target"] if flag["side"] == "target" else line["back_translation"]
                assert side[flag["start"] : flag["end"]] == flag["excerpt"]
                assert {"check", "category", "severity", "reason"} <= set(flag)
            for score in line["scores"]:
                assert score["signature"]
                assert score["basis"]
        assert all(line["back_translation"] for line in lines if line["kind"] != "boilerplate")

    def test_reasons_in_arabic(self, run, small, records):
        lines = records(run("score", small, "-f", "jsonl", "--language", "ar").stdout)
        assert any("؀" <= letter <= "ۿ" for letter in lines[0]["flags"][0]["reason"])

    def test_the_round_trip_is_scored_when_it_is_asked_for(self, run, small, records):
        wanted = {"round_trip_chrf", "round_trip_bleu", "round_trip_ter"}
        for options, found in (((), set()), (("--round-trip",), wanted)):
            (line,) = records(run("score", small, "-f", "jsonl", *options).stdout)
            scored = {s["metric"] for s in line["scores"] if s["value"] is not None}
            assert wanted & scored == found

    def test_a_narrower_beam_is_handed_to_the_engines(self, run, small, engines, monkeypatch):
        opened = []

        def open_engines(config):
            opened.append(config.engine.beam_size)
            return engines

        monkeypatch.setattr(Engines, "open", open_engines)
        run("score", small)
        run("score", small, "--beam-size", 1)
        assert opened == [Config().engine.beam_size, 1]
        run("score", small, "--beam-size", 0, code=ExitCode.USAGE)

    def test_table_names_the_figures(self, run, article_path):
        output = run("score", article_path).stdout
        for name in ("quality (0-100)", "MQM score", "penalty / 1,000 words", "flags"):
            assert name in output

    def test_html_goes_to_a_file(self, run, small, tmp_path):
        out = tmp_path / "report.html"
        assert run("score", small, "-f", "html", "-o", out).stdout == ""
        assert out.read_text(encoding="utf-8").lower().startswith("<!doctype html>")

    @pytest.mark.parametrize(("gate", "code"), [(0, 0), (100, 1)])
    def test_gate(self, run, small, gate, code):
        run("score", small, "--fail-under", gate, code=code)

    def test_one_bad_file_does_not_stop_the_others(self, run, small, tmp_path, records):
        (tmp_path / "empty.txt").write_bytes(b"")
        result = run("score", tmp_path / "empty.txt", small, "-f", "jsonl", code=ExitCode.BAD_INPUT)
        assert len(records(result.stdout)) == 1
        assert "empty.txt" in result.stderr

    def test_several_files_go_to_a_folder(self, run, small, article_path, tmp_path):
        out = tmp_path / "out"
        run("score", small, article_path, "-f", "jsonl", "-o", out)
        assert {path.name for path in out.iterdir()} == {
            "small.txt.jsonl",
            f"{article_path.name}.jsonl",
        }

    def test_rows_keep_their_ids_and_sources(self, run, tmp_path, records):
        path = tmp_path / "rows.csv"
        path.write_text(
            "id,english,arabic\na7,They met in Istanbul.,التقوا في إسطنبول.\n", encoding="utf-8"
        )
        line = records(run("score", path, "-f", "jsonl", "--source", "english").stdout)[0]
        assert line["id"] == "a7"
        assert line["source"] == "They met in Istanbul."
        assert "source" in {score["basis"] for score in line["scores"]}

    def test_the_page_opens_on_the_same_rows(self, run, records, tmp_path, monkeypatch):
        path = tmp_path / "rows.data"
        path.write_text("key\tar\tgood\nb2\tجاء. ذهب.\tجاء ثم ذهب.\n", encoding="utf-8")
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0))
        options = ("--id", "key", "--reference", "good", "--input-format", "tsv")
        run("review", path, *options)
        (row,) = records(run("export", "rows.data", "-f", "jsonl").stdout)
        assert (row["id"], row["reference"]) == ("b2", "جاء ثم ذهب.")
        run("review", path, *options, "--split")
        assert len(records(run("export", "rows.data", "-f", "jsonl").stdout)) == 2

    def test_standard_input(self, run, records):
        assert len(records(run("score", "-", "-f", "jsonl", input=SMALL).stdout)) == 1

    def test_without_saving_there_is_no_review(self, run, small, tmp_path):
        run("score", small, "--no-save")
        assert not (tmp_path / "reviews.db").exists()


class TestErrors:
    """Whatever a user does wrong is one line, the documented code, and no half-written file."""

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"", "a.txt"),
            (b" \n\t\n", "a.txt"),
            ("كلمة ".encode() * 5_000_000, "a.txt"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt"),
            (b"id,text_en\n1,hello\n", "a.csv"),
            (b'{"target": "\\ud800"}\n', "a.jsonl"),
            (b'{"target": \n', "a.jsonl"),
            (SMALL.encode(), "a.unknown"),
        ],
        ids=["empty", "blank", "50MB-line", "png", "no-column", "surrogate", "json", "suffix"],
    )
    def test_bad_input(self, run, tmp_path, content, name):
        path, out = tmp_path / name, tmp_path / "out.jsonl"
        path.write_bytes(content)
        result = run("score", path, "-f", "jsonl", "-o", out, code=ExitCode.BAD_INPUT)
        assert len(result.stderr.strip().splitlines()) == 1
        assert name in result.stderr
        assert not out.exists()

    def test_missing_file(self, run, tmp_path):
        assert "nowhere.txt" in run("score", tmp_path / "nowhere.txt", code=3).stderr

    def test_unknown_format(self, run, small):
        assert "Use table" in run("score", small, "-f", "pdf", code=ExitCode.USAGE).stderr

    def test_unknown_column_names_those_there_are(self, run, tmp_path):
        path = tmp_path / "rows.csv"
        path.write_text("id,arabic\n1,نص\n", encoding="utf-8")
        assert "arabic" in run("score", path, "--target", "arabi", code=3).stderr

    def test_wrong_configuration(self, run, small, tmp_path):
        config = tmp_path / "settings.toml"
        config.write_text("[checks]\ndisabled = []\n")
        result = run("score", small, "--config", config, code=ExitCode.USAGE)
        assert "Did you mean 'disable'" in result.stderr

    def test_no_folder_for_the_output(self, run, small, tmp_path):
        run("score", small, "-o", tmp_path / "no" / "out", code=ExitCode.NO_OUTPUT)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_no_space_for_the_output(self, run, small):
        result = run("score", small, "-o", "/dev/full", code=ExitCode.NO_OUTPUT)
        assert "No space left" in result.stderr

    def test_a_failed_write_leaves_what_was_there(self, run, small, tmp_path, monkeypatch):
        out = tmp_path / "out.jsonl"
        out.write_text("before")

        def full(descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        run("score", small, "-f", "jsonl", "-o", out, code=ExitCode.NO_OUTPUT)
        assert out.read_text() == "before"
        assert not list(tmp_path.glob(".mtreview*"))

    def test_a_store_that_is_none(self, run, small, tmp_path, monkeypatch):
        (tmp_path / "no.db").write_text("this is not a database, it is a text " * 100)
        monkeypatch.setenv("MTREVIEW_STORE", str(tmp_path / "no.db"))
        run("score", small, code=ExitCode.STORE)


class TestLoop:
    """Score, edit the export, apply it, export the corrected text: no browser needed."""

    @pytest.mark.parametrize("form", ["csv", "jsonl"])
    def test_from_file_to_corrected_file(self, run, small, tmp_path, form, records):
        table, out = tmp_path / f"edit.{form}", tmp_path / "corrected.txt"
        run("score", small, "-f", form, "-o", table)
        corrected = SMALL.replace(" ،", "،")
        edited = table.read_text(encoding="utf-8-sig")
        cell = SMALL.strip()
        position = edited.rindex(cell)
        edited = edited[:position] + corrected.strip() + edited[position + len(cell) :]
        table.write_text(edited, encoding="utf-8")
        result = run("apply", "small.txt", table, "--reviewer", "Desk")
        assert result.stderr.strip().endswith(": 1")
        run("export", "small.txt", "-o", out)
        assert out.read_text(encoding="utf-8") == corrected
        audit = records(run("export", "small.txt", "-f", "jsonl").stdout)[0]
        assert audit["target"] == SMALL.strip()
        assert audit["decisions"][0]["reviewer"] == "Desk"
        assert audit["decisions"][0]["after"] == corrected.strip()

    def test_uncorrected_text_is_the_file_to_the_byte(self, run, article_path):
        run("score", article_path)
        assert run("export", article_path.name).stdout_bytes == article_path.read_bytes()

    def test_rows_of_another_review_change_nothing(
        self, run, small, article_path, tmp_path, records
    ):
        table = tmp_path / "edit.jsonl"
        run("score", article_path, "-f", "jsonl", "-o", table)
        run("score", small)
        edited = [
            {**line, "corrected": f"{line['target']} و"} for line in records(table.read_text())
        ]
        table.write_text("".join(f"{json.dumps(line)}\n" for line in edited))
        run("apply", "small.txt", table, code=ExitCode.BAD_INPUT)
        assert run("export", "small.txt").stdout == SMALL

    def test_unknown_review_names_those_there_are(self, run, small):
        run("score", small)
        assert "small.txt" in run("export", "smal.txt", code=ExitCode.STORE).stderr

    def test_reviews_are_listed_and_deleted(self, run, small):
        run("score", small)
        assert "small.txt" in run("reviews", "list").stdout
        run("reviews", "delete", "small.txt", "--yes")
        assert "small.txt" not in run("reviews", "list").stdout


class TestFlags:
    """``mtreview flags``."""

    def test_a_line_a_flag(self, run, small):
        line = run("flags", small).stdout
        start = SMALL.index(" ،")
        assert f"small.txt:1:{start}-{start + 1}: minor space-before-punctuation" in line

    def test_jsonl(self, run, small, records):
        flag = records(run("flags", small, "-f", "jsonl").stdout)[0]
        assert flag["schema_version"] == 1
        assert flag["segment_id"] == "1"

    @pytest.mark.parametrize(("severity", "code"), [("minor", 1), ("critical", 0)])
    def test_gate(self, run, small, severity, code):
        run("flags", small, "--fail-on", severity, code=code)


class TestChecks:
    """``mtreview checks``."""

    def test_list_and_explain_every_check(self, run, records):
        for check in records(run("checks", "list", "--json").stdout):
            assert check["title"] and check["title_ar"]
            assert len(run("checks", "explain", check["id"]).stdout) > 200

    def test_a_wrong_name_gets_the_near_ones(self, run):
        assert "brackets" in run("checks", "explain", "bracket", code=ExitCode.USAGE).stderr


def test_a_closed_pipe_is_no_error(small, tmp_path):
    command = f"'{sys.executable}' -m mtreview checks list --json | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1
