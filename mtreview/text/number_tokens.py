"""The words and digits that numbers are made of, in Arabic and English text.

What: ``number_tokens`` yields each number word and each run of digits with the values it may have.
Why: how a number is written (digits, grouping, times, decades, prefixes of Arabic) and how its
words go together are two questions; ``mtreview.text.numbers`` answers the second. Leaves alone:
words that are no number in ``text/resources/numbers.*.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from mtreview.text.characters import ARABIC_COMMA, ARABIC_DIGITS, EXTENDED_DIGITS
from mtreview.text.normalize import fold
from mtreview.text.resources import lines
from mtreview.text.words import arabic_words

CENTURIES: Final = (1700, 1800, 1900, 2000)
QUARTERS_OF_AN_HOUR: Final = frozenset({0.0, 15.0, 30.0, 45.0})
HALF_A_DAY: Final = 12

_TO_ASCII: Final = {ord(d): str(int(d)) for d in ARABIC_DIGITS | EXTENDED_DIGITS} | {
    ord("\N{ARABIC DECIMAL SEPARATOR}"): ".",
    ord("\N{ARABIC THOUSANDS SEPARATOR}"): ",",
}
_DIGITS: Final = re.compile(rf"\d+(?:[.,]\d+|{ARABIC_COMMA}\d{{3}}(?!\d))*")
_SEPARATOR: Final = re.compile(f"[.,{ARABIC_COMMA}]")
_CLOCK: Final = re.compile(r"0\d{3}")  # 0230 UTC
_WORD: Final = re.compile(r"[A-Za-z]+")
_THOUSANDS: Final = re.compile(r"[ \N{NO-BREAK SPACE}]000\b")
_SUFFIX: Final = re.compile(r"([mb])\b|('?s)\b", re.IGNORECASE)
_HOUR: Final = re.compile(
    r"\s*(?::\d\d|[ap]\.?\s?m\b|o'clock|صباح|مساء|ظهر|بعد الظهر|ليلا|GMT|UTC)", re.IGNORECASE
)
_PREFIXES: Final = ("", "ال", "لل", "و", "ف", "ب", "ل", "ك", "وال", "فال", "بال", "كال")
_MORE_PREFIXES: Final = ("وب", "ول", "فب", "ولل", "وبال")
_NEVER: Final = frozenset(map(fold, ("لست", "ولست", "بالمئة", "بالمائة", "والي")))
_LETTER_SCALES: Final = {"m": 1e6, "b": 1e9}
"""After digits these may be a scale, or metres and bytes; longer ones are in the word table."""


class Token(NamedTuple):
    """A number word or a run of digits."""

    kind: str
    values: tuple[float, ...]
    start: int
    end: int
    after_and: bool = False
    is_vague: bool = False
    text: str = ""


def number_tokens(text: str, language: str) -> list[Token]:
    """Return the number words and runs of digits of a text, in order.

    Args:
        text: Any text.
        language: ``ar`` or ``en``.
    """
    words = _arabic_tokens(text) if language.startswith("ar") else _english_tokens(text)
    tokens = [*_digit_tokens(text.translate(_TO_ASCII)), *words]
    return sorted(tokens, key=lambda token: token.start)


def _digit_tokens(plain: str) -> Iterator[Token]:
    """Yield the runs of digits; "maybe" tokens are parts that may be numbers of their own."""
    skip = 0
    for match in _DIGITS.finditer(plain):
        start, end = match.span()
        if start < skip:
            continue
        thousands = _THOUSANDS.match(plain, end)
        values = _readings(match[0])
        if thousands and len(match[0]) <= 3:
            skip = end = thousands.end()
            values = [values[0] * 1000]
        suffix = _SUFFIX.match(plain, end)
        if suffix and suffix[1]:
            values.append(values[0] * _LETTER_SCALES[suffix[1].lower()])
        elif suffix:
            values += _of_decade(values[0])
        minutes = plain[start - 1 : start] == ":" and plain[start - 2 : start - 1].isdigit()
        if _HOUR.match(plain, end) and values[0] <= 2 * HALF_A_DAY:
            values += [values[0] + HALF_A_DAY, abs(values[0] - HALF_A_DAY)]
        is_clock = bool(_CLOCK.fullmatch(match[0]))
        is_quarter = minutes and values[0] in QUARTERS_OF_AN_HOUR
        kind = "maybe" if is_clock or is_quarter else "digits"
        yield Token(kind, tuple(values), start, end, plain[start - 1 : start] == "و")
        parts = _SEPARATOR.split(match[0])
        if is_clock:
            parts = [match[0][:2], match[0][2:]]
        if len(parts) > 1:
            for part in parts:
                yield Token("maybe", (float(part),), start, end)


def _of_decade(year: float) -> list[float]:
    """Return what "the 1980s", "the 80s" or "the 1800s" may be called in the other language."""
    if year < 100:
        return [year + century for century in CENTURIES]
    return [year % 100] if year % 100 else [year // 100 + 1]


def _readings(digits: str) -> list[float]:
    """Return the values that digits with points and commas may have."""
    groups = _SEPARATOR.split(digits)
    if len(groups) == 1:
        return [float(digits)]
    readings = []
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        readings.append(float("".join(groups)))
    if len(groups) == 2 or all(len(group) == 3 for group in groups[1:-1]):
        readings.append(float(f"{''.join(groups[:-1])}.{groups[-1]}"))
    return readings or [float(group) for group in groups]


def _arabic_tokens(text: str) -> Iterator[Token]:
    table = _table("ar")
    previous = ""
    for word in arabic_words(text):
        folded = fold(word.text)
        found = None if folded in _NEVER else _stem(folded, table)
        percent = folded in (fold("المئة"), fold("المائة")) and previous == "في"
        if found and not percent:
            kind, value, prefix, stem = found
            values = (value, *_of_decade(value)) if kind == "decade" else (value,)
            of_century = previous in _decades()  # "the thirties of the nineteenth century"
            after_and = prefix.startswith("و")
            yield Token(kind, values, word.start, word.end, after_and, of_century, stem)
        if folded != fold("القرن"):
            previous = folded


def _stem(word: str, table: dict[str, tuple[str, float]]) -> tuple[str, float, str, str] | None:
    """Return kind, value, prefix and stem of an Arabic number word."""
    for prefix in (*_PREFIXES, *_MORE_PREFIXES):
        if word.startswith(prefix):
            stem = word[len(prefix) :]
            for each in (stem, stem.removesuffix("ا")):
                if each in table:
                    return (*table[each], prefix, each)
    return None


def _english_tokens(text: str) -> Iterator[Token]:
    table = _table("en")
    for match in _WORD.finditer(text):
        word = match[0]
        found = table.get(word) or table.get(word.lower())
        if found and not (word.islower() and word == "may"):
            kind, value = found
            values = (value, *_of_decade(value)) if kind == "decade" else (value,)
            yield Token(kind, values, match.start(), match.end(), text=word.lower())


@cache
def _table(language: str) -> dict[str, tuple[str, float]]:
    """Return the number words of a language: word -> kind and value."""
    table = {}
    for line in lines(f"numbers.{language}"):
        kind, value, spellings = line.split("\t")
        for spelling in spellings.split():
            key = fold(spelling) if language == "ar" else spelling
            table[key] = (kind, float(value))
    return table


@cache
def _decades() -> frozenset[str]:
    names = [word for word, (kind, _) in _table("ar").items() if kind == "decade"]
    return frozenset(f"{prefix}{name}" for name in names for prefix in _PREFIXES)
