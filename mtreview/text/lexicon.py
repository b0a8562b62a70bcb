"""A bilingual lexicon: words and phrases of the source, and what they usually are in the other.

What: a small language model forgets rare words and puts others in their place: *tuberculosis*
becomes *diabetes*. A lexicon remembers them at the price of a line of text. ``Lexicon.gloss``
returns, in the order of a text, what its phrases and rarer words usually are in the other language;
a prompt shows that to the model beside the text. ``coverage`` of ``mtreview.metrics`` looks for the
words in a translation. Words are looked up as written, without the article, preposition or
conjunction written with them, and then by their stem, which lacks their ending, too. Phrases of two
to four words are looked up before them, the longest first, as written or without what is written
with their first word.

Leaves alone: words it does not know, and those so common that every model knows them (the lists do
not have them); choosing between two meanings, which is for the model, who sees the sentence.

Source: ``training/lexicon.py`` counts words out of parallel text; ``training/correct.py`` adds the
words and phrases that were written one by one. Showing a model entries of a dictionary in its
prompt: Ghazvininejad et al. 2023, https://arxiv.org/abs/2302.07856
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from mtreview.errors import MtReviewError
from mtreview.model import content_hash
from mtreview.text.resources import lines

STEM_MARK: Final = "~"
"""Before a key that is a stem."""

NO_ENTRY: Final = "-"
"""Entry of a word that needs none, though its stem may have one."""

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
LONGEST_PHRASE: Final = 4
"""Words that a phrase has at most."""
_FUTURE: Final = re.compile("[وف]?س([يتنأ][\u0621-\u063a\u0641-\u064a]{3,})")


def bare_arabic(word: str) -> str:
    """Return an Arabic word without the article, preposition or conjunction written with it.

    >>> bare_arabic("لأنقرة")
    'انقره'
    """
    plain = word.translate(_SAME_LETTERS)
    starts = (s for s in _ARABIC_STARTS if plain.startswith(s) and len(plain) - len(s) >= _LEAST)
    return plain.removeprefix(next(starts, ""))


def present_arabic(word: str) -> str:
    """Return an Arabic verb without what makes it future, any other word without what is before it.

    >>> present_arabic("وسيعود"), present_arabic("لأنقرة")
    ('يعود', 'انقره')
    """
    future = _FUTURE.fullmatch(word)
    return future[1].translate(_SAME_LETTERS) if future else bare_arabic(word)


def unjoined_arabic(word: str) -> str:
    """Return an Arabic word without the conjunction written with it.

    >>> unjoined_arabic("وبالحكومة")
    'بالحكومه'
    """
    plain = word.translate(_SAME_LETTERS)
    return plain[1:] if plain[0] in "وف" and len(plain) > _LEAST else plain


def arabic_keys(word: str) -> tuple[str, str]:
    """Return what an Arabic word is looked up as: as written, and by its stem.

    >>> arabic_keys("بالحكومة")
    ('بالحكومه', '~حكوم')
    """
    plain, stem = word.translate(_SAME_LETTERS), bare_arabic(word)
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
    """How the words of a language are found, and looked up.

    Attributes:
        pattern: Finds them in a text.
        keys: Returns a word as it is written, and its stem, as they stand in a lexicon.
        bare: Returns a word as written but for what other words are written with it.
        present: Returns the same, and of a verb written in the future its present.
        unjoined: Returns a word as written but for a conjunction written with it.
    """

    pattern: re.Pattern[str]
    keys: Callable[[str], tuple[str, str]]
    bare: Callable[[str], str]
    present: Callable[[str], str]
    unjoined: Callable[[str], str]

    def of(self, text: str) -> Iterator[str]:
        """Yield the words of a text in their order."""
        return (match[0] for match in self.pattern.finditer(text))

    def phrases(self, text: str) -> Iterator[list[str]]:
        """Yield the words of a text in runs: only space stands between the words of one.

        >>> list(WORDS["en"].phrases("He said no, and left"))
        [['He', 'said', 'no'], ['and', 'left']]
        """
        run: list[str] = []
        end = 0
        for match in self.pattern.finditer(text):
            if run and not text[end : match.start()].isspace():
                yield run
                run = []
            run.append(match[0])
            end = match.end()
        if run:
            yield run

    def phrase_keys(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the keys of a phrase: as written, and without what is written with its first word.

        >>> list(WORDS["ar"].phrase_keys(["وللحرب", "الباردة"]))
        ['وللحرب البارده', 'للحرب البارده', 'حرب البارده']
        """
        first, *others = words
        rest = [self.keys(word)[0] for word in others]
        for start in dict.fromkeys((self.keys(first)[0], self.unjoined(first), self.bare(first))):
            yield " ".join([start, *rest])


WORDS: Final[Mapping[str, Words]] = {
    "ar": Words(_ARABIC_WORD, arabic_keys, bare_arabic, present_arabic, unjoined_arabic),
    "en": Words(_ENGLISH_WORD, english_keys, str.lower, str.lower, str.lower),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What words of one language usually are in another.

    Attributes:
        words: How the words of the language that is read are found.
        entries: Key of a word or phrase -> what it is, or two with a slash between them; "" for
            none.
    """

    words: Words
    entries: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, entries: Iterable[str], language: str) -> Lexicon:
        """Return the lexicon of lines ``key TAB words``.

        Args:
            entries: The lines.
            language: ISO 639 code of the language of the keys.

        Raises:
            MtReviewError: A line is no entry, or the language has no rules for its words.
        """
        if language not in WORDS:
            known = ", ".join(WORDS)
            raise MtReviewError(f"no lexicon reads {language!r}; there are rules for {known}")
        pairs = [entry.split("\t") for entry in entries]
        wrong = next((pair for pair in pairs if len(pair) != 2), None)
        if wrong:
            raise MtReviewError(f"no entry of a lexicon: {' '.join(wrong)!r}")
        return cls(WORDS[language], {key: "" if one == NO_ENTRY else one for key, one in pairs})

    @property
    def signature(self) -> str:
        """A short hash of all entries."""
        return content_hash(*(f"{key}\t{words}" for key, words in self.entries.items()))[:8]

    def entry(self, word: str) -> str:
        """Return what a word usually is, "" where that is not known."""
        plain, stem = self.words.keys(word)
        keys = (plain, self.words.bare(word), self.words.present(word), stem)
        return next((self.entries[key] for key in keys if key in self.entries), "")

    def found(self, text: str) -> Iterator[str]:
        """Yield the entries of the phrases and words of a text, in their order."""
        for run in self.words.phrases(text):
            place = 0
            while place < len(run):
                entry, length = self._longest(run[place : place + LONGEST_PHRASE])
                if entry:
                    yield entry
                place += length

    def _longest(self, words: Sequence[str]) -> tuple[str, int]:
        """Return the entry of the longest phrase, or of the first word, and how long it is."""
        for length in range(len(words), 1, -1):
            for key in self.words.phrase_keys(words[:length]):
                if key in self.entries:
                    return self.entries[key], length
        return self.entry(words[0]), 1

    def gloss(self, text: str) -> str:
        """Return what the phrases and rarer words of a text are, in their order, each once.

        >>> lexicon = Lexicon(WORDS["en"], {"storm": "عاصفة", "~sail": "أبحر/شراع"})
        >>> lexicon.gloss("The storm sails on")
        'عاصفة أبحر/شراع'
        """
        return " ".join(dict.fromkeys(self.found(text)))


@cache
def lexicon(source: str, target: str) -> Lexicon:
    """Return the lexicon that comes with mtreview, from one language to another.

    Raises:
        MtReviewError: There is none.
    """
    return Lexicon.of(lines(f"lexicon.{source}-{target}"), source)
