"""``--glossary`` and ``[engine] glossary``: one file for the engines and the check."""

from __future__ import annotations

import pytest

from mtreview.cli.exit_codes import ExitCode
from mtreview.text.glossary import Glossary

ROWS = (
    '{"target": "قالت الحكومة إن المحادثات مستمرة.", "source": "The Kremlin said the talks go."}\n'
    '{"target": "قال الكرملين إن المحادثات مستمرة.", "source": "The Kremlin said the talks go."}\n'
)
TOLD = "The glossary changes no translation of gemma3-ar-en"


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def terms(tmp_path):
    path = tmp_path / "terms.tsv"
    path.write_text("# names\nالكرملين\tthe Kremlin\n", encoding="utf-8")
    return path


def found(lines):
    return [[f for f in line["flags"] if f["check"] == "terminology"] for line in lines]


def test_a_missing_term_is_flagged_and_the_engine_told_of(run, records, rows, terms):
    done = run("score", rows, "--glossary", terms, "-f", "jsonl")
    (flag,), none = found(records(done.stdout))
    assert not none
    assert (flag["severity"], flag["category"]) == ("major", "terminology")
    assert flag["reason"] == "the source has “Kremlin”, which the glossary calls الكرملين"
    assert done.stderr.count(TOLD) == 1
    plain = run("score", rows, "-f", "jsonl")
    assert found(records(plain.stdout)) == [[], []]
    assert TOLD not in plain.stderr


def test_the_configuration_names_it_too(run, records, rows, terms, tmp_path):
    config = tmp_path / "settings.toml"
    config.write_text(f'[engine]\nglossary = "{terms.as_posix()}"\n', encoding="utf-8")
    assert found(records(run("score", rows, "-c", config, "-f", "jsonl").stdout))[0]


def test_an_engine_that_shows_the_terms_is_not_told_of(run, rows, terms, engines):
    signature = Glossary.load(str(terms)).signature
    for engine in (engines.back, engines.forward):
        engine.signature += f"|{signature}"
    assert TOLD not in run("score", rows, "--glossary", terms).stderr


def test_flags_need_no_model_for_it(run, rows, terms):
    done = run("flags", rows, "--glossary", terms)
    assert done.stdout.count(" major terminology: ") == 1
    assert TOLD not in done.stderr


def test_another_glossary_makes_old_results_stale(run, records, rows, terms):
    command = ("score", rows, "--glossary", terms, "-f", "jsonl")
    assert found(records(run(*command).stdout))[0]
    terms.write_text("الحكومة\tthe Kremlin\n", encoding="utf-8")
    assert not found(records(run(*command).stdout))[0]


def test_a_wrong_line_is_said_in_a_line(run, rows, terms):
    terms.write_text("# names\nKremlin\n", encoding="utf-8")
    done = run("score", rows, "--glossary", terms, code=ExitCode.USAGE)
    assert f"{terms.name}:2: no term: 'Kremlin'" in done.stderr.replace("\n", "")
    assert done.stdout == ""
