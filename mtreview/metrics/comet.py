"""COMET quality estimation: what a model that learned from human ratings gives a translation.

What: the number of a COMET model that reads the English source and the Arabic, without a human
translation to compare with (``comet_source``). Why: such models follow human judgement far better
than any overlap of letters. The unit is the model's own: ``wmt20-comet-qe-da`` gives z-scores
around 0, later ones 0 to 1; values compare only within one model.

Leaves alone: text whose source is not known; what is beyond the model's window of about 510 pieces,
which COMET cuts off. It is a black box: it says how good, not what is wrong.

COMET's package takes only older versions of transformers and numpy than mtreview. So it lives in an
environment of its own, and runs there as a separate program (``docs/metrics-plugins.md``).

Licences: the code and ``wmt20-comet-qe-da`` are under Apache-2.0. The CometKiwi and xCOMET models
forbid commercial use; none of them is ever chosen unless somebody names it.

Source: Rei et al. 2020 (https://aclanthology.org/2020.wmt-1.101).
"""

from __future__ import annotations

from typing import Final

from mtreview.metrics._family import Family, KnownModel, ModelMetric, Options, Scorer
from mtreview.metrics._metric import Evidence
from mtreview.model import Basis


def _with_source(evidence: Evidence) -> tuple[str, ...] | None:
    segment = evidence.segment
    if evidence.back_translation is None or not segment.source or not segment.source.strip():
        return None
    return segment.source, segment.target


def _open(model: str, options: Options) -> Scorer:
    """Start COMET on a model: a folder, a checkpoint or an id on the hub."""
    from mtreview.metrics._comet_program import Comet

    return Comet(model, options)


_NOT_COMMERCIAL: Final = "cc-by-nc-sa-4.0"
_LARGE: Final = "3.5 billion parameters"

FAMILY: Final = Family(
    "comet",
    "COMET quality estimation, taught by human ratings; needs the English source",
    (ModelMetric("comet_source", Basis.SOURCE, _with_source),),
    (
        KnownModel("Unbabel/wmt20-comet-qe-da", "apache-2.0", "2.3 GB"),
        KnownModel("Unbabel/wmt22-cometkiwi-da", _NOT_COMMERCIAL, "2.3 GB; asks for a login"),
        KnownModel("Unbabel/wmt23-cometkiwi-da-xl", _NOT_COMMERCIAL, f"{_LARGE}; asks for a login"),
        KnownModel("Unbabel/XCOMET-XL", _NOT_COMMERCIAL, f"{_LARGE}; asks for a login"),
    ),
    "unbabel-comet in an environment of its own (docs/metrics-plugins.md)",
    _open,
)
