"""The page on a machine where Streamlit has never been started."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest

PATIENCE = 90
"""Seconds until the page must answer on a busy machine."""


@pytest.fixture
def port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def is_up(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as answer:
            return answer.status == 200
    except OSError:
        return False


def test_nothing_is_asked_before_the_page_opens(tmp_path, port):
    environment = os.environ | {
        "HOME": str(tmp_path),
        "MTREVIEW_STORE": str(tmp_path / "reviews.db"),
        "BROWSER": "true",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "mtreview", "review", "--port", str(port)],
        env=environment,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            deadline = time.monotonic() + PATIENCE
            while not is_up(port):
                assert process.poll() is None, "it ended before the page opened"
                assert time.monotonic() < deadline, "the page did not open"
                time.sleep(0.2)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
