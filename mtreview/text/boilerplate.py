"""Lines of a web page that are no part of the article.

What: codes of a publishing system (``[ad_1]``, ``[caption …]``), and lines that invite to share,
subscribe or install, name rights or the source, or lead elsewhere. Why: machine translation of a
scraped page translates them too, and they would spoil every average. Leaves alone: sentences that
only mention such a thing; whole lines are matched, or the begin of a short one. Source:
``resources/boilerplate.txt``, which an editor can extend.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from mtreview.text.normalize import fold
from mtreview.text.residue import is_residue
from mtreview.text.resources import lines

LENGTH_LIMIT: Final = 250
"""Code points of the longest line that can be boilerplate by its beginning."""

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|@\w+", re.ASCII)
_NOT_WORD: Final = re.compile(r"[^\w:©]+")
_SEPARATOR: Final = re.compile(r"\s*(?:[|·•/‹›»]|\s[-–—]\s)\s*")
_LATIN_NAME: Final = r"[a-z0-9]+(?: [a-z0-9]+){0,3}"
_ANYTHING: Final = "…"
_NAME: Final = "@"


def is_boilerplate(line: str) -> bool:
    """Tell whether a line is no part of the article.

    >>> is_boilerplate("تطبيق Le Monde"), is_boilerplate("أطلقت الصحيفة تطبيق Le Monde الجديد.")
    (True, False)
    """
    if is_residue(line) or _ADDRESS.fullmatch(line.strip()):
        return True
    if len(line) > LENGTH_LIMIT:
        return False
    expression = _phrases()
    if expression.fullmatch(_simple(line)):
        return True
    parts = [part for part in map(_simple, _SEPARATOR.split(line)) if part]
    return len(parts) > 1 and all(map(expression.fullmatch, parts))


def _simple(line: str) -> str:
    """Return the words of a line, folded, with one space between them; colons are words."""
    return " ".join(_NOT_WORD.sub(" ", fold(line)).replace(":", " : ").split()).rstrip(" :")


@cache
def _phrases() -> re.Pattern[str]:
    """Return the expression of all phrases of the list."""
    return re.compile("|".join(_expression(phrase) for phrase in lines("boilerplate")))


def _expression(phrase: str) -> str:
    """Return the expression of one phrase: a whole line, or with … its beginning or end."""
    words = phrase.split()
    begin = "(?:.* )?" if words[0] == _ANYTHING else ""
    end = ""
    if words[-1] == _ANYTHING:
        has_colon = words[-2] == ":"
        end = "(?: : .*)?" if has_colon else "(?: .*)?"
        words = words[: -2 if has_colon else -1]
    inner = [word for word in words if word != _ANYTHING]
    return begin + " ".join(_LATIN_NAME if word == _NAME else _word(word) for word in inner) + end


def _word(word: str) -> str:
    """Return the expression of one word of a phrase."""
    return re.escape(_simple(word) or word)
