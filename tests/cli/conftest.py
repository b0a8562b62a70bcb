"""The commands as a user runs them, with an engine that needs no model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mtreview.cli.app import app
from mtreview.cli.exit_codes import ExitCode
from mtreview.pipeline import Engines

SMALL = "التقى الدبلوماسيون في إسطنبول ، يوم الخميس.\n"


@pytest.fixture(autouse=True)
def engines(monkeypatch, letter_engine):
    """Let every command use engines that need no model, and return them."""
    engines = Engines(letter_engine("ar", "en"), letter_engine("en", "ar"))
    monkeypatch.setattr(Engines, "open", classmethod(lambda cls, config: engines))
    return engines


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("MTREVIEW_STORE", str(tmp_path / "reviews.db"))


@pytest.fixture
def run():
    def run(*arguments, code=ExitCode.GOOD, **options):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], **options)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return run


@pytest.fixture
def records():
    """Return a function that reads JSON lines."""

    def records(text: str) -> list[dict]:
        return [json.loads(line) for line in text.splitlines()]

    return records


@pytest.fixture
def small(tmp_path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path
