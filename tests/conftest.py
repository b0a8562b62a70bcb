"""Fixtures that several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def article_path() -> Path:
    """The sample article, a raw scrape of a real machine translation."""
    return ROOT / "data" / "lemonde-istanbul-talks.ar.txt"


@pytest.fixture(scope="session")
def article_text(article_path: Path) -> str:
    """The sample article as text, line ends kept."""
    return article_path.read_bytes().decode("utf-8")
