"""A server of the review page for a test or a benchmark: own port, own store, no orphan."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 90.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``streamlit run app.py`` on a store; start, kill and start again at the same address.

    Unless ``MTREVIEW_CONFIG`` is given it has no model, and says so where one would be needed.
    """

    def __init__(
        self,
        folder: Path,
        *,
        base_path: str = "",
        script: Path = ROOT / "app.py",
        cwd: Path = ROOT,
        options: Sequence[str] = (),
        **environment: str,
    ) -> None:
        self.folder = folder
        self.store = f"sqlite:///{folder / 'reviews.db'}"
        self.base_path = base_path
        self.script = script
        self.cwd = cwd
        self.options = options
        self.environment = {"MTREVIEW_CONFIG": str(self._without_model()), **environment}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"http://127.0.0.1:{self.port}/{f'{self.base_path}/' if self.base_path else ''}"

    def start(self) -> Server:
        """Start, and wait until it answers."""
        options = ["--server.port", str(self.port), "--server.headless", "true"]
        options += ["--server.address", "127.0.0.1", *self.options]
        if self.base_path:
            options += ["--server.baseUrlPath", self.base_path]
        environment = {
            **os.environ,
            "MTREVIEW_STORE": self.store,
            "MTREVIEW_SECRET": "only for tests",
            "MTREVIEW_REVIEWER": "Amal",
            "PYTHONPATH": str(ROOT),
            **self.environment,
        }
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(self.script), *options],
            cwd=self.cwd,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        self._wait()
        return self

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def log(self) -> str:
        """Return what the server printed."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def _without_model(self) -> Path:
        """Write a configuration whose engine is not there, and return its path."""
        path = self.folder / "mtreview.toml"
        path.write_text('[engine]\npack = "no-such-pack"\n', encoding="utf-8")
        return path

    def _wait(self) -> None:
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log()}")
            try:
                with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)  # polling a port: there is no event to wait for
        raise RuntimeError(f"the server did not start: {self.log()}")
