"""Where numbers and names of the Arabic stand in its back-translation.

What: digits are matched by value, names by their consonants: vowels, doubled letters and what one
of the scripts does not tell apart (p and b, s and z, k and q) are dropped, and what is left must be
nearly the same. Why: a reviewer who sees at once which number and which name came through looks at
those that did not. Leaves alone: names of fewer than three consonants (too many words share them),
numbers in words, and translated names ("White House"). It is an aid for the eye; no score or flag
depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from mtreview.text.words import arabic_words

_NUMBER: Final = re.compile(r"\d+(?:[.,\N{ARABIC DECIMAL SEPARATOR}]\d+)*")
_NAME: Final = re.compile(r"\b[A-Z][\w'’-]+")
_PREFIX: Final = re.compile("^[وف]?[بلك]?(?:ال|لل)?")

_ARABIC: Final = str.maketrans(
    {
        **dict.fromkeys("ب", "b"),
        **dict.fromkeys("تطثة", "t"),
        **dict.fromkeys("جغ", "g"),
        **dict.fromkeys("دضذظ", "d"),
        **dict.fromkeys("ر", "r"),
        **dict.fromkeys("زسشص", "s"),
        **dict.fromkeys("ف", "f"),
        **dict.fromkeys("قكخ", "k"),
        **dict.fromkeys("ل", "l"),
        **dict.fromkeys("م", "m"),
        **dict.fromkeys("ن", "n"),
    }
)
_LATIN: Final = str.maketrans(
    {
        **dict.fromkeys("bp", "b"),
        "t": "t",
        **dict.fromkeys("gj", "g"),
        "d": "d",
        "r": "r",
        **dict.fromkeys("sz", "s"),
        **dict.fromkeys("fv", "f"),
        **dict.fromkeys("kcqx", "k"),
        "l": "l",
        "m": "m",
        "n": "n",
    }
)
_KEPT: Final = frozenset("btgdrsfklmn")
_SHORTEST: Final = 3
_ALIKE: Final = 0.85


class Link(NamedTuple):
    """A number or name on both sides; the spans are half-open code points."""

    kind: str
    target: tuple[int, int]
    back: tuple[int, int]


def links(target: str, back: str) -> list[Link]:
    """Return the numbers and names that are found on both sides, each at most once.

    >>> [(l.kind, "بوتين في ٢٧"[slice(*l.target)]) for l in links("بوتين في ٢٧", "Putin on 27")]
    [('number', '٢٧'), ('name', 'بوتين')]
    """
    return [*_numbers(target, back), *_names(target, back)]


def _numbers(target: str, back: str) -> Iterator[Link]:
    """Yield the numbers of equal value, the first with the first."""
    waiting: dict[float, list[tuple[int, int]]] = {}
    for match in _NUMBER.finditer(target):
        waiting.setdefault(_value(match[0]), []).append(match.span())
    for match in _NUMBER.finditer(back):
        if spans := waiting.get(_value(match[0])):
            yield Link("number", spans.pop(0), match.span())


def _value(digits: str) -> float:
    """Return the number that digits of any script stand for; commas are taken for grouping."""
    plain = digits.replace(",", "").replace("\N{ARABIC DECIMAL SEPARATOR}", ".")
    whole, _, fraction = plain.partition(".")
    decimals = str(int("1" + fraction.replace(".", "")))[1:]  # in ASCII, its zeros kept
    return float(f"{int(whole)}.{decimals}")


def _names(target: str, back: str) -> Iterator[Link]:
    """Yield capitalised words and the Arabic word with the same consonants."""
    waiting = [
        (
            (_skeleton(word.text, _ARABIC), _skeleton(_PREFIX.sub("", word.text), _ARABIC)),
            (word.start, word.end),
        )
        for word in arabic_words(target)
    ]
    for match in _NAME.finditer(back):
        skeleton = _skeleton(match[0].lower().replace("'s", "").replace("’s", ""), _LATIN)
        if len(skeleton) < _SHORTEST:
            continue
        best = max(
            (
                (max(_likeness(skeleton, form) for form in forms), -index)
                for index, (forms, _) in enumerate(waiting)
            ),
            default=(0.0, 0),
        )
        if best[0] >= _ALIKE:
            _, span = waiting.pop(-best[1])
            yield Link("name", span, match.span())


def _skeleton(word: str, table: dict[int, str]) -> str:
    """Return the consonants of a word, doubled ones once."""
    letters: list[str] = []
    for letter in word.translate(table):
        if letter in _KEPT and letters[-1:] != [letter]:
            letters.append(letter)
    return "".join(letters)


def _likeness(first: str, second: str) -> float:
    """Return how alike two skeletons are, 0 to 1; short Arabic ones are like nothing."""
    if len(second) < _SHORTEST:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
