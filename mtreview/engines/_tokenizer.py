"""Text to pieces, with exact offsets, by the tokenizers or the SentencePiece library."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Protocol

from mtreview.engines._pack import Pack
from mtreview.engines._pieces import Pieces, spell
from mtreview.errors import ModelError


class Tokenizer(Protocol):
    """Cuts a text into pieces, and spells pieces."""

    def encode(self, text: str) -> Pieces:
        """Return the pieces of a text, each with its start in it; no special pieces."""
        ...

    def spell(self, pieces: list[str]) -> tuple[str, list[int]]:
        """Return the text of pieces, and the start of each piece in it."""
        ...

    def vocabulary(self) -> list[str]:
        """Return all pieces there are."""
        ...


class FastTokenizer:
    """A tokenizer of the ``tokenizers`` library (a ``tokenizer.json``)."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.encode_special_tokens = True  # "<eos>" in an article is five characters
        added = tokenizer.get_added_tokens_decoder().values()
        self._silent = frozenset(token.content for token in added if token.special)

    def encode(self, text: str) -> Pieces:
        """Return the pieces of a text."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return Pieces(encoding.tokens, [start for start, _ in encoding.offsets])

    def spell(self, pieces: list[str]) -> tuple[str, list[int]]:
        """Return the text of pieces."""
        return spell(pieces, self._silent)

    def vocabulary(self) -> list[str]:
        """Return all pieces."""
        return sorted(self._tokenizer.get_vocab())


class SentencePieceTokenizer:
    """A SentencePiece model; its own normalisation is mapped back to the text given."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        size = processor.get_piece_size()
        self._silent = frozenset(
            processor.id_to_piece(number) for number in range(size) if processor.is_control(number)
        )

    def encode(self, text: str) -> Pieces:
        """Return the pieces of a text."""
        found = self._processor.encode(text, return_type="proto").pieces
        at = _code_points(text)
        return Pieces([piece.piece for piece in found], [at[piece.begin] for piece in found])

    def spell(self, pieces: list[str]) -> tuple[str, list[int]]:
        """Return the text of pieces."""
        return spell(pieces, self._silent)

    def vocabulary(self) -> list[str]:
        """Return all pieces."""
        return [self._processor.id_to_piece(n) for n in range(self._processor.get_piece_size())]


def open_tokenizers(pack: Pack) -> tuple[Tokenizer, Tokenizer]:
    """Return the tokenizers of the source and the target side.

    Raises:
        ModelError: A file is missing or broken, or the kind is unknown.
    """
    files = pack.tokenizer
    if files.kind not in ("tokenizers", "sentencepiece"):
        raise ModelError(f"unknown kind of tokenizer {files.kind!r}", where=pack.id)
    sides = [pack.path / (side or files.file) for side in (files.source, files.target)]
    try:
        return (_open(files.kind, sides[0]), _open(files.kind, sides[1]))
    except Exception as error:  # the libraries raise bare Exception and RuntimeError
        raise ModelError(
            f"its tokenizer cannot be read ({error})",
            where=pack.id,
            hint="Install or pull the pack again.",
        ) from error


@cache
def _open(kind: str, file: Path) -> Tokenizer:
    """Return a tokenizer; both directions of a pack share it."""
    if kind == "tokenizers":
        import tokenizers

        return FastTokenizer(tokenizers.Tokenizer.from_file(str(file)))
    import sentencepiece

    return SentencePieceTokenizer(sentencepiece.SentencePieceProcessor(model_file=str(file)))


def _code_points(text: str) -> dict[int, int]:
    """Return the code point offset of each byte offset at which a character begins."""
    offsets: dict[int, int] = {}
    position = 0
    for index, character in enumerate(text):
        offsets[position] = index
        position += len(character.encode("utf-8", "surrogatepass"))
    offsets[position] = len(text)
    return offsets
