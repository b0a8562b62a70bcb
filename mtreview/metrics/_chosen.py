"""The families that the configuration names a model for: opened when first needed, then asked.

A number is computed once for a model and its texts; a cache, where there is one, keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from mtreview.errors import ConfigError
from mtreview.metrics._family import (
    Family,
    ModelMetric,
    Options,
    Scorer,
    credit,
    families,
    forbids_commercial_use,
    known_licence,
)
from mtreview.metrics._metric import Evidence
from mtreview.metrics._model_files import licence_of
from mtreview.model import Score, content_hash


class Cache(Protocol):
    """What holds texts by key; the review store does."""

    def cached(self, keys: Sequence[str]) -> dict[str, str]:
        """Return the values of the keys that it holds."""
        ...

    def cache(self, items: Mapping[str, str]) -> None:
        """Keep values by key."""
        ...


class ChosenFamilies:
    """The families that are switched on, each with its model."""

    def __init__(self, models: Mapping[str, str], options: Options | None = None) -> None:
        """Prepare; no model is loaded.

        Args:
            models: Names of models by family; the empty name switches a family off.
            options: How the models run.

        Raises:
            ConfigError: There is no such family.
        """
        known = families()
        for name in models:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
                raise ConfigError(
                    f"there is no metric {name!r} that reads a model", where="metrics", hint=hint
                )
        self._chosen = [(known[name], model) for name, model in sorted(models.items()) if model]
        self._options = options or Options()
        self._opened: list[tuple[Family, str, Scorer]] | None = None
        self._cache: Cache | None = None

    def notices(self) -> list[tuple[str, bool]]:
        """Return a line for each model, and whether its licence forbids commercial use.

        The licence is told as far as it can be known before the model is loaded or fetched.
        """
        lines = []
        for family, model in self._chosen:
            licence = licence_of(Path(model)) or known_licence(model)
            line = f"{family.id}: {credit(_shown(model), licence)}"
            lines.append((line, forbids_commercial_use(licence)))
        return lines

    def use_cache(self, cache: Cache) -> None:
        """Ask a cache before computing from now on."""
        self._cache = cache

    def signatures(self) -> list[str]:
        """Return the signatures of the models, which are loaded now.

        Raises:
            ModelError: One cannot be loaded.
        """
        return [scorer.signature for _, _, scorer in self._scorers()]

    def score(self, evidence: Sequence[Evidence]) -> list[tuple[Score, ...]]:
        """Return the scores of each segment; a metric whose texts are not there gives none.

        Raises:
            ModelError: A model cannot be loaded, or failed.
        """
        scores: list[list[Score]] = [[] for _ in evidence]
        for family, model, scorer in self._scorers():
            note = credit(_shown(model), scorer.licence)
            for metric in family.metrics:
                rows = [metric.texts(item) for item in evidence]
                values = self._values(scorer, [row for row in rows if row])
                for found, item, row in zip(scores, evidence, rows, strict=True):
                    if row:
                        found.append(_score(metric, scorer, values[row], item.segment.id, note))
        return [tuple(found) for found in scores]

    def _scorers(self) -> list[tuple[Family, str, Scorer]]:
        """Return the families with their models, loaded on first use."""
        if self._opened is None:
            self._opened = [
                (family, model, family.open(model, self._options)) for family, model in self._chosen
            ]
        return self._opened

    def _values(
        self, scorer: Scorer, rows: Sequence[tuple[str, ...]]
    ) -> dict[tuple[str, ...], float | str]:
        """Return numbers, or why there are none, by row; from the cache where it has them."""
        keys = {row: content_hash("metric", scorer.signature, *row) for row in rows}
        held = self._cache.cached(list(keys.values())) if self._cache is not None else {}
        values: dict[tuple[str, ...], float | str] = {
            row: json.loads(held[key]) for row, key in keys.items() if key in held
        }
        missing = [row for row in keys if row not in values]
        if missing:
            fresh = dict(zip(missing, scorer.score(missing), strict=True))
            if self._cache is not None:
                self._cache.cache({keys[row]: json.dumps(value) for row, value in fresh.items()})
            values |= fresh
        return values


def _shown(model: str) -> str:
    """Return a model as it is named in results: a folder without the way to it on this machine."""
    path = Path(model)
    return path.resolve().name if path.exists() else model


def _score(
    metric: ModelMetric, scorer: Scorer, value: float | str, segment_id: str, note: str
) -> Score:
    """Return a number as a score, or the reason why there is none."""
    signature = scorer.signature
    if isinstance(value, str):
        return Score.unscored(metric.id, signature, metric.basis, value, segment_id)
    return Score(metric.id, value, signature, metric.basis, segment_id, explanation=note)
