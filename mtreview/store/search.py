"""The folded text that the queue is searched by: marks, hamza and letter case do not matter."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mtreview.text.normalize import fold

_ESCAPE: Final = "\\"

# Folding goes character by character, so a text is the sum of its words, and words come again:
# this makes folding a corpus several times faster.
_fold_word = lru_cache(maxsize=100_000)(fold)


def folded(*texts: str | None) -> str:
    """Return texts folded for searching, a line feed between them; what is None is left out."""
    return "\n".join(
        " ".join(_fold_word(word) for word in text.split(" ")) for text in texts if text
    )


def pattern(text: str) -> str:
    r"""Return the LIKE pattern, escaped by a backslash, of texts that contain this one.

    >>> pattern(" 50% ")
    '%50\\%%'
    """
    wanted = folded(text.strip())
    for special in (_ESCAPE, "%", "_"):
        wanted = wanted.replace(special, _ESCAPE + special)
    return f"%{wanted}%"
