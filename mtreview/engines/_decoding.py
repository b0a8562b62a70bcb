"""What all engines of this package share: preparing, cutting, batching, spelling, mapping back.

A ``Decoder`` knows one model: how pieces of a source become pieces of a translation, and how
probable given pieces are. ``PieceEngine`` makes an ``Engine`` of it. The model sees texts without
marks, elongation and invisible characters (``mtreview.text.normalize.for_model``); every offset
that comes out refers to the text that went in, or to the translation as it is returned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from mtreview.engines._cut import cut
from mtreview.engines._engine import Hypothesis, Settings
from mtreview.engines._layout import Layout
from mtreview.engines._pack import Direction, Pack
from mtreview.engines._pieces import Spelled, join, tokens
from mtreview.engines._remedies import remedies
from mtreview.errors import ModelError
from mtreview.model import Token, content_hash
from mtreview.text.normalize import for_model_with_map

Item = TypeVar("Item")
Result = TypeVar("Result")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters; no tokenizer takes them."""

LENGTH_RATIO: Final = 2
LENGTH_MARGIN: Final = 32
"""A translation of n source pieces may have ``n * LENGTH_RATIO + LENGTH_MARGIN`` pieces."""

FORCED_SHARE: Final = 4
"""Forced batches are so many times smaller: they hold the probabilities of the whole vocabulary
for every piece at once. With 40,000 pieces, 512 tokens took 0.7 of the time of 2048."""

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
    ) -> list[Generated]:
        """Translate one batch into at most so many pieces each.

        With ``no_repeat``, no run of so many pieces comes twice in a translation; a piece of
        ``never`` does not come at all.
        """
        ...

    def force(
        self, sources: list[list[str]], targets: list[list[str]]
    ) -> list[tuple[list[float], float]]:
        """Return the log-probabilities of given pieces, and of the end after them."""
        ...


class PieceEngine:
    """An ``Engine`` made of a layout and a decoder."""

    def __init__(
        self,
        pack: Pack,
        direction: Direction,
        settings: Settings,
        layout: Layout,
        decoder: Decoder,
    ) -> None:
        self.source_language = direction.source
        self.target_language = direction.target
        files = content_hash(*(f"{name} {value}" for name, value in pack.files.items()))
        self.signature = (
            f"pack:{pack.id}|version:{pack.version}|files:{files[:8]}|direction:{direction.name}"
            f"|beam:{_beam(settings.beam_size, direction)}|{decoder.signature}"
            f"{f'|lexicon:{layout.lexicon.signature}' if layout.lexicon else ''}"
            f"{f'|{layout.glossary.signature}' if layout.glossary else ''}"
        )
        self._pack_id = pack.id
        self._window = min(pack.window, layout.source_limit)
        self._batch_tokens = settings.batch_tokens
        self._beam_tokens = max(1, settings.batch_tokens // settings.beam_size)
        self._layout = layout
        self._decoder = decoder
        self._remedies = remedies(direction.target, layout.tokenizers[1])

    def translate(self, texts: Sequence[str]) -> list[Hypothesis]:
        """Translate texts, batched by length, in any number.

        Raises:
            ModelError: The model failed.
        """
        parts: list[tuple[list[str], int]] = []
        owners: list[int] = []
        for index, text in enumerate(texts):
            prepared, _ = _prepared(text)
            for part in cut(prepared, self._layout.source_length, self._window) if prepared else ():
                source = part.strip()
                parts.append((self._layout.encode_source(source), self._limit(source)))
                owners.append(index)

        def translate(batch: list[tuple[list[str], int]]) -> list[Spelled]:
            sources, limits = [part[0] for part in batch], [part[1] for part in batch]
            return [
                Spelled(*self._layout.spell(done.pieces), done.log_probabilities, done.end)
                for done in self._generate(sources, limits)
            ]

        spelled: list[list[Spelled]] = [[] for _ in texts]
        results = self._in_batches(parts, lambda part: len(part[0]), translate, self._beam_tokens)
        for owner, result in zip(owners, results, strict=True):
            spelled[owner].append(result)
        joined = [join(of_text) if of_text else None for of_text in spelled]
        return [Hypothesis(one.text, one.tokens) if one else Hypothesis("", ()) for one in joined]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each target with the log-probability given its source.

        Raises:
            ModelError: The model failed.
        """
        results: list[tuple[Token, ...]] = [()] * len(targets)
        pairs: list[tuple[int, list[str], list[str]]] = []
        places: dict[int, list[int]] = {}
        for index, (source, target) in enumerate(zip(sources, targets, strict=True)):
            prepared, offsets = _prepared(target)
            given, _ = _prepared(source)
            pieces, starts = self._layout.encode_target(prepared)
            length = self._layout.source_length(given)
            fits = length <= self._layout.source_limit and len(pieces) <= self._layout.target_limit
            if fits and length > 0 and pieces:
                pairs.append((index, self._layout.encode_source(given), pieces))
                places[index] = [offsets[min(start, len(offsets) - 1)] for start in starts]

        def score(batch: list[tuple[int, list[str], list[str]]]) -> list[tuple[list[float], float]]:
            given, pieces = [pair[1] for pair in batch], [pair[2] for pair in batch]
            return self._run(self._decoder.force, given, pieces)

        scored = self._in_batches(
            pairs,
            lambda pair: len(pair[1]) + len(pair[2]),
            score,
            self._batch_tokens // FORCED_SHARE,
        )
        for (index, _, _), (values, end) in zip(pairs, scored, strict=True):
            results[index] = tokens(targets[index], places[index], values, end)
        return results

    def _generate(self, batch: list[list[str]], limits: list[int]) -> list[Generated]:
        """Translate one batch; what went wrong in a way that can be forbidden is made again."""
        results = self._run(self._decoder.generate, batch, limits)
        for remedy in self._remedies:
            places = [
                place
                for place, (result, source) in enumerate(zip(results, batch, strict=True))
                if remedy.is_needed(result.pieces, source)
            ]
            if places:
                again = self._run(
                    self._decoder.generate,
                    [batch[place] for place in places],
                    [limits[place] for place in places],
                    remedy.no_repeat,
                    remedy.never(),
                )
                for place, result in zip(places, again, strict=True):
                    results[place] = result
        return results

    def _run(self, work: Callable[..., list[Result]], *arguments: object) -> list[Result]:
        """Return what the decoder gives for one batch; its library raises anything.

        Raises:
            ModelError: It failed, for instance for want of memory.
        """
        try:
            return work(*arguments)
        except (RuntimeError, ValueError, MemoryError) as error:
            raise ModelError(
                f"the model failed ({error or type(error).__name__})",
                where=self._pack_id,
                hint="Try a smaller batch_tokens, or check it with `mtreview models verify`.",
            ) from error

    def _limit(self, source: str) -> int:
        """Return how many pieces a translation may have."""
        length = self._layout.source_length(source)
        return min(length * LENGTH_RATIO + LENGTH_MARGIN, self._layout.target_limit)

    def _in_batches(
        self,
        items: Sequence[Item],
        length: Callable[[Item], int],
        work: Callable[[list[Item]], list[Result]],
        batch_tokens: int,
    ) -> list[Result]:
        """Return the results of items in their order, worked on in batches of like length."""
        order = sorted(range(len(items)), key=lambda index: length(items[index]), reverse=True)
        batches: list[list[int]] = []
        for index in order:
            widest = length(items[batches[-1][0]]) if batches else 0
            if batches and (len(batches[-1]) + 1) * widest <= batch_tokens:
                batches[-1].append(index)
            else:
                batches.append([index])
        results: dict[int, Result] = {}
        with ThreadPoolExecutor(self._decoder.workers) as pool:
            done = pool.map(lambda batch: work([items[index] for index in batch]), batches)
            for batch, values in zip(batches, done, strict=True):
                results.update(zip(batch, values, strict=True))
        return [results[index] for index in range(len(items))]


def with_probabilities(
    decoder: Decoder,
    sources: list[list[str]],
    written: list[list[str]],
    limits: list[int],
    end_piece: str,
) -> list[Generated]:
    """Return what was written with the log-probabilities of a forced pass over them."""
    targets, ended = [], []
    for pieces, limit in zip(written, limits, strict=True):
        stop = next((i for i, p in enumerate(pieces) if p == end_piece or is_line_end(p)), limit)
        targets.append(pieces[:stop])
        ended.append(pieces[stop : stop + 1] == [end_piece])
    return [
        Generated(pieces, values, last if end else None)
        for pieces, end, (values, last) in zip(
            targets, ended, decoder.force(sources, targets), strict=True
        )
    ]


def _beam(size: int, direction: Direction) -> str:
    """Return what of a search with so many candidates changes its result."""
    return str(size) if size == 1 else f"{size}/{direction.length_penalty}/{PATIENCE}"


def is_line_end(piece: str) -> bool:
    """Tell whether a piece ends the line; a model that goes on has finished the translation."""
    return "\n" in piece or piece == "<0x0A>"


def _prepared(text: str) -> tuple[str, list[int]]:
    """Return a text as the model sees it, and for each of its characters the offset in ``text``."""
    return for_model_with_map(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))
