"""What goes wrong in a translation in a way that can be forbidden when it is made again.

What: a loop, a phrase said three times or coming back all the time, Arabic copied into the English.
Why: the model has lost its way at one unlucky piece; what the text says may well be told without
it. Leaves alone: whatever the source repeats, and Latin words in Arabic, which news is full of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from mtreview.engines._loops import loops, rambles, stutters
from mtreview.engines._tokenizer import Tokenizer
from mtreview.text.characters import ARABIC_LETTERS

_ARABIC: Final = re.compile(f"[{''.join(sorted(ARABIC_LETTERS))}]")

AFTER_A_LOOP: Final = 6
AFTER_A_STUTTER: Final = 4
AFTER_RAMBLING: Final = 3
"""Pieces of which no run may come twice in what is made again."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is forbidden after a translation went wrong.

    Attributes:
        is_needed: Tells it from the pieces of a translation and of its source.
        no_repeat: As of ``Decoder.generate``.
        never: Returns the ``never`` of ``Decoder.generate``.
    """

    is_needed: Callable[[Sequence[str], Sequence[str]], bool]
    no_repeat: int = 0
    never: Callable[[], Sequence[str]] = tuple


def remedies(target_language: str, tokenizer: Tokenizer) -> list[Remedy]:
    """Return all remedies in the order in which they are tried.

    Args:
        target_language: Of the translations.
        tokenizer: Of the translations.
    """
    found = [
        Remedy(partial(_only_written, loops), AFTER_A_LOOP),
        Remedy(partial(_only_written, stutters), AFTER_A_STUTTER),
        Remedy(partial(_only_written, rambles), AFTER_RAMBLING),
    ]
    if target_language == "en":
        found.append(Remedy(_has_arabic, never=partial(_arabic_pieces, tokenizer)))
    return found


def _only_written(
    repeats: Callable[[Sequence[str]], bool], written: Sequence[str], source: Sequence[str]
) -> bool:
    """Tell whether a translation repeats itself, and its source does not."""
    return repeats(written) and not repeats(source)


def _has_arabic(written: Sequence[str], source: Sequence[str]) -> bool:
    """Tell whether a translation has Arabic letters."""
    return any(map(_ARABIC.search, written))


def _arabic_pieces(tokenizer: Tokenizer) -> list[str]:
    """Return the pieces with Arabic letters."""
    return list(filter(_ARABIC.search, tokenizer.vocabulary()))
