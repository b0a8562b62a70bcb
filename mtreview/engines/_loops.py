"""Tell when a model repeats itself without end, so that it can be stopped.

What: a language model that has lost its way writes the same few pieces again and again up to the
length limit. Why stop early: a loop costs as much as a page. What was stopped is translated again
without repetition (``_decoding``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LONGEST_PERIOD: Final = 16
"""Pieces in the longest repeated phrase that is looked for."""

REPETITIONS: Final = 4
LEAST_PIECES: Final = 16
"""A loop is a phrase ``REPETITIONS`` times over, of at least so many pieces in all."""


def loops(pieces: Sequence[str]) -> bool:
    """Tell whether pieces end in a phrase repeated so often that no writer meant it.

    >>> loops(["a", "b"] * 8), loops(["a", "b"] * 7)
    (True, False)
    """
    for period in range(1, LONGEST_PERIOD + 1):
        length = max(period * REPETITIONS, LEAST_PIECES)
        if len(pieces) < length:
            return False
        if pieces[-1] == pieces[-1 - period] and all(
            pieces[-index] == pieces[-index - period] for index in range(2, length - period + 1)
        ):
            return True
    return False
