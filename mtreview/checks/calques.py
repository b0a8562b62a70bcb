"""Phrases that render English word by word.

What: the phrases of a list that an editor can read and extend, ``text/resources/calques.txt``:
«محادثات الولايات المتحدة لروسيا» for talks between the two, «دعوة الرئيس … مع» for a telephone
call, «الروسيون» for «الروس». Why: such a phrase is grammatical and means nothing, or something
else, to an Arab reader; no grammar rule finds it. Leaves alone: calques that good writers use by
now («لعب دورا», «بعضهم البعض», «تم» with a verbal noun), and whatever is not in the list. Options:
``file``, a list of the same form that is used beside ours; ``builtin = false`` leaves ours out.
Source: machine translations of news that were read, each phrase counted on human Arabic, where it
is rarer than one in a thousand sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mtreview.checks._check import Check, Context, Finding
from mtreview.errors import ConfigError, MtReviewError
from mtreview.model import Reason, Segment, Severity
from mtreview.text.patterns import compile_pattern
from mtreview.text.resources import entries, lines


class Calque(NamedTuple):
    """A phrase, why it is wrong, and what may stand there instead."""

    pattern: re.Pattern[str]
    reason: Reason
    suggestion: str | None


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the phrases, the longer of two that overlap."""
    file = context.options.get("file")
    calques: tuple[Calque, ...] = ()
    if context.options.get("builtin", True):
        calques = _builtin()
    if file:
        calques += _from_file(str(file))
    taken = 0
    matches = [
        (match.start(), -match.end(), number)
        for number, calque in enumerate(calques)
        for match in calque.pattern.finditer(segment.target)
    ]
    for start, negative_end, number in sorted(matches):
        if start >= taken:
            taken = -negative_end
            calque = calques[number]
            yield Finding(start, taken, calque.reason, suggestion=calque.suggestion)


@cache
def _builtin() -> tuple[Calque, ...]:
    return _parse(lines("calques"), "calques.txt")


@cache
def _from_file(path: str) -> tuple[Calque, ...]:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"cannot read the list of calques ({error})",
            where="checks.options.calques.file",
            hint="Give the path of a text file in UTF-8.",
        ) from None
    return _parse(entries(text), path)


def _parse(entries: Sequence[str], where: str) -> tuple[Calque, ...]:
    """Return the calques of the lines of a list.

    Raises:
        ConfigError: A line lacks a part, or its pattern cannot be understood.
    """
    calques = []
    for entry in entries:
        parts = [part.strip() for part in entry.split("|")]
        try:
            pattern, english, arabic, suggestion = parts
            compiled = compile_pattern(pattern)
        except (ValueError, MtReviewError) as error:
            raise ConfigError(
                f"the entry {entry!r} cannot be understood ({error})",
                where=where,
                hint="Write: pattern | English reason | Arabic reason | suggestion or nothing",
            ) from None
        calques.append(Calque(compiled, Reason(english, arabic), suggestion or None))
    return tuple(calques)


CHECK = Check(
    id="calques",
    category="overly-literal",
    severity=Severity.MAJOR,
    title=Reason("Word-by-word phrase", "ترجمة حرفية"),
    find=find,
    options=("builtin", "file"),
)
