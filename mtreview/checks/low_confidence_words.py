"""Words of the back-translation that the engine all but guessed.

What: words of which a piece had a very low probability, at most a few per segment, the least likely
first. Why: where the engine guesses, the Arabic is often unclear, or a name is misspelt; a reader
should look there. Leaves alone: words that are merely unlikely, of which every sentence has some.
It is a remark and costs no points. Options: ``threshold``, the natural log of the probability under
which a piece counts. Source: the shares of human sentences below each value that
``benchmarks/quality.py --with-models`` prints; at most two in a hundred may get a remark.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.errors import ConfigError
from mtreview.model import Reason, Segment, Severity, Side
from mtreview.text.unsure import unsure_words

THRESHOLD: Final = -2.7
"""Natural log of the probability of a piece, about one in fifteen."""
MOST: Final = 3
"""Words marked in a segment at most."""


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the least likely words."""
    threshold = context.options.get("threshold", THRESHOLD)
    if not isinstance(threshold, int | float) or isinstance(threshold, bool):
        raise ConfigError(
            f"the threshold must be a number, not {threshold!r}",
            where="checks.options.low-confidence-words",
            hint="Write for example threshold = -2.7",
        )
    translation = context.back_translation
    if translation is None or not translation.tokens:
        return
    words = unsure_words(translation.text, translation.tokens, threshold)
    least = sorted(words, key=lambda word: word.log_probability)[:MOST]
    for word in sorted(least, key=lambda word: word.start):
        yield Finding(
            word.start,
            word.end,
            Reason(
                "the engine all but guessed this word: look at the Arabic for it",
                "خمّن المحرك هذه الكلمة، فانظر ما يقابلها في النص العربي",
            ),
            evidence=f"log p = {word.log_probability:.1f}",
            side=Side.BACK_TRANSLATION,
        )


CHECK = Check(
    id="low-confidence-words",
    category="unintelligible",
    severity=Severity.NEUTRAL,
    title=Reason("Guessed words", "كلمات مخمّنة"),
    find=find,
    needs=Needs.BACK_TRANSLATION,
    options=("threshold",),
)
