"""English that was left untranslated.

What: a run of Latin text that is prose and not a name: it has a lower-case word, or it is at least
four words long and holds an English function word. The flag marks the run up to the next Arabic
letter, from its first Latin letter to its last. One to three words are minor.
Why: the machine copied what it did not understand.
Leaves alone: names, brands and abbreviations (capital letters), titles whose small words are
function words, units, particles of names, addresses of the web and mail, handles, hashtags, codes
of the publishing system, Latin in round brackets, which explains an Arabic term, names of species,
foreign words that are introduced as such (the list ``introducing-words``), and words of both
scripts, which another check reports. Short runs with letters that English lacks are foreign names.
Source: measured on seven machine-translation systems; MQM ``untranslated``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.checks._letters import DIGIT, LATIN, LETTER, MARK
from mtreview.model import Reason, Segment, Severity
from mtreview.text.residue import RESIDUE
from mtreview.text.resources import words

_REASON: Final = Reason("This was left untranslated.", "تُركت هذه الكلمات بلا ترجمة.")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s\u0600-\u06ff]+"
    r"|(?<![A-Za-z0-9.+-])[A-Za-z0-9.+-]++@[A-Za-z0-9.-]+"
    r"|[@#][^\s@#]+"
    r"|&(?:#\d+|[A-Za-z]+);"
    r"|(?<![A-Za-z0-9_.-])(?:[A-Za-z0-9_-]++\.)++[a-z]{2,4}(?![A-Za-z])"
)
_RUN: Final = re.compile(f"(?<![{LETTER}{MARK}{LATIN}{DIGIT}])[{LATIN}][^{LETTER}]*+")
_WORD: Final = re.compile(f"[{LATIN}{DIGIT}][{LATIN}{DIGIT}'\N{RIGHT SINGLE QUOTATION MARK}-]*+")
_LOWER: Final = re.compile("[a-z][a-z'\N{RIGHT SINGLE QUOTATION MARK}-]+")
_SPECIES: Final = re.compile(r"[A-Z][a-z]+ [a-z]+(?:ae|us|is|um|ii|ens|a)")
_INTRODUCED: Final = re.compile(
    f'([{LETTER}]+)[\\s"(\N{LEFT DOUBLE QUOTATION MARK}'
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}]+$"
)
_REACH: Final = 30
"""Characters before a run in which the word that introduces it stands."""
_PROSE: Final = 4
"""Words that make prose of a run with a function word."""
_TITLE: Final = 12
"""Words of the longest run that may be a title."""
_CAPITALS: Final = 2
"""Words with a capital letter that a title has at least."""
_EVIDENCE: Final = 60


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the runs of Latin text that are prose."""
    text = _masked(segment.target)
    for match in _RUN.finditer(text):
        run = _whole_words(match.group(), is_glued=match.end() < len(text))
        end = match.start() + len(run)
        pieces = [word.group() for word in _WORD.finditer(run)]
        if _is_prose(pieces) and not _is_mentioned(text, match.start(), end, pieces):
            severity = None if len(pieces) >= _PROSE else Severity.MINOR
            evidence = segment.target[match.start() : end][:_EVIDENCE]
            yield Finding(match.start(), end, _REASON, evidence=evidence, severity=severity)


def _masked(text: str) -> str:
    """Return a text of the same length with addresses and codes blanked."""
    for pattern in (_ADDRESS, RESIDUE):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _whole_words(run: str, is_glued: bool) -> str:
    """Return a run up to its last Latin letter, less a last word that Arabic is glued to."""
    if is_glued and run[-1].isalpha():
        run = run.rpartition(" ")[0]
    end = len(run)
    while end and not run[end - 1].isalpha():
        end -= 1
    return run[:end]


def _is_prose(pieces: list[str]) -> bool:
    """Tell whether the words of a run are English prose."""
    function_words, kept = words("english-function-words"), words("latin-lower-case")
    lower = [piece for piece in pieces if _LOWER.fullmatch(piece) and piece not in kept]
    small = sum(piece in function_words for piece in lower)
    if small < len(lower):
        is_foreign = not small and len(pieces) <= _PROSE and not "".join(pieces).isascii()
        return not is_foreign
    capital = sum(piece[0].isupper() for piece in pieces)
    is_title = capital >= _CAPITALS and small <= capital + 1 and len(pieces) <= _TITLE
    return small > 0 and not is_title


def _is_mentioned(text: str, start: int, end: int, pieces: list[str]) -> bool:
    """Tell whether a run is spoken about: a gloss in brackets, a species, a foreign word."""
    if text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")":
        return True
    if _SPECIES.fullmatch(text[start:end]):
        return True
    introduced = _INTRODUCED.search(text[max(0, start - _REACH) : start])
    return (
        introduced is not None
        and len(pieces) < _PROSE
        and introduced[1] in words("introducing-words")
    )


CHECK = Check(
    id="untranslated-latin",
    category="untranslated",
    severity=Severity.MAJOR,
    title=Reason("Untranslated text", "نص غير مترجم"),
    find=find,
)
