"""``--metric`` and ``[metrics]``: scores of a model in every output; what goes wrong, in a line."""

from __future__ import annotations

import json
from pathlib import Path
from runpy import run_path

import pytest

from mtreview.cli.exit_codes import ExitCode

TINY = run_path(str(Path(__file__).parents[1] / "metrics" / "tiny_encoders.py"))
ROWS = (
    '{"target": "وصل الوفد، ثم غادر.", "source": "The delegation came, then left."}\n'
    '{"target": "قال الوزير إن المحادثات مستمرة."}\n'
)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return TINY["build_encoder"](tmp_path_factory.mktemp("models") / "tiny-encoder")


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_the_scores_stand_in_every_output(run, records, rows, encoder, tmp_path):
    asked = ("score", rows, "--metric", f"encoder={encoder}")
    done = run(*asked, "--format", "jsonl", "--summary", tmp_path / "summary.json")
    assert "licence mit" in done.stderr
    scores = [{s["metric"]: s for s in record["scores"]} for record in records(done.stdout)]
    first, second = scores[0]["encoder_source"], scores[1]["encoder_back_translation"]
    assert (first["basis"], second["basis"]) == ("source", "target_only")
    assert -1 <= first["value"] <= 1
    assert first["signature"].startswith("cosine|model:tiny-encoder|files:")
    assert first["explanation"] == "tiny-encoder, licence mit"
    assert "encoder_back_translation" not in scores[0]
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))["documents"][0]
    assert {"encoder_source", "encoder_back_translation"} <= {
        s["metric"] for s in summary["scores"]
    }
    assert "encoder_source" in run(*asked).stdout
    assert "tiny-encoder, licence mit" in run(*asked, "--format", "html").stdout


def test_the_configuration_switches_it_on_too(run, rows, encoder, tmp_path):
    config = tmp_path / "settings.toml"
    config.write_text(f'[metrics]\nencoder = "{encoder}"\n', encoding="utf-8")
    assert "encoder_source" in run("score", rows, "--config", config).stdout
    assert "encoder_source" not in run("score", rows).stdout


def test_a_licence_that_forbids_commercial_use_is_told(run, rows, monkeypatch, tmp_path):
    monkeypatch.setenv("MTREVIEW_COMET", str(tmp_path / "nothing"))
    done = run(
        "score", rows, "--metric", "comet=Unbabel/wmt22-cometkiwi-da", code=ExitCode.NO_MODEL
    )
    assert "licence cc-by-nc-sa-4.0: no commercial use" in done.stderr
    assert "there is no Python at" in done.stderr


@pytest.mark.parametrize(
    ("metric", "code", "message"),
    [
        ("encoder", ExitCode.USAGE, "'encoder' names no model"),
        ("=model", ExitCode.USAGE, "names no model"),
        ("encodr=x/y", ExitCode.USAGE, "Did you mean 'encoder'?"),
        ("encoder=/no/such/folder", ExitCode.NO_MODEL, "there is no such folder"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(run, rows, metric, code, message):
    done = run("score", rows, "--metric", metric, code=code)
    assert message in done.stderr
    assert done.stdout == ""


def test_the_models_are_listed_with_their_licences(run):
    text = run("models", "metrics").stdout
    assert "sentence-transformers/LaBSE" in text
    line = next(line for line in text.splitlines() if "cometkiwi-da " in line)
    assert "cc-by-nc-sa-4.0" in line
    assert "forbidden" in line
