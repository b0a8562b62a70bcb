"""The configuration: what it takes, and every way in which it can be wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mtreview import config as module
from mtreview.config import CheckSettings, Config
from mtreview.errors import ConfigError
from mtreview.model import Severity


@pytest.fixture
def load(tmp_path):
    def load(text: str | bytes) -> Config:
        path = tmp_path / "settings.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Config.load(path)

    return load


def test_an_empty_file_is_the_default(load):
    assert load("") == Config()


def test_the_example_in_the_manual_is_valid(load):
    example = "\n".join(re.findall(r"^    (.*)$", module.__doc__, re.MULTILINE))
    config = load(example)
    assert config.checks.disable == ("tatweel",)
    assert config.checks.severity == {"untranslated-latin": Severity.MINOR}
    assert config.checks.options == {"calques": {"file": "calques.txt"}}
    assert config.metrics == {"encoder": "", "comet": ""}
    assert config.store.url == "sqlite:///reviews.db"
    assert config.engine == Config().engine
    assert config.languages == Config().languages


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[checks]\ndisabled = []", r"unknown key 'checks\.disabled'\. Did you mean 'disable'\?"),
        ("[x]", r"unknown key 'x'\. Known: checks, engine, languages, metrics, store\."),
        ("checks = 3", "'checks' must be a table, not 3"),
        ("[engine]\npack = 3", r"'engine\.pack' must be a text, not 3"),
        ("[engine]\nbeam_size = '1'", r"'engine\.beam_size' must be a whole number, not '1'"),
        ("[engine]\nbeam_size = true", r"'engine\.beam_size' must be a whole number, not True"),
        ("[engine]\nbeam_size = 1.5", r"'engine\.beam_size' must be a whole number, not 1\.5"),
        ("[engine]\nbeam_size = 0", r"'engine\.beam_size' must be at least 1, not 0"),
        ("[engine]\nbatch_tokens = 0", r"'engine\.batch_tokens' must be at least 1, not 0"),
        ("[engine]\nthreads = -1", r"'engine\.threads' must be at least 0, not -1"),
        ("[engine]\ndevice = 'tpu'", r"'engine\.device' is 'tpu'\. Use cpu, cuda, auto\."),
        ("[languages]\ninterface = 'fr'", r"'languages\.interface' is 'fr'\. Use en, ar\."),
        ("[checks]\ndisable = 'tatweel'", r"'checks\.disable' must be a list of texts"),
        ("[checks]\nenable = [1]", r"'checks\.enable' must be a list of texts, not \[1\]"),
        ("[checks]\nseverity = 'minor'", r"'checks\.severity' must be a table"),
        ("[checks.severity]\ntatweel = 'bad'", "'bad' is not a valid.*Use neutral, minor, major"),
        ("[checks.severity]\ntatweel = 1", "1 is not a valid"),
        ("[checks]\noptions = 1", r"'checks\.options' must be a table, not 1"),
        ("[checks.options]\ncalques = 1", r"'checks\.options\.calques' must be a table, not 1"),
        ("metrics = 'LaBSE'", r"'metrics' must be a table, not 'LaBSE'"),
        ("[metrics]\nencoder = true", r"'metrics\.encoder' must be a text, not True"),
        ("[checks", "not valid TOML"),
        ("a = 1\na = 2", "not valid TOML"),
        (b"\xff\xfe", "cannot read the configuration"),
    ],
)
def test_wrong(load, text, message):
    with pytest.raises(ConfigError, match=message) as caught:
        load(text)
    assert caught.value.where is not None
    assert caught.value.where.endswith("settings.toml")


@pytest.mark.parametrize("name", ["", "nowhere.toml"])
def test_a_folder_or_no_file(tmp_path: Path, name):
    with pytest.raises(ConfigError, match="cannot read the configuration"):
        Config.load(tmp_path / name)


def test_the_engine_of_the_command_line_wins(load):
    config = load("[engine]\npack = 'one'\nbeam_size = 4").with_engine(pack="two")
    assert (config.engine.pack, config.engine.beam_size) == ("two", 4)


def test_the_metrics_of_the_command_line_win(load):
    config = load("[metrics]\nencoder = 'one'\ncomet = 'two'").with_metrics({"comet": ""})
    assert config.metrics == {"encoder": "one", "comet": ""}


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        (CheckSettings(), True),
        (CheckSettings(enable=("a",)), True),
        (CheckSettings(enable=("b",)), False),
        (CheckSettings(disable=("a",)), False),
        (CheckSettings(enable=("a",), disable=("a",)), False),
    ],
)
def test_which_checks_run(settings, runs):
    assert settings.runs("a") is runs
