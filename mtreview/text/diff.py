"""What changed between two texts, in whole words.

What: the pieces that both texts share and those that differ, in order. Why words: a mark inside an
Arabic word would tear its letters apart in print, and half a word tells a reader nothing.

Leaves alone: every character; the pieces of a side joined are that text. White space between two
changed words belongs to the change, so that a rewritten phrase reads as one.

Source: the longest matching blocks of ``difflib``; texts of more than WORD_LIMIT words together
are given as one change, because matching takes quadratic time.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final, NamedTuple

import regex

WORD_LIMIT: Final = 4000

_WORD: Final = regex.compile(r"\s+|[\w\p{M}\p{Cf}]+|\X")


class Change(NamedTuple):
    """A piece of both texts: the same in both, or one that stands in the place of the other."""

    before: str
    after: str
    same: bool


def changes(before: str, after: str, *, ignore_case: bool = False) -> list[Change]:
    """Return the pieces of two texts, shared ones and changed ones by turns.

    >>> [tuple(change) for change in changes("the two sides", "the both sides")]
    [('the ', 'the ', True), ('two', 'both', False), (' sides', ' sides', True)]
    """
    words_before, words_after = _WORD.findall(before), _WORD.findall(after)
    if len(words_before) + len(words_after) > WORD_LIMIT and before != after:
        return [Change(before, after, same=False)]
    keys_before = [word.casefold() for word in words_before] if ignore_case else words_before
    keys_after = [word.casefold() for word in words_after] if ignore_case else words_after
    matcher = SequenceMatcher(None, keys_before, keys_after, autojunk=False)
    pieces: list[Change] = []
    for operation, start, end, start_after, end_after in matcher.get_opcodes():
        old, new = "".join(words_before[start:end]), "".join(words_after[start_after:end_after])
        pieces.append(Change(old, new, operation == "equal"))
    return _joined(pieces)


def _joined(pieces: list[Change]) -> list[Change]:
    """Return the pieces with white space between two changes made part of them."""
    joined: list[Change] = []
    for index, piece in enumerate(pieces):
        between = 0 < index < len(pieces) - 1 and piece.before.isspace() and piece.after.isspace()
        same = piece.same and not between
        last = joined.pop() if joined and joined[-1].same == same else Change("", "", same)
        joined.append(Change(last.before + piece.before, last.after + piece.after, same))
    return joined
