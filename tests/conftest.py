"""Fixtures that several rooms share."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from runpy import run_path
from types import ModuleType
from typing import Any

import pytest

from mtreview.engines._engine import Hypothesis
from mtreview.model import Token

ROOT = Path(__file__).resolve().parent.parent
FIND_CHROMIUM = Path(__file__).with_name("find_chromium.py")

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Arguments: it runs as root in a container, and asks nobody for updates."""


@pytest.fixture(scope="session")
def article_path() -> Path:
    """The sample article, a raw scrape of a real machine translation."""
    return ROOT / "data" / "lemonde-istanbul-talks.ar.txt"


@pytest.fixture(scope="session")
def article_text(article_path: Path) -> str:
    """The sample article as text, line ends kept."""
    return article_path.read_bytes().decode("utf-8")


def _load_tiny_models() -> ModuleType:
    """Import the builders of tiny models; importlib mode puts no folder on the path."""
    name = "mtreview_tests_tiny_models"
    if name not in sys.modules:
        file = Path(__file__).parent / "engines" / "tiny_models.py"
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec and spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def tiny() -> ModuleType:
    """The builders of tiny models, and the pairs that those know."""
    return _load_tiny_models()


class LetterEngine:
    """An engine for tests of what surrounds engines: it replaces letters one by one.

    Every word is a token; its log-probability is minus its length, and that of the end is 0.
    ``calls`` holds what it was asked, so that a test can see what was cached.
    """

    ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    ENGLISH = "abtTjHxdDrzsSCcVZEGfqklmnhwy"

    def __init__(self, source_language: str, target_language: str) -> None:
        self.source_language = source_language
        self.target_language = target_language
        self.signature = f"letters|1|{source_language}-{target_language}"
        pair = (self.ARABIC, self.ENGLISH)
        self._table = str.maketrans(*(pair if source_language == "ar" else reversed(pair)))
        self.calls: list[tuple[str, ...]] = []

    def translate(self, texts: Sequence[str]) -> list[Hypothesis]:
        self.calls.append(tuple(texts))
        translated = [text.translate(self._table) for text in texts]
        return [Hypothesis(text, self._tokens(text)) for text in translated]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[Token, ...]]:
        self.calls.append(tuple(sources))
        return [self._tokens(target) for target in targets]

    @staticmethod
    def _tokens(text: str) -> tuple[Token, ...]:
        words = list(re.finditer(r"\S+", text))
        end = [Token("", 0.0, len(text), len(text))] if words else []
        return (*(Token(w[0], -float(len(w[0])), w.start(), w.end()) for w in words), *end)


@pytest.fixture
def letter_engine():
    """Return a function that makes a ``LetterEngine`` of a direction."""
    return LetterEngine


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium, one for all: Playwright can be started only once in a thread."""
    executable = run_path(str(FIND_CHROMIUM))["find_chromium"]()
    if executable is None:
        pytest.skip("needs Chromium (python tests/find_chromium.py installs Debian's)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        try:
            yield browser
        finally:
            browser.close()
