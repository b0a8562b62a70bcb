"""Invisible characters: marks of direction and characters without width.

What: an embedding, override or isolate that is not ended in its paragraph, or an end without a
beginning; an override at all; a mark of direction between Arabic letters and spaces, where it does
nothing, which is only a remark; zero-width spaces, joiners, soft hyphens and byte-order marks. The
suggestion deletes a character that has no use.
Why: they break searching, comparing and glossaries, and an unended override turns the line round.
Leaves alone: balanced embeddings and isolates; marks of direction beside Latin, digits or
punctuation, which they steer; the joiner after heh that stands for the Hijri year; the non-joiner
between two letters of an abbreviation; joiners of emoji.
Source: Unicode Standard Annex 9, the bidirectional algorithm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import LETTER, MARK
from mtreview.checks._paragraph import paragraph_of
from mtreview.model import Reason, Segment, Severity
from mtreview.text.characters import BIDI_CONTROLS, ZERO_WIDTH

_INVISIBLE: Final = Reason(
    "An invisible character that has no use here.", "حرف غير مرئي لا حاجة إليه هنا."
)
_UNBALANCED: Final = Reason(
    "An invisible change of direction that is not ended, or an end without a beginning.",
    "تغيير غير مرئي لاتجاه النص لا نهاية له أو لا بداية له.",
)
_OVERRIDE: Final = Reason(
    "An invisible character forces the direction and turns letters round.",
    "حرف غير مرئي يفرض اتجاه النص ويعكس ترتيب الحروف.",
)
_CONTROL: Final = re.compile(f"[{''.join(sorted(BIDI_CONTROLS | ZERO_WIDTH))}]")
_OVERRIDES: Final = {"\N{LEFT-TO-RIGHT OVERRIDE}", "\N{RIGHT-TO-LEFT OVERRIDE}"}
_OPENERS: Final = {
    "\N{LEFT-TO-RIGHT EMBEDDING}": "\N{POP DIRECTIONAL FORMATTING}",
    "\N{RIGHT-TO-LEFT EMBEDDING}": "\N{POP DIRECTIONAL FORMATTING}",
    "\N{LEFT-TO-RIGHT OVERRIDE}": "\N{POP DIRECTIONAL FORMATTING}",
    "\N{RIGHT-TO-LEFT OVERRIDE}": "\N{POP DIRECTIONAL FORMATTING}",
    "\N{LEFT-TO-RIGHT ISOLATE}": "\N{POP DIRECTIONAL ISOLATE}",
    "\N{RIGHT-TO-LEFT ISOLATE}": "\N{POP DIRECTIONAL ISOLATE}",
    "\N{FIRST STRONG ISOLATE}": "\N{POP DIRECTIONAL ISOLATE}",
}
_CLOSERS: Final = frozenset(_OPENERS.values())
_STEERING: Final = {"\N{ARABIC LETTER MARK}", "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"}
_JOINERS: Final = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}
_ARABIC: Final = re.compile(f"[{LETTER}{MARK}]")
_LETTERS: Final = re.compile(
    f"(?<![{LETTER}{MARK}])[{LETTER}]\N{ZERO WIDTH NON-JOINER}[{LETTER}](?![{LETTER}{MARK}])"
)
"""Two letters that stand for two words and must not join."""
_HEH: Final = "\N{ARABIC LETTER HEH}"


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the invisible characters that are useless or not balanced."""
    text = segment.target
    controls = list(_CONTROL.finditer(text))
    if not controls:
        return
    unbalanced = _unbalanced(segment, context)
    for match in controls:
        position, character = match.start(), match.group()
        if position in unbalanced:
            reason = _UNBALANCED
        elif character in _OVERRIDES:
            reason = _OVERRIDE
        elif _is_useless(text, position):
            reason = _INVISIBLE
        else:
            continue
        suggestion = None if reason is _OVERRIDE else ""
        severity = Severity.NEUTRAL if character in _STEERING else None
        evidence = f"U+{ord(character):04X} {unicodedata.name(character)}"
        yield Finding(
            position,
            position + 1,
            reason,
            evidence=evidence,
            suggestion=suggestion,
            severity=severity,
        )


def _unbalanced(segment: Segment, context: Context) -> set[int]:
    """Return the offsets in the segment of directional formatting without its other end."""
    paragraph = paragraph_of(segment, context)
    waiting: dict[str, list[int]] = {closer: [] for closer in _CLOSERS}
    alone: list[int] = []
    for match in _CONTROL.finditer(paragraph.text):
        character = match.group()
        if character in _OPENERS:
            waiting[_OPENERS[character]].append(match.start())
        elif character in _CLOSERS:
            if waiting[character]:
                waiting[character].pop()
            elif paragraph.begins:
                alone.append(match.start())
    if paragraph.ends:
        alone += [position for stack in waiting.values() for position in stack]
    return {position - paragraph.start for position in alone if paragraph.within(position)}


def _is_useless(text: str, position: int) -> bool:
    """Tell whether a mark of direction or a character without width does nothing where it is."""
    character = text[position]
    before, after = text[max(0, position - 1) : position], text[position + 1 : position + 2]
    if character in _STEERING:
        beside = before + after
        return all(_ARABIC.match(c) or c.isspace() for c in beside) and bool(beside.strip())
    if character in _JOINERS:
        if character == "\N{ZERO WIDTH JOINER}" and before == _HEH:
            return bool(_ARABIC.match(after))
        around = text[max(0, position - 2) : position + 3]
        return bool(_ARABIC.match(before) or _ARABIC.match(after)) and not _LETTERS.search(around)
    return character in ZERO_WIDTH


CHECK = Check(
    id="bidi-controls",
    category="character-encoding",
    severity=Severity.MINOR,
    title=Reason("Invisible characters", "حروف غير مرئية"),
    find=find,
)
