"""Every text of the page, in English and Arabic, from ``strings.toml``.

``Strings("ar").text("page.open")`` is the Arabic wording; a test compares the places of both
languages and that every name the code uses exists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "ar": "العربية"}
"""Code -> name, in the language itself."""


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    content = files("mtreview.ui").joinpath("strings.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


@dataclass(frozen=True, slots=True)
class Strings:
    """The texts of one language of the interface."""

    language: str

    @property
    def direction(self) -> str:
        """Writing direction, as HTML names it."""
        return "rtl" if self.language == "ar" else "ltr"

    def text(self, name: str, **values: object) -> str:
        """Return a text by ``group.name``, its places filled in.

        >>> Strings("en").text("severity.major")
        'major'
        """
        group, _, key = name.partition(".")
        return _table()[group][key][self.language].format(**values)

    def get(self, group: str, key: str, default: str) -> str:
        """Return a text without places, or the default where there is none."""
        entry = _table()[group].get(key)
        return entry[self.language] if entry else default

    def group(self, group: str) -> dict[str, str]:
        """Return all texts of a group by name, places not filled in."""
        return {key: entry[self.language] for key, entry in _table()[group].items()}
