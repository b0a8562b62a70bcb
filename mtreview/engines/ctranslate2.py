"""Engines that run converted models by CTranslate2: fast on a CPU, 8-bit, without torch.

What: ``ctranslate2-seq2seq`` runs encoder-decoder models (OPUS-MT, NLLB, M2M100) and
``ctranslate2-causal`` language models that were taught to translate by a prompt. Log-probabilities
of a greedy translation come with its pieces; those of a beam need a second, forced pass, since
CTranslate2 reports only the sum. One loaded model serves both directions of a pack.
Source: the interface of CTranslate2 4, https://opennmt.net/CTranslate2/.
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import starmap
from typing import Any, Final

from mtreview.engines._decoder import (
    PATIENCE,
    Candidate,
    Choose,
    Generated,
    is_line_end,
    with_probabilities,
)
from mtreview.engines._decoding import PieceEngine
from mtreview.engines._engine import Engine, EngineKind, Settings
from mtreview.engines._layout import Layout
from mtreview.engines._loops import loops
from mtreview.engines._pack import Pack
from mtreview.engines._tokenizer import open_tokenizers
from mtreview.errors import ModelError

THREADS_PER_BATCH: Final = 4
"""Small models gain little from more threads than this on one batch."""

BATCHES_AT_ONCE: Final = 2
"""So many batches, if there are threads, even with fewer of these for each. Two threads on one
batch wait for each other at every layer: on two cores two batches at once took 0.5 to 0.8 of the
time (docs/performance.md)."""


class _Listener:
    """Collects the pieces of a greedy batch as they are written, and stops loops and overlength."""

    def __init__(self, limits: list[int], end_piece: str, skip: int = 0) -> None:
        self.results = [Generated() for _ in limits]
        self._limits = limits
        self._end_piece = end_piece
        self._skip = skip

    def attend(self, work: Callable[..., Any]) -> list[Generated]:
        """Return what is written while ``work``, given a callback, runs.

        CTranslate2 lets go of the callback a moment later, in its own thread. If Python ends
        before that, the process aborts; so this waits.
        """
        callback = self._take
        held = weakref.ref(callback)
        work(callback=callback)
        del callback
        patience = time.monotonic() + 10
        while held() is not None and time.monotonic() < patience:
            time.sleep(0.001)
        return self.results

    def _take(self, step: Any) -> bool:
        """Take one piece; True stops the text it belongs to."""
        if step.step < self._skip:
            return False
        result = self.results[step.batch_id]
        if step.token == self._end_piece:
            result.end = step.log_prob
            return True
        if is_line_end(step.token):
            return True
        result.pieces.append(step.token)
        result.log_probabilities.append(step.log_prob)
        return len(result.pieces) >= self._limits[step.batch_id] or loops(result.pieces)


class _Seq2SeqDecoder:
    """A loaded encoder-decoder model."""

    def __init__(self, pack: Pack, settings: Settings, layout: Layout) -> None:
        self._translator, self.workers = _load("Translator", pack, settings)
        self.signature = f"quantization:{self._translator.compute_type}"
        self._beam_size = settings.beam_size
        self._length_penalty = layout.direction.length_penalty
        self._layout = layout

    def generate(
        self,
        sources: list[list[str]],
        limits: list[int],
        no_repeat: int = 0,
        never: Sequence[str] = (),
        choose: Choose | None = None,
    ) -> list[Generated]:
        """Translate one batch."""
        prefix = self._layout.prefix
        work = partial(
            self._translator.translate_batch,
            sources,
            [prefix] * len(sources) if prefix else None,
            beam_size=self._beam_size,
            num_hypotheses=self._beam_size if choose else 1,
            length_penalty=self._length_penalty,
            patience=PATIENCE,
            no_repeat_ngram_size=no_repeat,
            suppress_sequences=[[piece] for piece in never],
            max_input_length=0,
            max_decoding_length=max(limits) + len(prefix),
            # The end must stay possible at the first step, or its share is spread over the others.
            min_decoding_length=0,
            return_scores=True,
            return_end_token=True,
        )
        if self._beam_size == 1:
            return _Listener(limits, self._layout.eos, len(prefix)).attend(work)
        found = [
            [
                Candidate(pieces[len(prefix) :], score)
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in work()
        ]
        return with_probabilities(self, sources, found, limits, self._layout.eos, choose=choose)

    def force(
        self, sources: list[list[str]], targets: list[list[str]]
    ) -> list[tuple[list[float], float]]:
        """Return the log-probabilities of given pieces, and of the end after them."""
        prefix = self._layout.prefix
        scored = self._translator.score_batch(
            sources,
            [prefix + target for target in targets],
            max_input_length=0,
            offset=len(prefix),
        )
        return [(result.log_probs[:-1], result.log_probs[-1]) for result in scored]


class _CausalDecoder:
    """A loaded language model."""

    def __init__(self, pack: Pack, settings: Settings, layout: Layout) -> None:
        self._generator, self.workers = _load("Generator", pack, settings)
        self.signature = f"quantization:{self._generator.compute_type}"
        self._beam_size = settings.beam_size
        self._length_penalty = layout.direction.length_penalty
        self._eos = layout.eos

    def generate(
        self,
        sources: list[list[str]],
        limits: list[int],
        no_repeat: int = 0,
        never: Sequence[str] = (),
        choose: Choose | None = None,
    ) -> list[Generated]:
        """Translate one batch."""
        work = partial(
            self._generator.generate_batch,
            sources,
            beam_size=self._beam_size,
            num_hypotheses=self._beam_size if choose else 1,
            length_penalty=self._length_penalty,
            patience=PATIENCE,
            no_repeat_ngram_size=no_repeat,
            suppress_sequences=[[piece] for piece in never],
            max_length=max(limits),
            end_token=self._eos,
            return_scores=True,
            return_end_token=True,
            include_prompt_in_result=False,
        )
        if self._beam_size == 1:
            return _Listener(limits, self._eos).attend(work)
        found = [
            list(starmap(Candidate, zip(result.sequences, result.scores, strict=True)))
            for result in work()
        ]
        return with_probabilities(self, sources, found, limits, self._eos, choose=choose)

    def force(
        self, sources: list[list[str]], targets: list[list[str]]
    ) -> list[tuple[list[float], float]]:
        """Return the log-probabilities of given pieces, and of the end after them."""
        rows = [[*s, *t, self._eos] for s, t in zip(sources, targets, strict=True)]
        # Rows of unequal length fail in CTranslate2 4.8 when heads share keys ("Length mask has
        # size ..."). What follows a row cannot change it, since the model only looks back.
        width = max(len(row) for row in rows)
        scored = self._generator.score_batch(
            [row + [self._eos] * (width - len(row)) for row in rows], max_input_length=0
        )
        results = []
        for source, row, result in zip(sources, rows, scored, strict=True):
            values = result.log_probs[len(source) - 1 : len(row) - 1]
            results.append((values[:-1], values[-1]))
        return results


def _load(model: str, pack: Pack, settings: Settings) -> tuple[Any, int]:
    """Return a loaded model and how many batches it works on at once.

    Raises:
        ModelError: It cannot be loaded.
    """
    threads = settings.threads or _processors()
    workers = min(threads, max(BATCHES_AT_ONCE, threads // THREADS_PER_BATCH))
    try:
        return _loaded(model, str(pack.path), settings.device, workers, threads // workers), workers
    except (RuntimeError, ValueError, MemoryError) as error:
        raise ModelError(
            f"the model cannot be loaded ({error})",
            where=pack.id,
            hint="Check it with `mtreview models verify`, or use the device cpu.",
        ) from None


@lru_cache(maxsize=4)
def _loaded(model: str, path: str, device: str, workers: int, threads: int) -> Any:
    """Load a model once for all directions and beam sizes."""
    import ctranslate2

    return getattr(ctranslate2, model)(
        path, device=device, inter_threads=workers, intra_threads=threads
    )


def _processors() -> int:
    """Return the number of processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _open(
    decoder: type[_Seq2SeqDecoder | _CausalDecoder],
    pack: Pack,
    source: str,
    target: str,
    settings: Settings,
) -> Engine:
    """Load a pack for one direction."""
    direction = pack.direction(source, target)
    layout = Layout.of(pack, direction, open_tokenizers(pack), settings.glossary)
    return PieceEngine(pack, direction, settings, layout, decoder(pack, settings, layout))


ENGINE = (
    EngineKind(
        "ctranslate2-seq2seq",
        "CTranslate2, encoder and decoder",
        partial(_open, _Seq2SeqDecoder),
    ),
    EngineKind("ctranslate2-causal", "CTranslate2, language model", partial(_open, _CausalDecoder)),
)
