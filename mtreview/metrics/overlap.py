"""Overlap of two texts by sacrebleu: chrF, BLEU and TER.

What is compared says what the number can tell:

* ``round_trip_*``: the Arabic, and its back-translation translated to Arabic again. Shows Arabic
  that does not survive; says little about fidelity to an unknown original.
* ``source_*``: the English source, and the back-translation.
* ``reference_*``: a human Arabic translation, and the Arabic.
* ``pseudo_reference_chrf``: the source as our own engine puts it in Arabic, and the Arabic, both
  without marks and elongation.
* ``agreement_chrf``: the back-translations of two unrelated engines.

Unit: 0 to 100, higher is better, except TER: edits per 100 words of the reference, lower is better.

Why these settings: BLEU of single sentences uses the effective order, or it is 0 whenever no
four-word run matches. Arabic BLEU uses the ``intl`` tokenizer, since ``13a`` does not split ؟ ، ؛.

Leaves alone: TER of texts beyond 250 words, whose search for shifts takes minutes.

Source: Post 2018 (sacrebleu), Popović 2015 (chrF), Papineni et al. 2002 (BLEU), Snover et al. 2006
(TER). Round-trip overlap predicts quality weakly: Somers 2005. References made by a
machine: Albrecht and Hwa 2007.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from mtreview.metrics._metric import Evidence
from mtreview.model import Basis, Score
from mtreview.text.normalize import for_model

TER_LIMIT: Final = 250
"""Words beyond which TER is not computed."""

Pair = Callable[[Evidence], tuple[str, str] | None]


@cache
def _scorer(name: str, language: str, sentence: bool) -> tuple[Callable[..., Any], str]:
    """Return a scoring function of sacrebleu and its signature.

    Args:
        name: ``chrf``, ``bleu`` or ``ter``.
        language: Of the texts; decides the tokenizer of BLEU.
        sentence: Score one sentence, or else a corpus.
    """
    from sacrebleu.metrics import BLEU, CHRF, TER

    scorer: Any
    if name == "chrf":
        scorer = CHRF()
    elif name == "ter":
        scorer = TER()
    else:
        scorer = BLEU(tokenize="intl" if language == "ar" else "13a", effective_order=sentence)
    score = scorer.sentence_score if sentence else scorer.corpus_score
    # sacrebleu knows its signature only once it has seen how many references there are.
    score(*(("a", ["a"]) if sentence else (["a"], [["a"]])))
    return score, f"{name}|{scorer.get_signature().format()}"


@dataclass(frozen=True, slots=True)
class Overlap:
    """One sacrebleu metric of one pair of texts.

    Attributes:
        name: ``chrf``, ``bleu`` or ``ter``.
        language: Of the two texts.
        pair: Picks (hypothesis, reference); None where one of them does not exist.
    """

    id: str
    name: str
    basis: Basis
    language: str
    pair: Pair

    @property
    def higher_is_better(self) -> bool:
        """False for the error rate alone."""
        return self.name != "ter"

    def signature(self) -> str:
        """Return sacrebleu's signature of the sentence score."""
        return _scorer(self.name, self.language, True)[1]

    def score(self, evidence: Evidence) -> Score | None:
        """Score one segment; None where a text is not there."""
        pair = self.pair(evidence)
        if pair is None:
            return None
        hypothesis, reference = pair
        segment_id = evidence.segment.id
        why = self._obstacle(hypothesis, reference)
        if why:
            return Score.unscored(self.id, self.signature(), self.basis, why, segment_id)
        score, signature = _scorer(self.name, self.language, True)
        value = float(score(hypothesis, [reference]).score)
        return Score(self.id, value, signature, self.basis, segment_id)

    def corpus(self, evidence: Sequence[Evidence]) -> Score | None:
        """Score all segments that have both texts as one corpus."""
        pairs = [
            pair for item in evidence if (pair := self.pair(item)) and not self._obstacle(*pair)
        ]
        if not pairs:
            return None
        hypotheses, references = [list(texts) for texts in zip(*pairs, strict=True)]
        score, signature = _scorer(self.name, self.language, False)
        value = float(score(hypotheses, [references]).score)
        return Score(self.id, value, f"{signature}|n:{len(pairs)}", self.basis)

    def _obstacle(self, hypothesis: str, reference: str) -> str:
        """Return why a pair cannot be scored, or nothing."""
        if not reference.strip():
            return "there is nothing to compare with"
        words = max(len(hypothesis.split()), len(reference.split()))
        if self.name == "ter" and words > TER_LIMIT:
            return f"longer than {TER_LIMIT} words"
        return ""


def _round_trip(evidence: Evidence) -> tuple[str, str] | None:
    translation = evidence.round_trip
    return (translation.text, evidence.segment.target) if translation else None


def _source(evidence: Evidence) -> tuple[str, str] | None:
    translation, source = evidence.back_translation, evidence.segment.source
    return (translation.text, source) if translation and source else None


def _reference(evidence: Evidence) -> tuple[str, str] | None:
    reference = evidence.segment.reference
    return (evidence.segment.target, reference) if reference else None


def _pseudo_reference(evidence: Evidence) -> tuple[str, str] | None:
    rendered = evidence.pseudo_reference
    if rendered is None:
        return None
    return for_model(evidence.segment.target), for_model(rendered)


def _agreement(evidence: Evidence) -> tuple[str, str] | None:
    first, second = evidence.back_translation, evidence.second_opinion
    return (first.text, second.text) if first and second else None


METRICS: Final = (
    *(
        Overlap(f"{prefix}_{name}", name, basis, language, pair)
        for prefix, basis, language, pair in (
            ("round_trip", Basis.ROUND_TRIP, "ar", _round_trip),
            ("source", Basis.SOURCE, "en", _source),
            ("reference", Basis.REFERENCE, "ar", _reference),
        )
        for name in ("chrf", "bleu", "ter")
    ),
    Overlap("pseudo_reference_chrf", "chrf", Basis.SOURCE, "ar", _pseudo_reference),
    Overlap("agreement_chrf", "chrf", Basis.TARGET_ONLY, "en", _agreement),
)
