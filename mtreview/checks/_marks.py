"""Marks that come in pairs: which of them have no partner, and how quotation marks stand.

Shared by the checks of quotation marks and brackets. Offsets are those of the text that is given,
which is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from mtreview.checks._check import Context
from mtreview.checks._letters import DIGIT, LATIN, LETTER, MARK
from mtreview.checks._paragraph import Paragraph, paragraph_after, paragraph_before
from mtreview.text.resources import words

_LOW: Final = "\N{DOUBLE LOW-9 QUOTATION MARK}"
_CURLY: Final = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_ANGLE: Final = (
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
_OPENERS: Final = frozenset((_CURLY[0], _ANGLE[0], _LOW))
_QUOTE: Final = re.compile(f"[{_CURLY}{_ANGLE}{_LOW}]")
_BRACKETS: Final = ("()", "[]", "{}")

_AFTER_OPENER: Final = re.compile(f"[{LETTER}{LATIN}{DIGIT}]")
_BEFORE_CLOSER: Final = re.compile(
    f"[{LETTER}{MARK}{LATIN}{DIGIT}.!"
    "\N{ARABIC QUESTION MARK}\N{ARABIC COMMA}\N{HORIZONTAL ELLIPSIS}]"
)
_AFTER_CLOSER: Final = re.compile(
    r"[\s.,:;!?)\]\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}]"
)
_LAST_WORD: Final = re.compile(f"([{LETTER}{MARK}]+)$")
_CONJUNCTIONS: Final = "\N{ARABIC LETTER WAW}\N{ARABIC LETTER FEH}"
_WORD_LIMIT: Final = 12
"""Letters of the longest reporting word, with room for a conjunction."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A directional mark.

    Attributes:
        position: Where it stands.
        family: The pair it belongs to, such as ``()``.
        opens: Whether it opens, by its character or, corrected, by its use.
    """

    position: int
    family: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Unpaired:
    """The marks without a partner: closing ones first, as they must stand first."""

    unopened: tuple[Mark, ...]
    unclosed: tuple[Mark, ...]

    def __len__(self) -> int:
        """Return how many marks have no partner."""
        return len(self.unopened) + len(self.unclosed)


def partner(character: str) -> str:
    """Return the mark that faces the other way.

    >>> partner("(")
    ')'
    """
    for family in (_CURLY, _ANGLE, *_BRACKETS):
        if character in family:
            return family[1 - family.index(character)]
    return _CURLY[0]


def unpaired(marks: Iterable[Mark]) -> Unpaired:
    """Return the marks that no other mark of their family closes or opens."""
    unopened: list[Mark] = []
    waiting: dict[str, list[Mark]] = {}
    for mark in marks:
        stack = waiting.setdefault(mark.family, [])
        if mark.opens:
            stack.append(mark)
        elif stack:
            stack.pop()
        else:
            unopened.append(mark)
    unclosed = sorted((m for stack in waiting.values() for m in stack), key=lambda m: m.position)
    return Unpaired(tuple(unopened), tuple(unclosed))


def alone(
    paragraph: Paragraph, context: Context, marks_of: Callable[[str], list[Mark]]
) -> Unpaired:
    """Return the marks without a partner in the paragraph or in the one beside it.

    Args:
        paragraph: The paragraph that the segment of ``context`` stands in.
        context: Where to find its neighbours.
        marks_of: Returns the marks of a text.
    """
    rest = unpaired(marks_of(paragraph.text))
    unopened = rest.unopened if paragraph.begins else ()
    unclosed = rest.unclosed if paragraph.ends else ()
    if unopened:
        before = unpaired(marks_of(paragraph_before(context))).unclosed
        unopened = _without(unopened, {mark.family for mark in before})
    if unclosed:
        after = unpaired(marks_of(paragraph_after(context))).unopened
        unclosed = _without(unclosed, {mark.family for mark in after})
    return Unpaired(unopened, unclosed)


def _without(marks: tuple[Mark, ...], families: set[str]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.family not in families)


def quotation_marks(text: str) -> list[Mark]:
    """Return the double directional quotation marks, each opening or closing by its character.

    The German pair, low mark and left mark, counts as a pair.
    """
    marks: list[Mark] = []
    low_is_open = False
    for match in _QUOTE.finditer(text):
        character = match.group()
        family = _ANGLE if character in _ANGLE else _CURLY
        opens = character in _OPENERS and not (low_is_open and character == _CURLY[0])
        if family == _CURLY:
            low_is_open = character == _LOW
        marks.append(Mark(match.start(), family, opens))
    return marks


def brackets(text: str) -> list[Mark]:
    """Return the round, square and curly brackets."""
    return [
        Mark(match.start(), family, match.group() == family[0])
        for match in re.finditer(r"[()\[\]{}]", text)
        for family in _BRACKETS
        if match.group() in family
    ]


def spaced_as_opener(text: str, position: int) -> bool | None:
    """Tell by the characters beside it whether a mark opens; None where they do not say."""
    before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
    space_before = not before or before.isspace() or before in "(["
    if space_before and _AFTER_OPENER.match(after):
        return True
    if _BEFORE_CLOSER.match(before) and (not after or _AFTER_CLOSER.match(after)):
        return False
    return None


def faces_wrong_way(text: str, mark: Mark) -> bool:
    """Tell whether the place of a mark beside the words is that of its partner."""
    return spaced_as_opener(text, mark.position) is (not mark.opens)


def reversed_pairs(text: str, marks: list[Mark]) -> list[tuple[Mark, Mark | None]]:
    """Return the quotations that begin with a closing mark, with the opening mark that ends them.

    One begins right after a reporting word, with a space or an Arabic letter behind the mark. Only
    where the marks of the paragraph do not come out even is that taken for an error, and not if
    turning the marks round leaves more of them without a partner.
    """
    before = len(unpaired(marks))
    if not before:
        return []
    pairs: list[tuple[Mark, Mark | None]] = []
    for index, mark in enumerate(marks):
        if not mark.opens and _follows_reporting_word(text, mark.position):
            later = marks[index + 1] if index + 1 < len(marks) else None
            ends = later is not None and later.opens and later.family == mark.family
            pairs.append((mark, later if ends else None))
    turned = {mark for pair in pairs for mark in pair if mark is not None}
    return pairs if len(unpaired(turn(marks, turned))) <= before else []


def turn(marks: Iterable[Mark], turned: set[Mark]) -> list[Mark]:
    """Return marks, those in ``turned`` facing the other way."""
    return [replace(mark, opens=not mark.opens) if mark in turned else mark for mark in marks]


def as_meant(text: str) -> list[Mark]:
    """Return the quotation marks of a text with those that face the wrong way turned round."""
    marks = quotation_marks(text)
    turned = {mark for pair in reversed_pairs(text, marks) for mark in pair if mark is not None}
    return turn(marks, turned | {mark for mark in marks if faces_wrong_way(text, mark)})


def _follows_reporting_word(text: str, position: int) -> bool:
    """Tell whether a closing mark stands after a word that announces a quotation."""
    after = text[position + 1 : position + 2]
    if not (after.isspace() or re.match(f"[{LETTER}]", after)):
        return False
    stem = text[max(0, position - _WORD_LIMIT) : position].rstrip()
    last = _LAST_WORD.search(stem)
    reporting = words("reporting-words")
    if last is None:
        return False
    word = last[1]
    return word in reporting or (word[0] in _CONJUNCTIONS and word[1:] in reporting)
