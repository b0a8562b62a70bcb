"""Sentence encoders: how far the Arabic and the English are about the same thing.

What: the cosine of the two texts' vectors, -1 to 1, by a multilingual encoder: of the Arabic and
the English source (``encoder_source``), or where no source is known of the Arabic and its
back-translation (``encoder_back_translation``). Why: it shows text of another subject, or swapped
rows. Values compare only within one model: some hardly go below 0.7.

Leaves alone: small differences. Which of two competent translations is the better one it tells
little better than chance (``docs/metrics-plugins.md`` has what was measured), and words left in
English raise it. Text that was not translated for want of Arabic letters has no score. The
back-translation is a function of the Arabic, so the second number cannot show that something was
left out or mistranslated.

Source: Feng et al. 2022 (LaBSE, https://aclanthology.org/2022.acl-long.62); Wang et al. 2024
(multilingual E5, https://arxiv.org/abs/2402.05672).
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


def _with_back_translation(evidence: Evidence) -> tuple[str, ...] | None:
    back = evidence.back_translation
    if back is None or not back.text.strip() or _with_source(evidence):
        return None
    return back.text, evidence.segment.target


def _open(model: str, options: Options) -> Scorer:
    """Load a sentence encoder by its folder or its id on the hub."""
    from mtreview.metrics._sentence_encoder import SentenceEncoder

    return SentenceEncoder(model, options)


FAMILY: Final = Family(
    "encoder",
    "cosine of a sentence encoder: are both texts about the same thing",
    (
        ModelMetric("encoder_source", Basis.SOURCE, _with_source),
        ModelMetric("encoder_back_translation", Basis.TARGET_ONLY, _with_back_translation),
    ),
    (
        KnownModel("sentence-transformers/LaBSE", "apache-2.0", "1.9 GB; made for translations"),
        KnownModel("intfloat/multilingual-e5-small", "mit", "0.5 GB"),
        KnownModel("intfloat/multilingual-e5-base", "mit", "1.1 GB"),
    ),
    "pip install 'mtreview[hub]'",
    _open,
)
