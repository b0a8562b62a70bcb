"""What the server of the page is started with reaches it, and its looks come with the package."""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

from mtreview.errors import ConfigError
from mtreview.ui import sharing

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def started(monkeypatch):
    """Return a function that starts the page from the command line; it gives back what is set."""
    review = import_module("mtreview.cli.review")
    seen = {}

    class Ended:
        returncode = 0

    def run(command, *, env, check):
        seen.update(env, COMMAND=command)
        return Ended()

    monkeypatch.setattr(review.subprocess, "run", run)

    def start(*arguments):
        assert review._serve(*arguments, open_browser=False) == 0
        return seen

    return start


def test_the_engine_of_the_command_line_reaches_the_page(started, monkeypatch):
    environment = started("abc", 8600, None, "some/engine")
    assert environment["MTREVIEW_REVIEW"] == "abc"
    assert "8600" in environment["COMMAND"]
    monkeypatch.setenv("MTREVIEW_ENGINE", environment["MTREVIEW_ENGINE"])
    monkeypatch.delenv("MTREVIEW_CONFIG", raising=False)
    assert sharing.config.__wrapped__().engine.pack == "some/engine"


def test_the_configuration_of_the_command_line_reaches_the_page(started, monkeypatch, tmp_path):
    path = tmp_path / "mtreview.toml"
    path.write_text('[engine]\npack = "one"\n[languages]\ninterface = "ar"\n', encoding="utf-8")
    environment = started("", 8600, path, None)
    monkeypatch.setenv("MTREVIEW_CONFIG", environment["MTREVIEW_CONFIG"])
    monkeypatch.delenv("MTREVIEW_ENGINE", raising=False)
    config = sharing.config.__wrapped__()
    assert (config.engine.pack, config.languages.interface) == ("one", "ar")
    path.write_text("[engines]\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        sharing.config.__wrapped__()


def test_a_checkout_looks_like_the_package():
    packaged = files("mtreview.ui").joinpath(".streamlit", "config.toml").read_text("utf-8")
    assert (ROOT / ".streamlit" / "config.toml").read_text("utf-8") == packaged
    assert "[theme.dark]" in packaged
