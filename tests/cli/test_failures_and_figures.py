"""What goes wrong ends in one line and its code; corpus figures."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mtreview.cli import main
from mtreview.cli.exit_codes import ExitCode
from mtreview.errors import ModelError
from mtreview.pipeline import Pipeline

COMMAND = f"'{sys.executable}' -m mtreview"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)


class TestStandardOutput:
    """Standard output can be full, closed, or read by somebody who leaves."""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_full(self):
        done = shell(f"{COMMAND} checks list > /dev/full")
        assert done.returncode == ExitCode.NO_OUTPUT
        assert done.stderr.count("\n") == 1
        assert "No space left" in done.stderr

    def test_closed(self):
        done = shell(f"{COMMAND} checks list >&-")
        assert done.returncode == ExitCode.NO_OUTPUT
        assert "standard output" in done.stderr

    def test_a_reader_that_leaves_is_no_error(self):
        done = shell(f"set -o pipefail; {COMMAND} checks manual | head -c 0")
        assert (done.returncode, done.stderr) == (0, "")

    def test_standard_input_that_is_closed(self):
        done = shell(f"{COMMAND} flags - <&-")
        assert done.returncode == ExitCode.BAD_INPUT
        assert "it is closed" in done.stderr


class TestFailures:
    """Failures in the middle of the work."""

    def test_a_model_that_fails(self, run, small, engines, monkeypatch, tmp_path):
        def fail(texts):
            raise ModelError("the model failed (out of memory)", where="letters")

        monkeypatch.setattr(engines.back, "translate", fail)
        out = tmp_path / "out.jsonl"
        result = run("score", small, "-f", "jsonl", "-o", out, code=ExitCode.NO_MODEL)
        assert "out of memory" in result.stderr
        assert not out.exists()

    def test_a_device_may_lie_where_no_file_can_be_made(self, run, small, monkeypatch):
        monkeypatch.setattr(os, "access", lambda path, mode: str(path) != "/dev")
        run("score", small, "-o", os.devnull)

    def test_a_stop_in_the_middle(self, run, small, engines, monkeypatch, tmp_path):
        def stop(texts):
            raise KeyboardInterrupt

        out = tmp_path / "out.jsonl"
        with monkeypatch.context() as patch:
            patch.setattr(engines.back, "translate", stop)
            result = run("score", small, "-f", "jsonl", "-o", out, code=ExitCode.INTERRUPTED)
        assert result.stderr == "mtreview: stopped\n"
        assert not out.exists()
        run("score", small, "-f", "jsonl", "-o", out)
        assert out.exists()

    def test_a_defect_is_one_line(self, small, monkeypatch, capsys):
        def fail(self, document, index, back_translation):
            raise ZeroDivisionError("division\nby zero")

        monkeypatch.setattr(Pipeline, "flags", fail)
        monkeypatch.setattr(sys, "argv", ["mtreview", "flags", str(small)])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == ExitCode.DEFECT
        message = capsys.readouterr().err
        assert message.count("\n") == 1
        assert "ZeroDivisionError: division by zero" in message
        monkeypatch.setenv("MTREVIEW_TRACEBACK", "1")
        with pytest.raises(ZeroDivisionError):
            main()

    def test_a_real_interrupt_has_the_documented_code(self, tmp_path):
        pipe = tmp_path / "slow.txt"
        os.mkfifo(pipe)
        process = subprocess.Popen(
            [sys.executable, "-m", "mtreview", "flags", str(pipe)],
            stderr=subprocess.PIPE,
            text=True,
            # A shell that runs the tests in the background has them ignore interrupts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        with process, pipe.open("wb"):  # opens once the command reads
            process.send_signal(signal.SIGINT)
            _, message = process.communicate(timeout=60)
        assert process.returncode == ExitCode.INTERRUPTED
        assert message == "mtreview: stopped\n"


class TestOptions:
    """Options that are wrong are told before the work begins."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ("score", "--language", "fr"),
            ("score", "--input-format", "docx"),
            ("flags", "--format", "csv"),
        ],
    )
    def test_unknown_values(self, run, small, arguments):
        run(arguments[0], small, *arguments[1:], code=ExitCode.USAGE)

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ("[checks.options.calques]\nfil = 'a'", "no option 'fil'. Its options: builtin, file"),
            ("[checks]\ndisable = ['bracket']", "Did you mean brackets"),
        ],
    )
    def test_unknown_checks_and_their_options(self, run, small, tmp_path, settings, message):
        path = tmp_path / "settings.toml"
        path.write_text(settings)
        assert message in run("flags", small, "-c", path, code=ExitCode.USAGE).stderr

    def test_files_of_one_name_are_refused_before_they_are_scored(self, run, small, tmp_path):
        other = tmp_path / "other" / small.name
        other.parent.mkdir()
        other.write_bytes(small.read_bytes())
        out = tmp_path / "out"
        result = run("score", small, other, "-o", out, code=ExitCode.BAD_INPUT)
        assert "two files have this name" in result.stderr
        assert not list(out.iterdir())

    def test_several_results_do_not_go_to_a_file(self, run, small, article_path, tmp_path):
        out = tmp_path / "out"
        out.write_text("before")
        result = run("score", small, article_path, "-o", out, code=ExitCode.NO_OUTPUT)
        assert "several results go to a folder" in result.stderr
        assert out.read_text() == "before"

    @pytest.mark.parametrize("form", ["csv", "html"])
    def test_nor_into_one_stream_that_nothing_reads(self, run, small, article_path, form):
        result = run("score", small, article_path, "-f", form, "-o", "-", code=ExitCode.USAGE)
        assert "Give a folder with -o" in result.stderr
        assert result.stdout == ""

    def test_a_dash_is_standard_output(self, run, small, tmp_path, monkeypatch, records):
        monkeypatch.chdir(tmp_path)
        assert len(records(run("score", small, "-f", "jsonl", "-o", "-").stdout)) == 1
        assert not (tmp_path / "-").exists()

    def test_another_list_of_calques_is_scored_again(self, run, small, tmp_path, records):
        calques, config = tmp_path / "calques.txt", tmp_path / "settings.toml"
        config.write_text(f"[checks.options.calques]\nfile = '{calques}'")
        calques.write_text("")
        arguments = ("score", small, "-f", "jsonl", "-c", config)
        assert "calques" not in {f["check"] for f in records(run(*arguments).stdout)[0]["flags"]}
        calques.write_text("الدبلوماسيون | a test | اختبار | المبعوثون\n")
        from mtreview.checks import calques as check

        check._from_file.cache_clear()
        assert "calques" in {f["check"] for f in records(run(*arguments).stdout)[0]["flags"]}

    def test_a_name_in_another_encoding(self, run, small, records):
        path = os.fsencode(small.parent) + b"/\xe3\xde.txt"
        Path(os.fsdecode(path)).write_bytes(small.read_bytes())
        assert len(records(run("score", os.fsdecode(path), "-f", "jsonl").stdout)) == 1

    @pytest.mark.parametrize("form", ["text", "txt", ".txt"])
    def test_a_format_by_id_or_ending(self, run, small, form):
        run("score", small)
        assert run("export", small.name, "--format", form).stdout_bytes == small.read_bytes()

    def test_texts_are_translated_once_over_several_files(self, run, small, engines, tmp_path):
        files = [tmp_path / f"{number}.txt" for number in range(4)]
        for file in files:
            file.write_bytes(small.read_bytes())
        run("score", *files, "-f", "jsonl")
        assert len(engines.back.calls) == 1


class TestCorpusScores:
    """A document's scores are in the table, the HTML report and the summary."""

    @pytest.fixture
    def rows(self, tmp_path) -> Path:
        path = tmp_path / "rows.csv"
        lines = (
            "ar,en,ref",
            "التقوا في إسطنبول.,They met.,اجتمعوا في إسطنبول.",
            "نعم هنا.,Yes.,نعم.",
        )
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def test_summary(self, run, rows, small, tmp_path):
        out = tmp_path / "figures.json"
        run("score", rows, small, "-f", "jsonl", "--summary", out)
        figures = json.loads(out.read_text(encoding="utf-8"))
        assert [document["document"] for document in figures["documents"]] == [
            "rows.csv",
            "small.txt",
        ]
        whole = figures["corpus"]
        assert whole["segments"] == 3
        assert whole["words"] == sum(document["words"] for document in figures["documents"])
        assert whole["mqm"]["interval"][0] <= whole["mqm"]["value"] <= whole["mqm"]["interval"][1]
        scores = {score["metric"]: score for score in figures["documents"][0]["scores"]}
        assert {
            f"{basis}_{name}"
            for basis in ("source", "reference")
            for name in ("chrf", "bleu", "ter")
        } <= set(scores)
        assert all(score["signature"] and score["basis"] for score in scores.values())
        assert scores["reference_chrf"]["signature"].endswith("|n:2")

    def test_the_value_is_that_of_sacrebleu_over_all_segments(self, run, rows, tmp_path):
        from sacrebleu import corpus_chrf

        out = tmp_path / "figures.json"
        run("score", rows, "--summary", out)
        document = json.loads(out.read_text(encoding="utf-8"))["documents"][0]
        value = next(s["value"] for s in document["scores"] if s["metric"] == "reference_chrf")
        expected = corpus_chrf(
            ["التقوا في إسطنبول.", "نعم هنا."], [["اجتمعوا في إسطنبول.", "نعم."]]
        )
        assert value == pytest.approx(expected.score)

    def test_table_and_report(self, run, rows, small):
        table = run("score", rows, small).stdout
        assert "reference_chrf" in table
        assert "2 documents" in table
        assert "reference_chrf" in run("score", rows, "-f", "html").stdout

    def test_a_summary_that_cannot_be_written_is_told_first(self, run, rows, tmp_path):
        summary = tmp_path / "no" / "figures.json"
        result = run("score", rows, "--summary", summary, code=ExitCode.NO_OUTPUT)
        assert result.stdout == ""


def test_one_result_may_go_to_a_folder_too(run, small, tmp_path):
    run("score", small, "-f", "jsonl", "-o", tmp_path)
    assert (tmp_path / "small.txt.jsonl").exists()


def test_a_review_is_not_deleted_without_a_yes(run, small):
    run("score", small)
    run("reviews", "delete", small.name, input="n\n", code=ExitCode.INTERRUPTED)
    run("reviews", "delete", small.name, input="", code=ExitCode.INTERRUPTED)
    assert small.name in run("reviews", "list").stdout


class TestResultFiles:
    """A result takes the place of a file as an editor's save does."""

    def test_a_link_and_its_permissions_stay(self, run, small, tmp_path):
        place, link = tmp_path / "place.jsonl", tmp_path / "link.jsonl"
        place.touch(mode=0o600)
        link.symlink_to(place)
        run("score", small, "-f", "jsonl", "-o", link)
        assert link.is_symlink()
        assert place.read_bytes()
        assert place.stat().st_mode & 0o777 == 0o600

    def test_the_longest_name(self, run, small, tmp_path):
        out = tmp_path / ("ن" * 127)
        run("score", small, "-f", "jsonl", "-o", out)
        assert out.read_bytes()
