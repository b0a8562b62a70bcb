"""A bilingual lexicon: a word of the source, and what it usually is in the other language.

What: a small language model forgets rare words and puts others in their place: *tuberculosis*
becomes *diabetes*. A lexicon remembers them at the price of a line of text. ``Lexicon.gloss``
returns, in the order of a text, what its rarer words usually are in the other language; a prompt
shows that to the model beside the text. Words are looked up as written, and then by their stem,
which is the word without the articles, prepositions, conjunctions and endings written with it.

Leaves alone: words it does not know, and those so common that every model knows them (the file
does not list them); choosing between two meanings, which is for the model, who sees the sentence.

Source: ``training/lexicon.py`` counts it out of parallel text. Showing a model entries of a
dictionary in its prompt: Ghazvininejad et al. 2023, https://arxiv.org/abs/2302.07856
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from mtreview.errors import ModelError

STEM_MARK: Final = "~"
"""Before a key that is a stem."""

_ARABIC_WORD: Final = re.compile("[\u0621-\u063a\u0641-\u064a\u0671]+")
_ENGLISH_WORD: Final = re.compile("[A-Za-z]+(?:-[A-Za-z]+)*")

_SAME_LETTERS: Final = str.maketrans("أإآٱىة", "اااايه")
_ARABIC_STARTS: Final = (
    *("وال", "فال", "بال", "كال", "ولل"),
    *("لل", "ال", "وب", "ول", "و", "ف", "ب", "ك", "ل"),
)
_ARABIC_ENDS: Final = (
    *("هما", "كما", "تها", "تهم", "ها", "هم", "نا", "كم"),
    *("ته", "ات", "ون", "ين", "ان", "يه", "ه", "ي"),
)
_ENGLISH_ENDS: Final = (
    *(("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")),
)
_LEAST: Final = 3
"""Letters that a stem has at least."""


def arabic_keys(word: str) -> tuple[str, str]:
    """Return what an Arabic word is looked up as: as written, and by its stem.

    >>> arabic_keys("وبالحكومة")
    ('وبالحكومه', '~بالحكوم')
    """
    plain = word.translate(_SAME_LETTERS)
    stem = plain
    for start in _ARABIC_STARTS:
        if stem.startswith(start) and len(stem) - len(start) >= _LEAST:
            stem = stem[len(start) :]
            break
    for end in _ARABIC_ENDS:
        if stem.endswith(end) and len(stem) - len(end) >= _LEAST:
            stem = stem[: -len(end)]
            break
    return plain, STEM_MARK + stem


def english_keys(word: str) -> tuple[str, str]:
    """Return what an English word is looked up as: as written, and by its stem.

    >>> english_keys("Studies"), english_keys("making")
    (('studies', '~study'), ('making', '~mak'))
    """
    plain = word.lower()
    stem = plain
    for end, instead in _ENGLISH_ENDS:
        if stem.endswith(end) and len(stem) - len(end) >= _LEAST and not stem.endswith("ss"):
            stem = stem[: -len(end)] + instead
            break
    if stem.endswith("e") and len(stem) > _LEAST + 1:
        stem = stem[:-1]
    return plain, STEM_MARK + stem


@dataclass(frozen=True, slots=True)
class Words:
    """How the words of a language are found, and looked up."""

    pattern: re.Pattern[str]
    keys: Callable[[str], tuple[str, str]]

    def of(self, text: str) -> Iterator[str]:
        """Yield the words of a text in their order."""
        return (match[0] for match in self.pattern.finditer(text))


WORDS: Final[Mapping[str, Words]] = {
    "ar": Words(_ARABIC_WORD, arabic_keys),
    "en": Words(_ENGLISH_WORD, english_keys),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words of one language usually are in another.

    Attributes:
        words: How the words of the language that is read are found.
        entries: Key -> the word, or two with a slash between them.
    """

    words: Words
    entries: Mapping[str, str]

    @classmethod
    def read(cls, path: Path, language: str) -> Lexicon:
        """Read a file of ``key TAB words``, one entry a line.

        Raises:
            ModelError: It cannot be read, or the language has no rules for its words.
        """
        if language not in WORDS:
            known = ", ".join(WORDS)
            raise ModelError(
                f"a lexicon of {language!r}; there are lexicons of {known}", where=str(path)
            )
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            entries = dict(line.split("\t") for line in lines)
        except (OSError, ValueError) as error:
            raise ModelError(f"cannot read the lexicon ({error})", where=str(path)) from None
        return cls(WORDS[language], entries)

    def gloss(self, text: str) -> str:
        """Return what the rarer words of a text are, in their order.

        >>> lexicon = Lexicon(WORDS["en"], {"storm": "عاصفة", "~sail": "أبحر/شراع"})
        >>> lexicon.gloss("The storm sails on")
        'عاصفة أبحر/شراع'
        """
        found: list[str] = []
        for word in self.words.of(text):
            entry = next((self.entries[k] for k in self.words.keys(word) if k in self.entries), "")
            if entry and entry not in found:
                found.append(entry)
        return " ".join(found)


@cache
def read_lexicon(path: Path, language: str) -> Lexicon:
    """Read a lexicon once for all engines that use it."""
    return Lexicon.read(path, language)
