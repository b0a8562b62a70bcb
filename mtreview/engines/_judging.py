"""Choose the candidate of a beam that best explains the text it translates.

What: adds to the score of each candidate how probable the text is given that candidate, as the
engine of the other direction finds it. Why: the most probable translation may have lost what is
hard to say, such as who insisted; the text is improbable given a translation that lacks it.

Leaves alone: the order of candidates that the judge cannot tell apart, and a text with one.

Source: noisy channel reranking, Yee et al. 2019, https://aclanthology.org/D19-1571/
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from mtreview.engines._engine import Engine
from mtreview.model import Token

WEIGHT: Final = 0.5
"""Of the judge's mean log-probability; the candidate's own score has 1 (docs/decisions/0010)."""


def explained(
    judge: Engine, texts: Sequence[str], found: Sequence[Sequence[tuple[str, float]]]
) -> list[int]:
    """Return the place of the best candidate of each text.

    Args:
        judge: Translates into the language of the texts.
        texts: What was translated.
        found: Of each text, translations with their scores, the most probable first.
    """
    pairs = [
        (place, translation)
        for place, candidates in enumerate(found)
        for translation, _ in candidates
        if len(candidates) > 1
    ]
    forced = judge.score([t for _, t in pairs], [texts[place] for place, _ in pairs])
    judged = {pair: _mean(tokens) for pair, tokens in zip(pairs, forced, strict=True)}
    values = [
        [score + WEIGHT * judged.get((place, text), 0.0) for text, score in candidates]
        for place, candidates in enumerate(found)
    ]
    return [row.index(max(row)) for row in values]


def _mean(tokens: Sequence[Token]) -> float:
    """Return the mean log-probability of a text; what could not be forced explains nothing."""
    return sum(token.log_probability for token in tokens) / len(tokens) if tokens else -math.inf
