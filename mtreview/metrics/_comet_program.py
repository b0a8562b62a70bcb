"""COMET as a separate program: its environment is found, the model loaded there once, then asked.

What: ``_comet_worker.py`` runs under the Python that ``MTREVIEW_COMET`` names, or else under the
one beside the command ``comet-score``, which an installation of COMET puts on the path. It stays
alive while mtreview does, since loading takes longer than scoring a page. Texts go to it and
numbers come back; nothing else is shared.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

from mtreview.errors import ModelError
from mtreview.metrics._family import Options, known_licence, one_line
from mtreview.metrics._model_files import content_of, licence_of

VARIABLE: Final = "MTREVIEW_COMET"
"""Environment variable that names the Python of the environment with COMET in it."""

COMMAND: Final = "comet-score"
WORKER: Final = Path(__file__).with_name("_comet_worker.py")
INSTALL: Final = (
    "Put it into an environment of its own (pip install 'unbabel-comet>=2.2.7,<3' 'setuptools<81'),"
    f" and let {VARIABLE} name the Python of that environment."
)
REACH: Final = (
    "Check the name; a model of the hub is fetched once, over the network, and some only after"
    " a login: hf auth login"
)


def find_python() -> Path:
    """Return the Python of the environment that has COMET.

    Raises:
        ModelError: There is none.
    """
    named = os.environ.get(VARIABLE)
    if named:
        python = Path(named)
    else:
        command = shutil.which(COMMAND)
        if not command:
            raise ModelError("COMET is not installed", where="comet", hint=INSTALL)
        python = Path(command).resolve().with_name("python")
    if not os.access(python, os.X_OK) or python.is_dir():
        raise ModelError(f"there is no Python at {python}", where=named or "comet", hint=INSTALL)
    return python


class Comet:
    """A running COMET with its model loaded."""

    def __init__(self, model: str, options: Options) -> None:
        """Start it.

        Args:
            model: A folder, a checkpoint, or an id on the hub.
            options: How it runs; ``auto`` is the processor here.

        Raises:
            ModelError: It is not installed, or the model cannot be fetched or loaded.
        """
        self._model = model
        gpus = 1 if options.device == "cuda" else 0
        self._command = [str(find_python()), str(WORKER), model, str(options.threads), str(gpus)]
        answer = self._start()
        checkpoint = Path(answer["checkpoint"])
        folder = checkpoint.parent.parent
        if folder.parent.name == "snapshots":
            name, version = model, f"revision:{folder.name[:12]}"
        else:
            name, version = folder.resolve().name, f"files:{content_of(folder)}"
        self.licence = licence_of(folder) or known_licence(model)
        self.signature = (
            f"comet|model:{name}|{version}|unbabel-comet:{answer['version']}|precision:float32"
            "|version:1"
        )

    def _start(self) -> dict[str, Any]:
        """Start the program, and return its first answer.

        Raises:
            ModelError: It cannot be started, or the model cannot be loaded.
        """
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the program
        try:
            self._program = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._messages,
                text=True,
                encoding="utf-8",
                env=os.environ | {"PYTHONWARNINGS": "ignore"},
            )
        except OSError as error:
            self._messages.close()
            raise ModelError(
                f"COMET cannot be started ({error})", where=self._command[0], hint=INSTALL
            ) from error
        self._end = weakref.finalize(self, _end, self._program, self._messages)
        return self._answer(REACH)

    def score(self, rows: Sequence[tuple[str, ...]]) -> list[float | str]:
        """Return the number of each (source, translation).

        Raises:
            ModelError: It failed.
        """
        if not self._end.alive:
            self._start()
        plain = [[one_line(text) for text in row] for row in rows]
        try:
            _stdin(self._program).write(json.dumps(plain) + "\n")
            _stdin(self._program).flush()
        except OSError:
            pass  # it is gone; what it left says why
        values = self._answer("Run the same command again; what is scored stays.")["values"]
        return [round(float(value), 6) for value in values]

    def close(self) -> None:
        """End the program."""
        self._end()

    def _answer(self, hint: str) -> dict[str, Any]:
        """Return the next answer.

        Raises:
            ModelError: It tells of an error, or the program is gone.
        """
        line = self._program.stdout.readline() if self._program.stdout else ""
        try:
            answer: dict[str, Any] = json.loads(line) if line else {"error": self._last_message()}
        except ValueError:
            answer = {"error": f"it said {line.strip()!r}"}
        if "error" in answer:
            self.close()
            raise ModelError(f"COMET failed ({answer['error']})", where=self._model, hint=hint)
        return answer

    def _last_message(self) -> str:
        """Return the last line that the program printed, which usually says why it ended."""
        code = self._program.wait()
        self._messages.seek(0)
        lines = self._messages.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {code}")


def _end(program: subprocess.Popen[str], messages: IO[bytes]) -> None:
    """End a program by closing its input, or by force if it does not listen."""
    for pipe in (program.stdin, program.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:
                continue  # what was still to be written has no reader any more
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    messages.close()


def _stdin(program: subprocess.Popen[str]) -> IO[str]:
    if program.stdin is None:
        raise OSError("the program has no input")
    return program.stdin
