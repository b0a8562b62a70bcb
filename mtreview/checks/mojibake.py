"""Text that was read in the wrong encoding.

What: Arabic in UTF-8 that was read as Windows-1252 or Latin-1, or as Windows-1256; Arabic in
Windows-1256 or ISO 8859-6 that was read as Latin; and the replacement character. The suggestion is
the text read as it was meant, where every byte of it fits.
Why: nobody can read it, and no translation of it means anything.
Leaves alone: accented letters of European names, single signs such as the multiplication sign,
text that lost its characters to question marks.
Source: the mapping tables of Windows-1252, Windows-1256 and ISO 8859-6 of the Unicode Consortium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity
from mtreview.text.characters import ARABIC_LETTERS
from mtreview.text.resources import frequencies

_REASON: Final = Reason(
    "This text was read in the wrong encoding.", "قُرئ هذا النص بترميز غير ترميزه."
)
_LOST: Final = Reason(
    "A character was lost here when the text was read or converted.",
    "ضاع هنا حرف عند قراءة النص أو تحويله.",
)
_LETTERS_OF_LATIN: Final = (
    "\N{LATIN CAPITAL LETTER A WITH GRAVE}-\N{LATIN CAPITAL LETTER O WITH DIAERESIS}"
    "\N{LATIN CAPITAL LETTER O WITH STROKE}-\N{LATIN SMALL LETTER O WITH DIAERESIS}"
    "\N{LATIN SMALL LETTER O WITH STROKE}-\N{LATIN SMALL LETTER Y WITH DIAERESIS}"
)


def _bytes_by_character(encoding: str) -> dict[str, int]:
    """Return what each character of a one-byte encoding is; the gaps are control characters."""
    return {
        (bytes([byte]).decode(encoding, "ignore") or chr(byte)): byte for byte in range(0x80, 0x100)
    }


_WINDOWS_1252: Final = {chr(byte): byte for byte in range(0x80, 0x100)} | _bytes_by_character(
    "cp1252"
)
_WINDOWS_1256: Final = _bytes_by_character("cp1256")


def _class(table: dict[str, int], first: int, last: int) -> str:
    """Return a class of the characters whose byte lies between two."""
    chosen = sorted(character for character, byte in table.items() if first <= byte <= last)
    return f"[{''.join(map(re.escape, chosen))}]"


def _pairs(table: dict[str, int]) -> str:
    """Return a pattern of at least two Arabic characters of UTF-8, each read as two characters."""
    pair = _class(table, 0xD8, 0xDB) + _class(table, 0x80, 0xBF)
    return f"(?:{pair}){{2,}}+(?:[ ](?:{pair})++)*+"


_PATTERN: Final = re.compile(
    f"(?P<utf8_as_1252>{_pairs(_WINDOWS_1252)}"
    "|(?:\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}\N{EURO SIGN}"
    "|[\N{LATIN CAPITAL LETTER A WITH TILDE}\N{LATIN CAPITAL LETTER A WITH CIRCUMFLEX}])"
    f"{_class(_WINDOWS_1252, 0x80, 0xBF)})"
    f"|(?P<utf8_as_1256>{_pairs(_WINDOWS_1256)})"
    f"|(?P<arabic_as_latin>[{_LETTERS_OF_LATIN}]{{3,}}+(?:[ ][{_LETTERS_OF_LATIN}]++)*+)"
    "|(?P<lost>\N{REPLACEMENT CHARACTER}++)"
)


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield runs of characters that are bytes of another encoding."""
    for match in _PATTERN.finditer(segment.target):
        run, kind = match.group(), match.lastgroup
        if kind == "lost":
            yield Finding(*match.span(), _LOST, evidence="U+FFFD")
            continue
        if kind == "arabic_as_latin":
            suggestion = _one_byte(run)
            if suggestion is None and len(run) < 6:
                continue
        else:
            suggestion = _utf8(run, _WINDOWS_1252 if kind == "utf8_as_1252" else _WINDOWS_1256)
        yield Finding(*match.span(), _REASON, evidence=run[:40], suggestion=suggestion)


def _utf8(run: str, table: dict[str, int]) -> str | None:
    """Return a run whose characters are bytes of UTF-8, decoded; None if they do not fit."""
    try:
        return bytes(table.get(character, ord(character)) for character in run).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return None


def _one_byte(run: str) -> str | None:
    """Return a run read in the Arabic one-byte encoding that makes common words of it, or None."""
    data = bytes(_WINDOWS_1252.get(character, 0x20) for character in run)
    known = frequencies("frequency.ar")
    readings = [data.decode(encoding, "replace") for encoding in ("cp1256", "iso8859_6")]
    best = max(readings, key=lambda text: sum(known.get(word, 0) for word in text.split()))
    if not all(character in ARABIC_LETTERS or character == " " for character in best):
        return None
    return best if any(word in known for word in best.split()) else None


CHECK = Check(
    id="mojibake",
    category="character-encoding",
    severity=Severity.MAJOR,
    title=Reason("Wrong encoding", "ترميز خاطئ"),
    find=find,
)
