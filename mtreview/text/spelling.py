"""Whether an Arabic word is in use, and which common word it is one letter away from.

What: ``frequency`` looks a word up in a list of words counted from open text; ``is_known`` does so
with and without the prefixes and endings that are written with a word; ``slip_of`` returns the
common word that an unknown one becomes by one letter less, one letter more, or two letters changed
over. Why: half of all clean sentences hold a word that no dictionary has, mostly a name; an unknown
word beside a common one is another matter. Leaves alone: hamzas, the dots of ya and ta marbuta
(both spellings are in use), words of under 5 or over 16 letters, a letter put in the place of
another, which names do too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final

from mtreview.text.resources import frequencies

SHORTEST: Final = 5
LONGEST: Final = 16
"""Letters of the words that are looked at; the list holds none that are longer."""
COMMON: Final = 128
"""How often a word was seen to be one that somebody meant to write (of 9 million words)."""

_ALIKE: Final = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
_FIRST_PERSON_PLURAL: Final = re.compile("[وف]?[سل]?ن(.{3,})")
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CONJUNCTIONS: Final = ("", "و", "ف")
_PARTICLES: Final = ("", "ال", "لل", "ل", "ب", "ك", "س", "بال", "كال", "ا")
_PREFIXES: Final = tuple(map("".join, product(_CONJUNCTIONS, _PARTICLES)))
_ENDINGS: Final = (
    *("", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ني", "ي", "ا"),
    *("ات", "ين", "ون", "ان", "وا", "ت", "ته", "تها", "تهم", "تهما", "تنا", "تي", "تك"),
    *("اته", "اتها", "اتهم", "اتنا", "تان", "تين", "يه", "يات", "يين", "يون", "تا", "يا", "اهم"),
    *("وه", "وها", "وهم", "اه", "اها", "يه", "يها", "يهم", "ونه", "ونها", "ونهم", "تموه", "اتهما"),
    *("و", "تم", "نه", "نها", "ونا", "ينه", "ينها"),
)


@cache
def _lexicon() -> dict[str, tuple[int, str]]:
    """Return how often each simplified word was seen, and its commonest spelling."""
    counts = frequencies("frequency.ar")
    return {simplified(word): (count, word) for word, count in counts.items()}


def simplified(word: str) -> str:
    """Return a word without marks in the spelling that the lexicon compares.

    >>> simplified("أسئلة")
    'اسيله'
    """
    return word.translate(_ALIKE)


def frequency(word: str) -> int:
    """Return how often a word was seen, however its hamzas are written.

    >>> frequency("إنه") == frequency("أنه") > 0
    True
    """
    count, _ = _lexicon().get(simplified(word), (0, ""))
    return count


def is_known(word: str) -> bool:
    """Tell whether a word, or what is left of it without prefix and ending, is in use.

    A verb of which the third person is in use is known in the first person plural, too.
    """
    if "ة" in word[:-1]:
        return False
    lexicon, plain = _lexicon(), simplified(word)
    first_person = _FIRST_PERSON_PLURAL.fullmatch(plain)
    forms = [plain, f"ي{first_person[1]}"] if first_person else [plain]
    return any(stem in lexicon for form in forms for stem in _stems(form))


def slip_of(word: str) -> str | None:
    """Return the common word that an unknown word is one letter away from, or None.

    >>> slip_of("الأايام"), slip_of("الأيام"), slip_of("ماتفيانكو")
    ('الأيام', None, None)
    """
    if not SHORTEST <= len(word) <= LONGEST or is_known(word):
        return None
    lexicon = _lexicon()
    near = {
        each: lexicon[each][0] for each in _one_letter_away(simplified(word)) if each in lexicon
    }
    best = max(near, key=lambda each: near[each], default=None)
    return lexicon[best][1] if best is not None and near[best] >= COMMON else None


def _stems(plain: str) -> Iterator[str]:
    """Yield a word as it is and without prefixes and endings, three letters at least."""
    for prefix in _PREFIXES:
        if plain.startswith(prefix):
            rest = plain[len(prefix) :]
            if prefix.endswith("ا") and rest.startswith("ال"):
                continue  # a question is not asked of a word with the article, but a key hit twice
            for ending in _ENDINGS:
                if rest.endswith(ending) and len(rest) - len(ending) >= 3:
                    stem = rest[: len(rest) - len(ending)]
                    yield stem
                    yield f"{stem}ه"  # the ta marbuta that an ending takes away
                    yield f"{stem}ي"  # the alef maksura that it takes away


def _one_letter_away(plain: str) -> Iterator[str]:
    """Yield the words that one slip of the hand makes of a word."""
    for index in range(len(plain)):
        yield plain[:index] + plain[index + 1 :]
        if index:
            yield plain[: index - 1] + plain[index] + plain[index - 1] + plain[index + 1 :]
    for index in range(1, len(plain)):
        for letter in _LETTERS:
            yield plain[:index] + letter + plain[index:]
