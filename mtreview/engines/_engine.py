"""What an engine is: it translates one direction, and scores a given pair by forced decoding.

An engine module holds ``ENGINE = EngineKind(...)``; ``EngineKind.open`` loads a pack for one
direction. The heavy libraries are imported there, never at the top of a module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mtreview.model import Token
from mtreview.text.glossary import Glossary

if TYPE_CHECKING:
    from mtreview.engines.packs import Pack


class Hypothesis(NamedTuple):
    """A translation: the text, and its pieces with log-probabilities and offsets into the text."""

    text: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How an engine decodes.

    Attributes:
        beam_size: 1 is greedy.
        batch_tokens: Upper bound of source tokens in one batch, padding and every candidate of a
            beam included.
        threads: CPU threads; 0 takes what the machine has.
        device: ``cpu``, ``cuda`` or ``auto``.
        glossary: Terms that a model is shown if its prompt has words of a lexicon; the signature of
            such an engine holds ``glossary.signature``.
        judge: An engine of the other direction. Of the candidates of a beam, that one is taken
            from which the judge would best find the text again; None takes the most probable.
    """

    beam_size: int = 1
    batch_tokens: int = 2048
    threads: int = 0
    device: str = "cpu"
    glossary: Glossary = field(default_factory=Glossary)
    judge: Engine | None = None


class Engine(Protocol):
    """One direction of one model, loaded.

    ``signature`` names everything that changes the output: pack id, version and checksums,
    direction, beam size, quantization. Results come in the order of the input, one for each; an
    empty or blank text gives an empty hypothesis. A text that is longer than the model's window is
    translated in pieces cut at sentence or clause ends, and joined.
    """

    signature: str
    source_language: str
    target_language: str

    def translate(self, texts: Sequence[str]) -> list[Hypothesis]:
        """Translate texts, batched by length, in any number."""
        ...

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each target with the log-probability given its source.

        The spans are in order and cover the target as it was given, marks and elongation included;
        pieces that spell one character together share its span. A pair with a blank side, or longer
        than the model can see at once, has no tokens.
        """
        ...


@dataclass(frozen=True, slots=True)
class EngineKind:
    """A kind of engine: which packs it runs, and how one is opened.

    Attributes:
        id: The value of ``kind`` in ``pack.toml`` that it serves.
        open: Loads (pack, source language, target language, settings); raises ``ModelError``.
    """

    id: str
    title: str
    open: Callable[[Pack, str, str, Settings], Engine]
