"""An engine that asks a cache first: no text is translated twice under the same settings.

Keys are hashes of (operation, engine signature, texts), so a new pack or beam size misses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from mtreview.engines._engine import Engine, Hypothesis
from mtreview.model import Token, content_hash

Result = TypeVar("Result")


class Cache(Protocol):
    """What holds texts by key; the review store does."""

    def cached(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the values of the keys that it holds."""
        ...

    def cache(self, items: Mapping[str, str]) -> None:
        """Keep values by key."""
        ...


class CachedEngine:
    """An ``Engine`` in front of another; equal texts in one call are worked on once."""

    def __init__(self, engine: Engine, cache: Cache) -> None:
        self._engine = engine
        self._cache = cache
        self.signature = engine.signature
        self.source_language = engine.source_language
        self.target_language = engine.target_language

    def translate(self, texts: Sequence[str]) -> list[Hypothesis]:
        """Translate texts, from the cache where it has them."""

        def translate(missing: list[tuple[str, ...]]) -> list[Hypothesis]:
            return self._engine.translate([text for (text,) in missing])

        return self._through(
            "translate",
            [(text,) for text in texts],
            translate,
            lambda hypothesis: [hypothesis.text, _rows(hypothesis.tokens)],
            lambda data: Hypothesis(data[0], _tokens(data[1])),
        )

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[tuple[Token, ...]]:
        """Score pairs, from the cache where it has them."""

        def score(missing: list[tuple[str, ...]]) -> list[tuple[Token, ...]]:
            return self._engine.score([pair[0] for pair in missing], [pair[1] for pair in missing])

        return self._through(
            "score", list(zip(sources, targets, strict=True)), score, _rows, _tokens
        )

    def _through(
        self,
        operation: str,
        inputs: Sequence[tuple[str, ...]],
        work: Callable[[list[tuple[str, ...]]], list[Result]],
        encode: Callable[[Result], Any],
        decode: Callable[[Any], Result],
    ) -> list[Result]:
        """Return the results of inputs; those the cache lacks are computed once, and kept."""
        keys = [content_hash(operation, self.signature, *texts) for texts in inputs]
        results = {key: decode(json.loads(v)) for key, v in self._cache.cached(keys).items()}
        missing = {
            key: texts for key, texts in zip(keys, inputs, strict=True) if key not in results
        }
        fresh = dict(zip(missing, work(list(missing.values())), strict=True)) if missing else {}
        self._cache.cache(
            {key: json.dumps(encode(v), ensure_ascii=False) for key, v in fresh.items()}
        )
        results |= fresh
        return [results[key] for key in keys]


def _rows(tokens: Sequence[Token]) -> list[list[Any]]:
    return [[token.text, token.log_probability, token.start, token.end] for token in tokens]


def _tokens(rows: list[list[Any]]) -> tuple[Token, ...]:
    return tuple(Token(*row) for row in rows)
