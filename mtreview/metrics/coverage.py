"""How much of the English source the Arabic seems to have, word by word.

What: ``source_covered`` is the share of the source's rarer words of which the Arabic has what the
lexicon gives for them, or a word for which the lexicon gives them. It names those that it does not
find. Why: a word that was left out or taken for another is the plainest mistranslation, and a list
of words tells a reviewer more than a number.

Unit: a share from 0 to 1, of the words that the lexicon has, with one added found and one missed,
so that a short text is not judged by one word.

Leaves alone: the most common words, which the lexicon does not have; numbers; names it does not
know. A good synonym counts as missing: a low share is a reason to look.

Source: lexical features of quality estimation, Specia et al. 2013
(https://aclanthology.org/P13-4014).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from mtreview.metrics._metric import Evidence, mean_of
from mtreview.model import Basis, Score
from mtreview.text.lexicon import arabic_keys, english_keys, lexicon

NAMED: Final = 8
"""How many missing words an explanation names."""


def found_words(source: str, target: str) -> dict[str, bool]:
    """Return the words of an English text that the lexicon has, and whether the Arabic has them.

    >>> found_words("Cancer and malaria", "مرض السرطان")
    {'Cancer': True, 'malaria': False}
    """
    english, arabic = lexicon("en", "ar"), lexicon("ar", "en")
    stems: set[str] = set()
    meant: set[str] = set()
    for word in arabic.words.of(target):
        stems.add(arabic_keys(word)[1])
        meant.update(english_keys(one)[1] for one in re.split("[/ ]", arabic.entry(word)))
    found: dict[str, bool] = {}
    for word in english.words.of(source):
        entry = english.entry(word)
        if entry:
            usual = [{arabic_keys(one)[1] for one in way.split()} for way in entry.split("/")]
            is_there = any(way <= stems for way in usual)
            found[word] = is_there or english_keys(word)[1] in meant
    return found


class Coverage:
    """The share of the source's words that the Arabic has."""

    id = "source_covered"
    basis = Basis.SOURCE
    higher_is_better = True

    def signature(self) -> str:
        """Return metric, version and lexicons."""
        return f"coverage|lexicons:{_lexicons()}|version:2"

    def score(self, evidence: Evidence) -> Score | None:
        """Score one segment; None without a source or a translation model at work."""
        segment = evidence.segment
        if not segment.source or evidence.back_translation is None:
            return None
        found = found_words(segment.source, segment.target)
        missing = [word for word, is_found in found.items() if not is_found]
        share = (len(found) - len(missing) + 1) / (len(found) + 2)
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        said = f"not found in the Arabic: {', '.join(missing[:NAMED])}{more}" if missing else ""
        return Score(self.id, share, self.signature(), self.basis, segment.id, explanation=said)

    def corpus(self, evidence: Sequence[Evidence]) -> Score | None:
        """Return the mean over the segments that have a score."""
        return mean_of(self, evidence)


@cache
def _lexicons() -> str:
    return f"{lexicon('en', 'ar').signature},{lexicon('ar', 'en').signature}"


METRICS: Final = (Coverage(),)
