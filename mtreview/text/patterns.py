"""A small language for phrases, so that a desk can keep a list of them without knowing regexes.

What: a pattern is words between spaces. ``a/b`` is either word; ``*`` in a word is any letters;
``{countries}`` is any entry of that word list, with or without the article; ``…`` is up to five
words, and ``…!a/b`` up to five that are neither of these; a leading ``+`` on the first word lets a
conjunction or a preposition of one letter be written before it, which is not part of the phrase.
Words match whole, over marks and elongation, and any white space separates them. Why: calques and
house phrases change from desk to desk, and a list that an editor can read will be kept up. Leaves
alone: meaning, word order, endings that are not spelled out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from mtreview.text.characters import ARABIC_LETTERS, TASHKEEL, TATWEEL
from mtreview.text.resources import lines

_MARKS: Final = f"[{''.join(sorted(TASHKEEL))}{TATWEEL}]*"
_LETTER: Final = f"[{''.join(sorted(ARABIC_LETTERS))}]"
_ANY_LETTERS: Final = f"(?:{_LETTER}{_MARKS})*"
_GAP: Final = "…"
_LIST: Final = re.compile(r"\{([\w-]+)\}")
_BEGIN: Final = f"(?<!{_LETTER})"
_BEGIN_AFTER_PREFIX: Final = f"(?:(?<!{_LETTER})|(?<!{_LETTER}.)(?<=[وفبكل]))"
_END: Final = f"(?!{_LETTER})"


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a pattern; it matches the phrase alone.

    Raises:
        ValueError: The pattern has no word, begins or ends with ``…``, or is otherwise malformed.
        MtReviewError: It names a word list that does not exist.

    >>> compile_pattern("+محادثات {countries} ل{countries}").search("ومحادثات الصين لروسيا")[0]
    'محادثات الصين لروسيا'
    """
    begin = _BEGIN_AFTER_PREFIX if pattern.startswith("+") else _BEGIN
    pieces = pattern.removeprefix("+").split()
    if not pieces or _GAP in (pieces[0][0], pieces[-1][0]):
        raise ValueError("a pattern begins and ends with a word")
    expression = "".join(
        _gap(piece[1:]) if piece.startswith(_GAP) else rf"{_word(piece)}\s+" for piece in pieces
    )
    return re.compile(begin + expression.removesuffix(r"\s+") + _END)


def _gap(but: str) -> str:
    """Return the expression of up to five words, none of which is what stands after ``!``."""
    if but and not but.startswith("!"):
        raise ValueError(
            f"{but!r} after {_GAP}: write {_GAP}!word for a word that may not be there"
        )
    none_of = rf"(?!{_word(but[1:])}\s)" if but else ""
    return rf"(?:{none_of}[^\s.،؛:؟!]+\s+){{0,5}}?"


def _word(piece: str) -> str:
    """Return the expression of one word: its alternatives."""
    alternatives = piece.split("/")
    if not all(alternatives):
        raise ValueError(f"an empty alternative in {piece!r}")
    return f"(?:{'|'.join(_alternative(each) for each in alternatives)})"


def _alternative(text: str) -> str:
    """Return the expression of a word that may hold ``*`` or the name of a list."""
    parts = _LIST.split(text)
    return "".join(
        _names(part, parts[index - 1].endswith("ل")) if index % 2 else _spelled(part)
        for index, part in enumerate(parts)
    )


def _names(name: str, after_lam: bool) -> str:
    """Return the expression of a word list; after ل the article loses its alef (``للصين``)."""
    article = f"(?:ل{_MARKS})?" if after_lam else f"(?:ا{_MARKS}ل{_MARKS})?"
    spellings = (r"\s+".join(map(_spelled, line.split())) for line in lines(name))
    return f"{article}(?:{'|'.join(sorted(spellings, key=len, reverse=True))})"


def _spelled(text: str) -> str:
    """Return the expression of letters, each of which may carry marks."""
    return "".join(_ANY_LETTERS if letter == "*" else re.escape(letter) + _MARKS for letter in text)
