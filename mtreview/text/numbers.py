"""The numbers of a text in Arabic or English, written in digits or in words.

What: ``quantities`` yields each number with its span and its possible values: "1.000" is 1 or
1,000, "the 1980s" is 1980 or 80, "9 pm" is 9 or 21. ``unmatched`` tells which numbers of one text
have no counterpart in another. Why: a number that does not survive a translation is the error that
costs a newsroom most, and one that a program can see. Leaves alone: sums of what two clauses say,
units and their conversion, "hundreds" and "dozens", which count nothing exactly. A number is
*certain* if its absence elsewhere means something: one and two, month names, Roman numerals,
minutes and fractions only explain a number on the other side. Word tables:
``text/resources/numbers.*.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mtreview.text.normalize import fold
from mtreview.text.number_tokens import Token, number_tokens

ALWAYS_UNCERTAIN: Final = 2
"""Numbers up to this one are written as articles, duals and pronouns too often to be missed."""
DUALS_FROM: Final = 1000
"""A word for a number this big is the dual of a scale: «ألفان», «مليونان»."""

_JOINT: Final = re.compile(r"[\s\N{HYPHEN}-]*(?:and\s+|a\s+|of\s+a\s+)*و?", re.IGNORECASE)
"""What may stand between the words of one number."""
_AMBIGUOUS: Final = frozenset(map(fold, ("ست", "سبع", "تسع")))
"""Also "lady", "lion" and "holds": numbers only beside another number word."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    Attributes:
        values: What it may stand for, the plainest reading first.
        is_certain: Whether its absence from a translation means something.
    """

    values: tuple[float, ...]
    start: int
    end: int
    is_certain: bool = True


def quantities(text: str, language: str) -> list[Quantity]:
    """Return the numbers of a text, in order.

    Args:
        text: Any text.
        language: ``ar`` or ``en``.

    >>> [q.values for q in quantities("ثلاثة وعشرون ألف جندي في 27 فبراير", "ar")]
    [(23000.0,), (27.0,), (2.0,)]
    >>> [q.values for q in quantities("twenty-three thousand soldiers", "en")]
    [(23000.0,)]
    """
    return sorted(_composed(number_tokens(text, language), text), key=lambda found: found.start)


def unmatched(these: Sequence[Quantity], those: Iterable[Quantity]) -> list[Quantity]:
    """Return the certain numbers of one text none of whose values is in the other.

    >>> unmatched(quantities("in 2014", "en"), quantities("عام 2014", "ar"))
    []
    """
    known = {value for quantity in those for value in quantity.values}
    return [q for q in these if q.is_certain and known.isdisjoint(q.values)]


def _composed(tokens: Sequence[Token], text: str) -> Iterator[Quantity]:
    """Yield the numbers that the tokens make, one by one or together."""
    index = 0
    while index < len(tokens):
        first = tokens[index]
        if first.kind in ("maybe", "decade"):
            yield Quantity(first.values, first.start, first.end, first.kind == "decade")
            index += 1
            continue
        number = _Number(first)
        index += 1
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "maybe" and token.start < number.end:
                yield Quantity(token.values, token.start, token.end, is_certain=False)
            elif not number.add(token, text[number.end : token.start]):
                rest = number.split() if token.kind == "scale" else None
                if rest is None:
                    break
                yield number.quantity()
                number = rest
                continue
            index += 1
        yield number.quantity()


class _Number:
    """A number while its words are read: what stands before the last scale, and after it."""

    def __init__(self, first: Token) -> None:
        self.start, self.end = first.start, first.end
        self.total, self.scale = 0.0, 1.0
        self.others: tuple[float, ...] = first.values[1:]
        self.current, self.last = first.values[0], first.values[0]
        if first.kind == "scale":
            self.total = self.scale = self.current
            self.current = 0.0
        elif first.kind == "unit" and self.current >= DUALS_FROM:
            self.total, self.scale, self.current = self.current, self.current / 2, 0.0
        self.is_digits = first.kind == "digits"
        self.half = 0.0
        self.previous: tuple[Token, int] | None = None
        self.is_vague = first.is_vague
        # "thousands", "half", "six" for a lady: alone they count nothing exactly
        self.is_alone_vague = first.kind in ("scale", "hundred", "half") or (
            first.text in _AMBIGUOUS
        )

    def add(self, token: Token, between: str) -> bool:
        """Take one more word into the number; False if it begins another number."""
        value = token.values[0]
        if not _JOINT.fullmatch(between):
            return False
        after_and = token.after_and or "and" in between.lower()
        if token.kind == "half" and after_and:
            self.half = (1.0 if self.current else self.scale) * value
        elif token.kind == "scale":
            if self.last >= value or (self.scale > 1 and value >= self.scale):
                return False
            self.total += (self.current + self.half) * value
            self.half = 0.0
            self.others = tuple(other * value for other in self.others)
            self.current, self.scale = 0.0, value
        elif token.kind == "hundred" and 0 < self.current < 100 and not token.after_and:
            self.current *= value
        elif (token.kind in ("unit", "hundred") and self._takes(token)) or (
            token.kind == "digits" and self.scale > value and token.after_and and value % 1 == 0
        ):
            self.current += value
        else:
            return False
        self.previous = (token, self.end) if self.current == value and self.scale > 1 else None
        self.last = value
        self.end = token.end
        self.is_alone_vague = False
        return True

    def split(self) -> _Number | None:
        """Give back the last word as a number of its own: "340 million and 500" | "million"."""
        if self.previous is None:
            return None
        last, self.end = self.previous
        self.current = 0.0
        self.previous = None
        return _Number(last)

    def _takes(self, token: Token) -> bool:
        """Tell whether a unit, ten or hundred goes on with the number."""
        value = token.values[0]
        if not self.current:
            return self.scale > value
        if self.is_digits and self.scale == 1:
            return False
        if self.current % 100 == 0:
            return value < 100  # a hundred and three
        if value == 10:
            return 0 < self.current % 100 < 10 and not token.after_and  # ثلاثة عشر
        if value in range(20, 100, 10):
            return 0 < self.current % 100 < 10 and token.after_and  # ثلاثة وعشرون
        return value < 10 and self.current % 100 in range(20, 100, 10) and not token.after_and

    def quantity(self) -> Quantity:
        """Return the number as it was read."""
        value = self.total + self.current
        others = (*self.others, *((value + self.half,) * bool(self.half)))
        if self.is_alone_vague:
            others += (2 * value,)  # «مليونا» is "two million" or "a million"
        values = dict.fromkeys((value, *others))
        is_certain = not (self.is_vague or self.is_alone_vague) and value > ALWAYS_UNCERTAIN
        return Quantity(tuple(values), self.start, self.end, is_certain)
