"""Words of a translation that the model all but guessed, from the probabilities of its pieces.

What: a word is as sure as its least likely piece. Words below the first of the levels are worth a
shade, those below the next a darker one.

Leaves alone: punctuation, and translations whose engine tells no probabilities.

Source: the levels were chosen by looking at back-translations of news, so that a sentence has a few
shaded words and not a dozen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

import regex

from mtreview.model import Token

LEVELS: Final = (-1.8, -2.5, -3.5)
"""Natural logs of probabilities, 17, 8 and 3 in a hundred, that words are ever less sure below."""

_WORD: Final = regex.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


class UnsureWord(NamedTuple):
    """A word, its half-open code points, and the log-probability of its worst piece."""

    text: str
    start: int
    end: int
    log_probability: float

    @property
    def percent(self) -> int:
        """The probability of its worst piece, 0 to 100."""
        return round(100 * math.exp(self.log_probability))

    @property
    def level(self) -> int:
        """How many of the levels it is below: 0 where it is sure enough, 3 at most."""
        return sum(self.log_probability < level for level in LEVELS)


def unsure_words(
    text: str, tokens: Iterable[Token], threshold: float = LEVELS[0]
) -> list[UnsureWord]:
    """Return the words of a text of which a piece is less likely than a threshold, in order.

    >>> unsure_words("a bc.", [Token("a", -0.1, 0, 1), Token(" b", -9.0, 1, 3)])
    [UnsureWord(text='bc', start=2, end=4, log_probability=-9.0)]
    """
    lowest = [0.0] * len(text)
    for token in tokens:
        for position in range(max(token.start, 0), min(token.end, len(lowest))):
            lowest[position] = min(lowest[position], token.log_probability)
    words = (
        UnsureWord(match[0], match.start(), match.end(), min(lowest[match.start() : match.end()]))
        for match in _WORD.finditer(text)
    )
    return [word for word in words if word.log_probability < threshold]
