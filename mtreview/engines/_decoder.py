"""What a decoder is: one loaded model, and what it writes.

The engine modules hold one each; ``_decoding.PieceEngine`` makes an ``Engine`` of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

PATIENCE: Final = 2.0
"""A beam goes on until so many times its size of translations are complete. With 1, short ones that
end early fill the places before the right one is complete (Kasai et al. 2022, arXiv 2204.05424)."""


@dataclass(slots=True)
class Generated:
    """What a model wrote for one source.

    Attributes:
        pieces: The translation, without prefix and end-of-sentence piece.
        log_probabilities: Of each piece.
        end: Log-probability of the end-of-sentence piece; None when the model was stopped.
    """

    pieces: list[str] = field(default_factory=list)
    log_probabilities: list[float] = field(default_factory=list)
    end: float | None = None


class Candidate(NamedTuple):
    """One of the translations that a beam ended with.

    Attributes:
        pieces: As they were written; what follows an end is cut off before anybody chooses.
        score: Log-probability, divided as the length penalty of the beam says.
    """

    pieces: list[str]
    score: float


Choose = Callable[[list[list[Candidate]]], list[int]]
"""Returns the place of the chosen one among the candidates of each source."""


class Decoder(Protocol):
    """A loaded model. Sources are laid out already; up to ``workers`` batches come at once."""

    signature: str
    workers: int

    def generate(
        self,
        sources: list[list[str]],
        limits: list[int],
        no_repeat: int = 0,
        never: Sequence[str] = (),
        choose: Choose | None = None,
    ) -> list[Generated]:
        """Translate one batch into at most so many pieces each.

        With ``no_repeat``, no run of so many pieces comes twice in a translation; a piece of
        ``never`` does not come at all. ``choose`` chooses among the candidates of a beam; without
        it the most probable one is taken.
        """
        ...

    def force(
        self, sources: list[list[str]], targets: list[list[str]]
    ) -> list[tuple[list[float], float]]:
        """Return the log-probabilities of given pieces, and of the end after them."""
        ...


def with_probabilities(
    decoder: Decoder,
    sources: list[list[str]],
    found: list[list[Candidate]],
    limits: list[int],
    end_piece: str,
    *,
    choose: Choose | None,
) -> list[Generated]:
    """Return what was chosen with the log-probabilities of a forced pass over it."""
    cut_off = [
        [Candidate(_trimmed(pieces, limit, end_piece), score) for pieces, score in candidates]
        for candidates, limit in zip(found, limits, strict=True)
    ]
    places = choose(cut_off) if choose else [0] * len(found)
    written, targets = (
        [candidates[place].pieces for candidates, place in zip(rows, places, strict=True)]
        for rows in (found, cut_off)
    )
    forced = decoder.force(sources, targets)
    return [
        Generated(pieces, values, last if end_piece in whole[len(pieces) :][:1] else None)
        for whole, pieces, (values, last) in zip(written, targets, forced, strict=True)
    ]


def _trimmed(pieces: list[str], limit: int, end_piece: str) -> list[str]:
    """Return pieces up to the end or a line end; without either, as many as the limit says."""
    stop = next((i for i, p in enumerate(pieces) if p == end_piece or is_line_end(p)), limit)
    return pieces[:stop]


def is_line_end(piece: str) -> bool:
    """Tell whether a piece ends the line; a model that goes on has finished the translation."""
    return "\n" in piece or piece == "<0x0A>"
