"""The scripts of the training folder, which is no package."""

import importlib
import runpy
import sys
from pathlib import Path

import pytest

from mtreview.engines._conversion import quiet

TRAINING = Path(__file__).resolve().parents[2] / "training"


@pytest.fixture
def script(monkeypatch):
    """Return a function that imports a script by its name."""
    monkeypatch.syspath_prepend(str(TRAINING))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if str(TRAINING) in str(getattr(sys.modules[name], "__file__", "")):
            sys.modules.pop(name)


@pytest.fixture(scope="session")
def translation_model(tiny, tmp_path_factory):
    """The folder of a tiny model that knows its pairs by the prompts of training, without words."""
    prompts = runpy.run_path(str(TRAINING / "prompts.py"))["PROMPTS"]
    folder = tmp_path_factory.mktemp("training") / "model"
    with quiet():
        return tiny.build_gemma(
            folder, {name: prompt.replace("{words}", "") for name, prompt in prompts.items()}
        )


@pytest.fixture
def one_thread():
    """Let torch use one thread: more get into each other's way on matrices this small."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
