"""Tell when a model repeats itself, so that it can be stopped and made to try again.

What: a language model that has lost its way writes the same few pieces again and again up to the
length limit, says a phrase three times before it finds its way, or comes back to it all the time.
Why stop early: a loop costs as much as a page. What repeats is translated again without repetition
(``_remedies``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from mtreview.engines._pieces import SPACE_PIECE

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


STUTTER: Final = 3
"""So many times in a row a short phrase is not meant."""


def stutters(pieces: Sequence[str]) -> bool:
    """Tell whether a phrase that begins with a word stands three times in a row, anywhere.

    >>> stutters(["▁at", "▁least"] * 3), stutters(["▁at", "▁least"] * 2)
    (True, False)
    """
    for start, piece in enumerate(pieces):
        if not piece.startswith(SPACE_PIECE):
            continue
        for period in range(2, min(LONGEST_PERIOD, (len(pieces) - start) // STUTTER) + 1):
            phrase = list(pieces[start : start + period])
            if list(pieces[start : start + STUTTER * period]) == phrase * STUTTER:
                return True
    return False


RUN: Final = 4
TIMES: Final = 4
"""So often the same run of so many pieces is not meant, wherever it stands."""


def rambles(pieces: Sequence[str]) -> bool:
    """Tell whether a run of pieces comes back again and again, with other words between.

    >>> rambles("of a claw of a leg of a claw of a toe of a claw of a nail of a claw of".split())
    True
    >>> rambles("of a claw of a leg of a claw of a toe of a claw".split())
    False
    """
    runs = Counter(zip(*(pieces[start:] for start in range(RUN)), strict=False))
    return max(runs.values(), default=0) >= TIMES
