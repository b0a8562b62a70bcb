"""What stands around a text when a model reads it, and how much fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mtreview.engines._pack import Direction, Pack
from mtreview.engines._pieces import Pieces
from mtreview.engines._tokenizer import Tokenizer
from mtreview.errors import ModelError, MtReviewError
from mtreview.text.glossary import Glossary
from mtreview.text.lexicon import Lexicon, lexicon

PLACE: Final = "{text}"
WORDS_PLACE: Final = "{words}"


@dataclass(frozen=True, slots=True)
class Layout:
    """What surrounds a source, and how a translation begins and ends.

    Attributes:
        direction: The prompt, or the pieces before and after.
        tokenizers: Of the source and of the target.
        overhead: Pieces of a source that are not of its text.
        source_limit: Most pieces of a source's text.
        target_limit: Most pieces of a translation.
        positions: What prompt and translation may have together; 0 if they do not share anything.
        lexicon: What the prompt says of the source's words; None when it says nothing.
        glossary: Terms that the prompt shows in place of entries of the lexicon, if any.
    """

    direction: Direction
    tokenizers: tuple[Tokenizer, Tokenizer]
    overhead: int = 0
    source_limit: int = 0
    target_limit: int = 0
    positions: int = 0
    lexicon: Lexicon | None = None
    glossary: Glossary | None = None

    @classmethod
    def of(
        cls,
        pack: Pack,
        direction: Direction,
        tokenizers: tuple[Tokenizer, Tokenizer],
        glossary: Glossary | None = None,
    ) -> Layout:
        """Return the layout of a direction.

        Raises:
            ModelError: The prompt has no place for the text, or wants words of a lexicon that does
                not exist.
        """
        if direction.prompt and PLACE not in direction.prompt:
            raise ModelError(f"the prompt of {direction.name} has no {PLACE}", where=pack.id)
        words = None
        if WORDS_PLACE in direction.prompt:
            try:
                words = lexicon(direction.source, direction.target)
            except MtReviewError as error:
                message = f"the prompt of {direction.name} wants a lexicon ({error})"
                raise ModelError(message, where=pack.id) from None
        overhead = len(cls(direction, tokenizers).encode_source(""))
        room = pack.positions - overhead
        if direction.prompt:  # source and translation share the positions; words get what is left
            share = room // 2
            shown = glossary if words and glossary and glossary.terms else None
            return cls(
                direction, tokenizers, overhead, share, share - 1, pack.positions, words, shown
            )
        ends = len(direction.target_prefix) + 1
        return cls(direction, tokenizers, overhead, room, pack.positions - ends)

    @property
    def eos(self) -> str:
        """The piece that ends a translation."""
        return self.direction.eos

    @property
    def prefix(self) -> list[str]:
        """The pieces a translation is made to begin with; they are no part of it."""
        return list(self.direction.target_prefix)

    @property
    def space(self) -> str:
        """What stands between a prompt and the translation, and is no part of it."""
        prompt = self.direction.prompt
        return " " if prompt and not prompt[-1].isspace() else ""

    def encode_source(self, text: str, wanted: int = 0) -> list[str]:
        """Return the pieces that the model reads.

        A prompt is cut together with the text, since a space before a word belongs to its piece.
        Terms, and then all words, are left out where they would leave too little room.

        Args:
            text: The source.
            wanted: Pieces that a translation must have room for.
        """
        for words in self._words(text):
            pieces = self._around(text, words)
            if self.room(pieces) >= wanted:
                return pieces
        return self._around(text, "")

    def room(self, source: list[str]) -> int:
        """Return how many pieces a translation of an encoded source may have."""
        if not self.positions:
            return self.target_limit
        return min(self.target_limit, self.positions - len(source) - 1)

    def _words(self, text: str) -> Iterator[str]:
        """Yield what the prompt could say of the words of a text, the best first."""
        if self.lexicon:
            if self.glossary:
                yield self.glossary.gloss(text, self.direction.source, self.lexicon)
            yield self.lexicon.gloss(text)

    def source_length(self, text: str) -> int:
        """Return the number of pieces of a source's text."""
        return len(self._around(text, "")) - self.overhead

    def _around(self, text: str, words: str) -> list[str]:
        """Return the pieces of a text with what surrounds it."""
        direction, tokenizer = self.direction, self.tokenizers[0]
        if direction.prompt:
            # Split first, so that nothing in the text is taken for a place.
            parts = direction.prompt.split(PLACE)
            prompt = text.join(part.replace(WORDS_PLACE, words) for part in parts)
            pieces = tokenizer.encode(prompt).pieces
            return [direction.bos, *pieces] if direction.bos else pieces
        return [*direction.source_prefix, *tokenizer.encode(text).pieces, *direction.source_suffix]

    def encode_target(self, text: str) -> Pieces:
        """Return the pieces of a given translation, and the start of each in it."""
        pieces, starts = self.tokenizers[1].encode(self.space + text if text else "")
        return Pieces(pieces, [max(start - len(self.space), 0) for start in starts])

    def spell(self, pieces: list[str]) -> tuple[str, list[int]]:
        """Return the text of a translation's pieces, and the start of each piece in it."""
        return self.tokenizers[1].spell(pieces)
