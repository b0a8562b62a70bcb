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
from functools import partial
from typing import Final, NamedTuple, TypeVar

from mtreview.engines._cut import cut
from mtreview.engines._decoder import PATIENCE, Candidate, Decoder, Generated
from mtreview.engines._engine import Hypothesis, Settings
from mtreview.engines._judging import WEIGHT, explained
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

LIKELY_RATIO: Final = 1.25
"""A translation of n source pieces must have room for so many times n; words give way to it."""

FORCED_SHARE: Final = 4
"""Forced batches are so many times smaller: they hold the probabilities of the whole vocabulary
for every piece at once. With 40,000 pieces, 512 tokens took 0.7 of the time of 2048."""

JUDGED_LENGTH: Final = 12
"""A text of fewer pieces is not judged: what a word or two without a sentence around them were
translated from is anybody's guess."""


class _Part(NamedTuple):
    """What is translated at once: a text, or a piece of one that is too long.

    Attributes:
        pieces: Of the text, as the model reads it.
        limit: How many pieces its translation may have.
        is_judged: Whether the judge chooses among its translations.
    """

    text: str
    pieces: list[str]
    limit: int
    is_judged: bool


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
            f"|beam:{_beam(settings, direction)}|{decoder.signature}"
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
        self._judge = settings.judge if settings.beam_size > 1 else None

    def translate(self, texts: Sequence[str]) -> list[Hypothesis]:
        """Translate texts, batched by length, in any number.

        Raises:
            ModelError: The model failed.
        """
        parts: list[_Part] = []
        owners: list[int] = []
        for index, text in enumerate(texts):
            prepared, _ = _prepared(text)
            for part in cut(prepared, self._layout.source_length, self._window) if prepared else ():
                parts.append(self._part(part.strip()))
                owners.append(index)

        results: dict[int, Spelled] = {}
        for is_judged in (False, True):
            places = [place for place, part in enumerate(parts) if part.is_judged is is_judged]
            chosen = [parts[place] for place in places]
            done = self._in_batches(
                chosen, lambda part: len(part.pieces), self._translate, self._beam_tokens
            )
            results.update(zip(places, done, strict=True))
        spelled: list[list[Spelled]] = [[] for _ in texts]
        for place, owner in enumerate(owners):
            spelled[owner].append(results[place])
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
                pairs.append((index, self._layout.encode_source(given, len(pieces)), pieces))
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

    def _translate(self, batch: list[_Part]) -> list[Spelled]:
        """Translate one batch, all judged or none."""
        return [
            Spelled(*self._layout.spell(done.pieces), done.log_probabilities, done.end)
            for done in self._generate(batch)
        ]

    def _generate(self, batch: list[_Part]) -> list[Generated]:
        """Translate one batch; what went wrong in a way that can be forbidden is made again."""
        sources, limits = [part.pieces for part in batch], [part.limit for part in batch]
        choose = partial(self._choose, batch) if batch[0].is_judged else None
        results = self._run(self._decoder.generate, sources, limits, 0, (), choose)
        for remedy in self._remedies:
            places = [
                place
                for place, (result, source) in enumerate(zip(results, sources, strict=True))
                if remedy.is_needed(result.pieces, source)
            ]
            if places:
                again = self._run(
                    self._decoder.generate,
                    [sources[place] for place in places],
                    [limits[place] for place in places],
                    remedy.no_repeat,
                    remedy.never(),
                )
                for place, result in zip(places, again, strict=True):
                    results[place] = result
        return results

    def _choose(self, batch: list[_Part], found: list[list[Candidate]]) -> list[int]:
        """Return the place of the candidate that best explains each part."""
        assert self._judge
        spelled = [
            [(self._layout.spell(pieces)[0], score) for pieces, score in candidates]
            for candidates in found
        ]
        return explained(self._judge, [part.text for part in batch], spelled)

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

    def _part(self, text: str) -> _Part:
        """Return a text with all that is needed to translate it."""
        length = self._layout.source_length(text)
        pieces = self._layout.encode_source(
            text, min(int(length * LIKELY_RATIO), self._layout.target_limit)
        )
        limit = min(length * LENGTH_RATIO + LENGTH_MARGIN, self._layout.room(pieces))
        is_judged = self._judge is not None and length >= JUDGED_LENGTH
        return _Part(text, pieces, limit, is_judged)

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


def _beam(settings: Settings, direction: Direction) -> str:
    """Return all of a search that changes its result."""
    if settings.beam_size == 1:
        return "1"
    judge = settings.judge
    judged = f"/{content_hash(judge.signature)[:8]}/{WEIGHT}/{JUDGED_LENGTH}" if judge else ""
    return f"{settings.beam_size}/{direction.length_penalty}/{PATIENCE}{judged}"


def _prepared(text: str) -> tuple[str, list[int]]:
    """Return a text as the model sees it, and for each of its characters the offset in ``text``."""
    return for_model_with_map(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))
