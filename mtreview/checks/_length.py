"""Whether an English and an Arabic text that should say the same are of like length.

On 997 human translations the natural log of the ratio of characters, English to Arabic without its
marks, has the median 0.15, and 99.8 % lie between -0.4 and 0.65.
"""

from __future__ import annotations

import math
from typing import Final

from mtreview.text.normalize import for_model

SHORTEST: Final = 20
"""Characters of the longer text under which a ratio means nothing."""
HUMAN_LIMITS: Final = (-0.55, 0.75)
"""Limits of the natural log of the ratio of a long text and its source."""
ENGINE_LIMITS: Final = (-0.9, 0.9)
"""The same for a back-translation: a small engine drops clauses of good Arabic too."""
ALLOWANCE: Final = 6.0
"""How much wider the limits are, divided by the characters of the longer text."""


def outlying_ratio(
    english: str, arabic: str, limits: tuple[float, float] = HUMAN_LIMITS
) -> float | None:
    """Return the ratio of characters of English to Arabic if it lies beyond the limits, else None.

    >>> outlying_ratio("x" * 100, "س" * 100), outlying_ratio("x" * 300, "س" * 100)
    (None, 3.0)
    """
    lengths = (len(english.strip()), len(for_model(arabic)))
    if max(lengths) < SHORTEST:
        return None
    ratio = max(lengths[0], 1) / max(lengths[1], 1)
    allowance = ALLOWANCE / max(lengths)
    lowest, highest = limits
    return None if lowest - allowance <= math.log(ratio) <= highest + allowance else ratio
