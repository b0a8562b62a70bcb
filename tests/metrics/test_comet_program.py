"""COMET as a separate program.

The program is started for real, under this Python, with a stand-in for the package ``comet`` that
has the functions which are used. Where ``MTREVIEW_COMET`` names a Python that has COMET itself, a
tiny model of the real kind is built and asked as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from mtreview.errors import ModelError
from mtreview.metrics import _comet_program
from mtreview.metrics._comet_program import VARIABLE, Comet, find_python
from mtreview.metrics._family import Options

HERE = Path(__file__).parent
REAL = os.environ.get(VARIABLE, "")
ROWS = [("The minister said.", "قال الوزير."), ("The talks", "المحادثات"), ("a\n b\ud800", "ج")]

STAND_IN = '''
"""What mtreview uses of COMET, behaving like it, noise on standard output included."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

print("a library says hello on standard output")


def download_model(model, saving_directory=None, local_files_only=False):
    if model != "owner/known":
        raise KeyError(f"Model '{model}' not supported by COMET.")
    return os.environ["STAND_IN_HUB"] + "/snapshots/0123456789abcdef/checkpoints/model.ckpt"


def load_from_checkpoint(path):
    path = Path(path)
    if not path.is_file():
        raise Exception(f"Invalid checkpoint path: {path}")
    return Model(path.read_text())


class Model:
    def __init__(self, kind):
        self.kind = kind

    def eval(self):
        print("so does the model")

    def requires_references(self):
        return self.kind == "reference"

    def predict(self, samples, batch_size=16, gpus=1, progress_bar=True):
        assert gpus == 0 and not progress_bar
        assert all(set(sample) == {"src", "mt"} for sample in samples)
        if samples[0]["src"] == "die":
            print("out of memory", file=sys.stderr)
            os._exit(9)
        if samples[0]["src"] == "fail":
            raise RuntimeError("it does not fit")
        return SimpleNamespace(scores=[len(s["src"]) / len(s["mt"]) for s in samples])
'''


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Let this Python have a COMET, and return the folder in which models can be laid."""
    packages, hub = tmp_path / "packages", tmp_path / "hub"
    (packages / "comet").mkdir(parents=True)
    (packages / "comet" / "__init__.py").write_text(STAND_IN, encoding="utf-8")
    facts = packages / "unbabel_comet-2.2.7.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: unbabel-comet\nVersion: 2.2.7\n")
    monkeypatch.setenv("PYTHONPATH", str(packages))
    monkeypatch.setenv(VARIABLE, sys.executable)
    monkeypatch.setenv("STAND_IN_HUB", str(hub))
    lay(hub / "snapshots" / "0123456789abcdef")
    return tmp_path


def lay(folder, kind="source", card="---\nlicense: cc-by-nc-sa-4.0\n---\n"):
    """Write what a model of the stand-in is."""
    (folder / "checkpoints").mkdir(parents=True)
    (folder / "checkpoints" / "model.ckpt").write_text(kind, encoding="utf-8")
    (folder / "hparams.yaml").write_text("class_identifier: x\n", encoding="utf-8")
    (folder / "README.md").write_text(card, encoding="utf-8")
    return folder


@pytest.fixture
def start():
    """Return a function that starts COMET; it is ended after the test."""
    running = []

    def start(model, options=None):
        running.append(Comet(str(model), options or Options()))
        return running[-1]

    yield start
    for each in running:
        each.close()


def test_a_folder_is_read_and_asked_again_and_again(stand_in, start):
    comet = start(lay(stand_in / "mine"))
    assert comet.licence == "cc-by-nc-sa-4.0"
    assert comet.signature.startswith("comet|model:mine|files:")
    assert comet.signature.endswith("|unbabel-comet:2.2.7|precision:float32|version:1")
    assert comet.score(ROWS) == [round(18 / 11, 6), 1.0, 4.0]
    assert comet.score(ROWS[:1]) == [round(18 / 11, 6)]


def test_a_model_of_the_hub_has_its_revision(stand_in, start):
    comet = start("owner/known")
    assert "|model:owner/known|revision:0123456789ab|" in comet.signature


def test_a_checkpoint_alone_is_enough(stand_in, start):
    folder = lay(stand_in / "mine")
    assert "|model:mine|" in start(folder / "checkpoints" / "model.ckpt").signature


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("owner/unknown", r"owner/unknown: COMET failed .*not supported by COMET.*Check the name"),
        ("empty", "Invalid checkpoint path"),
        ("needs-reference", "needs a human translation"),
    ],
)
def test_a_model_that_cannot_be_had(stand_in, start, monkeypatch, model, message):
    monkeypatch.chdir(stand_in)
    (stand_in / "empty").mkdir()
    lay(stand_in / "needs-reference", "reference")
    with pytest.raises(ModelError, match=message):
        start(model)


@pytest.mark.parametrize(("word", "message"), [("fail", "does not fit"), ("die", "out of memory")])
def test_a_failure_is_told_with_its_cause(stand_in, start, word, message):
    comet = start(lay(stand_in / "mine"))
    with pytest.raises(ModelError, match=message) as caught:
        comet.score([(word, "x")])
    assert caught.value.hint
    assert comet.score([("ab", "c")]) == [2.0], "it is started again"


def test_an_environment_without_comet(stand_in, start, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "")
    with pytest.raises(ModelError, match="No module named 'comet'"):
        start(lay(stand_in / "mine"))


def test_comet_is_found_beside_its_command(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    with pytest.raises(ModelError, match=r"COMET is not installed.*setuptools<81"):
        find_python()
    inside = tmp_path / "environment" / "bin"
    inside.mkdir(parents=True)
    (tmp_path / "path").mkdir()
    for name in ("python", "comet-score"):
        (inside / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (inside / name).chmod(0o755)
    (tmp_path / "path" / "comet-score").symlink_to(inside / "comet-score")
    assert find_python() == inside / "python"


def test_a_variable_that_names_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "python"))
    with pytest.raises(ModelError, match="there is no Python at"):
        find_python()


def test_the_worker_needs_nothing_of_mtreview():
    text = _comet_program.WORKER.read_text(encoding="utf-8")
    assert "from mtreview" not in text
    assert "import mtreview" not in text


@pytest.mark.skipif(not REAL, reason=f"{VARIABLE} names no Python that has COMET")
def test_the_real_comet(tmp_path, start):
    tiny = run_path(str(HERE / "tiny_encoders.py"))
    base = tiny["build_encoder"](tmp_path / "base", roberta=True)
    command = [REAL, str(HERE / "tiny_comet.py"), str(base), str(tmp_path / "model")]
    subprocess.run(command, check=True, capture_output=True)
    comet = start(tmp_path / "model", Options(threads=1))
    values = comet.score([*ROWS, *ROWS])
    assert len(set(values[:2])) == 2
    assert values[:3] == pytest.approx(values[3:], abs=1e-5)
    assert "|unbabel-comet:2." in comet.signature
