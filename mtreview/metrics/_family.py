"""What a family of metrics is: metrics that read a model, which somebody has to name.

A module of this package holds ``FAMILY``, and a plug-in package declares one in the entry-point
group ``mtreview.metrics``. A family is off until ``[metrics]`` or ``--metric`` names a model for
it; nothing is loaded before. The metrics of a family share the model, and hand it the texts of many
segments at once. No number of theirs enters the quality.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from mtreview.metrics._metric import Evidence, Metric
from mtreview.model import Basis
from mtreview.plugins import discover

PACKAGE: Final = "mtreview.metrics"

Texts = Callable[[Evidence], tuple[str, ...] | None]
"""Picks the texts that a model compares; None where one of them does not exist."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a model runs: CPU threads, 0 for what there is; ``cpu``, ``cuda`` or ``auto``."""

    threads: int = 0
    device: str = "cpu"


class Scorer(Protocol):
    """A loaded model.

    Attributes:
        signature: Everything that reproduces its numbers: model, revision, how it is read.
        licence: Of the model; "" where nobody says.
    """

    signature: str
    licence: str

    def score(self, rows: Sequence[tuple[str, ...]]) -> list[float | str]:
        """Return for each row of texts its number, or why it has none.

        Raises:
            ModelError: The model failed.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelMetric:
    """One number of a family: which texts it compares, and on what it is then based."""

    id: str
    basis: Basis
    texts: Texts


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that is known to fit, and its licence as its model card gave it in 2026."""

    id: str
    licence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Metrics that share one model.

    Attributes:
        id: Its key in ``[metrics]`` and its name for ``--metric``.
        title: What it is, in a line.
        metrics: Its numbers; the higher, the better.
        models: Models that fit, the suggested one first.
        needs: What has to be installed, in a line.
        open: Loads the model of a name.
    """

    id: str
    title: str
    metrics: tuple[ModelMetric, ...]
    models: tuple[KnownModel, ...]
    needs: str
    open: Callable[[str, Options], Scorer]


def families() -> dict[str, Family]:
    """Return the families of this package and of plug-ins, by id."""
    found = discover(PACKAGE, "FAMILY")
    return {key: value for key, value in found.items() if isinstance(value, Family)}


def plain_metrics() -> dict[str, Metric]:
    """Return the metrics that need no model, of this package and of plug-ins, by id."""
    found = discover(PACKAGE, "METRICS")
    return {key: value for key, value in found.items() if not isinstance(value, Family)}


def one_line(text: str) -> str:
    r"""Return a text as models take it: on one line, and without halves of characters.

    >>> one_line("a \n b\ud800")
    'a b?'
    """
    return " ".join(text.encode("utf-8", "replace").decode().split())


def known_licence(model: str) -> str:
    """Return the licence of a model of the tables; "" if it is in none."""
    known = {model.id: model.licence for family in families().values() for model in family.models}
    return known.get(model, "")


def forbids_commercial_use(licence: str) -> bool:
    """Tell whether a licence says so in its name.

    >>> forbids_commercial_use("cc-by-nc-sa-4.0"), forbids_commercial_use("apache-2.0")
    (True, False)
    """
    return "nc" in re.split(r"[^a-z]+", licence.lower()) or "noncommercial" in re.sub(
        r"[^a-z]", "", licence.lower()
    )


def credit(model: str, licence: str) -> str:
    """Return in a line whose number it is, and under which licence.

    >>> credit("owner/name", "cc-by-nc-4.0")
    'owner/name, licence cc-by-nc-4.0: no commercial use'
    """
    if not licence:
        return f"{model}, licence not stated: read its model card"
    return f"{model}, licence {licence}" + (
        ": no commercial use" if forbids_commercial_use(licence) else ""
    )
