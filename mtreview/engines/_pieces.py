"""Pieces of a text: from what a model writes to characters, and from characters to tokens.

What: SentencePiece writes a space as U+2581 and, for characters it has no piece for, single bytes
as ``<0xE2>``. ``spell`` builds the text from the pieces, so each piece's place in it is exact, and
``tokens`` lays log-probabilities over it. Spans leave no gap and are in order. Pieces that only
together spell something, such as the bytes of one character, or a word-start mark at the start of
the text and the letters after it, share a span, so that no probability loses its characters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from mtreview.model import Token

SPACE_PIECE: Final = "\N{LOWER ONE EIGHTH BLOCK}"
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
_BYTE: Final = re.compile(r"<0x([0-9A-F]{2})>")


class Pieces(NamedTuple):
    """Pieces with the offset at which each one starts in the text they were made from or spell."""

    pieces: list[str]
    starts: list[int]


class Spelled(NamedTuple):
    """A text, the start of each piece in it, and the log-probability of each piece.

    ``end`` is the log-probability of the end-of-sentence piece, None when the model was stopped.
    """

    text: str
    starts: list[int]
    log_probabilities: list[float]
    end: float | None

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The pieces with exact spans, and the end-of-sentence piece."""
        return tokens(self.text, self.starts, self.log_probabilities, self.end)


def spell(pieces: Iterable[str], silent: frozenset[str]) -> tuple[str, list[int]]:
    """Return the text that pieces spell, without spaces at its ends, and the start of each piece.

    Args:
        pieces: What the model wrote.
        silent: Pieces that spell nothing, such as language codes.

    >>> spell(["▁a", "<0xC3>", "<0xA9>", "▁b"], frozenset())
    ('aé b', [0, 1, 1, 2])
    """
    text = ""
    starts: list[int] = []
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for piece in pieces:
        starts.append(len(text))
        byte = _BYTE.fullmatch(piece)
        if byte:
            text += decoder.decode(bytes.fromhex(byte[1]))
            continue
        pending = decoder.decode(b"", final=True)
        decoder.reset()
        text += pending
        starts[-1] += len(pending)
        if piece == "<unk>":
            text += UNKNOWN
        elif piece not in silent:
            text += piece.replace(SPACE_PIECE, " ")
    text += decoder.decode(b"", final=True)
    stripped = text.strip()
    lead = len(text) - len(text.lstrip())
    last = max(len(stripped) - 1, 0)
    return stripped, [min(max(start - lead, 0), last) for start in starts]


def tokens(
    text: str,
    starts: Sequence[int],
    log_probabilities: Sequence[float],
    end: float | None,
) -> tuple[Token, ...]:
    """Return the tokens of a text.

    Args:
        text: What the pieces spell.
        starts: Start of each piece in ``text``, not falling.
        log_probabilities: Of each piece.
        end: Of the end-of-sentence piece; None leaves it out.

    >>> tokens("ab c", [0, 2], [-0.5, -1.0], -0.1)[1]
    Token(text=' c', log_probability=-1.0, start=2, end=4)
    """
    found: list[Token] = []
    following = stop = len(text)
    for index in range(len(starts) - 1, -1, -1):
        start = starts[index]
        if start < following:
            stop = following
        following = start
        if start == starts[0]:
            start = 0
        found.append(Token(text[start:stop], min(log_probabilities[index], 0.0), start, stop))
    found.reverse()
    if end is not None:
        found.append(Token("", min(end, 0.0), len(text), len(text)))
    return tuple(found)


def join(parts: Sequence[Spelled]) -> Spelled:
    """Return spelled parts of one text, joined by spaces; only the last keeps its end piece.

    >>> join([Spelled("a", [0], [-1.0], -2.0), Spelled("b", [0], [-3.0], -4.0)])
    Spelled(text='a b', starts=[0, 2], log_probabilities=[-1.0, -3.0], end=-4.0)
    """
    parts = [part for part in parts if part.text] or list(parts[:1])
    starts: list[int] = []
    shift = 0
    for part in parts:
        starts += [shift + start for start in part.starts]
        shift += len(part.text) + 1
    return Spelled(
        " ".join(part.text for part in parts),
        starts,
        [value for part in parts for value in part.log_probabilities],
        parts[-1].end,
    )
