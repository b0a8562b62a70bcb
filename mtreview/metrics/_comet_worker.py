"""Runs COMET in an environment of its own, and answers with a line of JSON for each line it gets.

Started as a file by the Python of that environment, never imported: it needs nothing of mtreview,
and mtreview needs nothing of it. Its first answer tells that the model is loaded, from which file
and by which version of COMET, or why it is not. Then each line of rows ``[source, translation]``
is answered by their numbers. It ends when its input does.

What COMET and its libraries print goes to standard error, so that answers stay whole.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

BATCH = 8
"""Rows that the model reads at once."""


def main() -> None:
    """Load the model that the arguments name, and answer until the input ends."""
    name, threads, gpus = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    try:
        checkpoint, model = _load(name, threads)
    except BaseException as error:  # noqa: BLE001 - whatever the libraries stumble over
        traceback.print_exc()
        _answer(answers, {"error": f"{type(error).__name__}: {error}"})
        return
    _answer(answers, {"checkpoint": str(checkpoint), "version": version("unbabel-comet")})
    for line in sys.stdin.buffer:
        samples = [{"src": source, "mt": text} for source, text in json.loads(line)]
        try:
            found = model.predict(samples, batch_size=BATCH, gpus=gpus, progress_bar=False)
            _answer(answers, {"values": [float(value) for value in found.scores]})
        except Exception as error:  # noqa: BLE001
            traceback.print_exc()
            _answer(answers, {"error": f"{type(error).__name__}: {error}"})


def _load(name: str, threads: int) -> tuple[Path, Any]:
    """Return the checkpoint of a folder, a file or a hub id, and the loaded model."""
    here = str(Path(__file__).resolve().parent)
    sys.path[:] = [entry for entry in sys.path if entry != here]  # a comet.py lies beside this file
    comet: Any = importlib.import_module("comet")
    if threads:
        import torch

        torch.set_num_threads(threads)
    path = Path(name)
    if path.is_dir():
        path = path / "checkpoints" / "model.ckpt"
    elif not path.is_file():
        path = Path(comet.download_model(name))
    model = comet.load_from_checkpoint(str(path))
    model.eval()
    if model.requires_references():
        raise ValueError("the model needs a human translation to compare with")
    return path, model


def _answer(answers: IO[str], values: dict[str, Any]) -> None:
    answers.write(json.dumps(values) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
