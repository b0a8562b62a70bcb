"""Cut a text that is longer than a model's window, at the best places there are.

Sentence ends first, then clause ends, then spaces, then anywhere. The parts, joined by nothing,
are the text; white space stays at the end of the part before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_PLACES: Final = (
    re.compile("(?<=[.!?…\N{ARABIC QUESTION MARK}])[\"'»”)\\]]*\\s+"),
    re.compile("(?<=[,;:،\N{ARABIC SEMICOLON}–—-])\\s+"),
    re.compile(r"\s+"),
)


def cut(text: str, length: Callable[[str], int], window: int) -> list[str]:
    """Return the parts of a text, each of a length up to the window.

    Args:
        text: Any text.
        length: The length of a text in the unit of the window, such as pieces.
        window: Upper bound; a single character may exceed it.

    >>> cut("One. Two, three.", len, 9)
    ['One. ', 'Two, ', 'three.']
    """
    return _cut(text, length, window, 0)


def _cut(text: str, length: Callable[[str], int], window: int, level: int) -> list[str]:
    """Cut at the places of a level, and what is still too long at those of the next."""
    if len(text) <= 1 or length(text) <= window:
        return [text]
    if level == len(_PLACES):
        middle = len(text) // 2
        return [
            part
            for half in (text[:middle], text[middle:])
            for part in _cut(half, length, window, level)
        ]
    parts: list[str] = []
    current, used = "", 0
    ends = [match.end() for match in _PLACES[level].finditer(text)]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        piece = text[start:end]
        size = length(piece)
        if current and used + size > window:
            parts.append(current)
            current, used = "", 0
        current, used = current + piece, used + size
    parts.append(current)
    return [part for long in parts for part in _cut(long, length, window, level + 1) if part]
