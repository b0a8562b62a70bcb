"""A glossary of the house: names and terms in Arabic and in English, and where a text has them.

What: a file holds a term a line, ``Arabic TAB English``, of one or several words; blank lines and
lines that begin with ``#`` do not count. ``Glossary.find`` returns the terms of a text, the longer
of two that overlap. An Arabic word is found with what is written before it («ولافروف»,
«للكرملين») and in the other case («اللاجئين» for «اللاجئون»), an English word in the plural, too;
see ``mtreview.text.term_keys``. ``Glossary.gloss`` says what they are in the other language.

Why: what a newsroom calls a person or a body is decided by its desk, and by no model.

Leaves alone: plurals with another pattern («وزراء» for «وزير») and other names of the same person;
each is a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from mtreview.errors import ConfigError
from mtreview.model import content_hash
from mtreview.text.lexicon import Lexicon
from mtreview.text.normalize import fold, for_model
from mtreview.text.term_keys import Keys, all_forms, term_keys, text_keys

FORM: Final = "Write: Arabic, a tab, English; what follows a # at the start of a line is a comment."

_LANGUAGES: Final = ("ar", "en")
_WORD: Final = re.compile(r"[^\W_]+")
_ARABIC: Final = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]")
_LATIN: Final = re.compile("[A-Za-z]")
_ARTICLES: Final = frozenset({"the", "a", "an"})

_BETWEEN: Final = 2
"""Words that may stand between two of a term where the question is whether a text has it."""


class Term(NamedTuple):
    """What a person, a body or a thing is called in both languages."""

    arabic: str
    english: str


class Found(NamedTuple):
    """Where a text has a term; several terms where the glossary has several of these words."""

    start: int
    end: int
    terms: tuple[Term, ...]


class _Pattern(NamedTuple):
    """A term as it is looked for: the keys of its words, and what stands between them."""

    words: tuple[Keys, ...]
    gaps: tuple[str, ...]
    term: Term


@dataclass(frozen=True)
class Glossary:
    """The terms of a house, in the order of its file."""

    terms: tuple[Term, ...] = ()
    _indexes: dict[tuple[str, bool], dict[str, list[_Pattern]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def load(cls, path: str) -> Glossary:
        """Read a file of terms; "" is a glossary without any.

        Raises:
            ConfigError: It cannot be read, or a line is no term.
        """
        if not path:
            return cls()
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"cannot read the glossary ({error})",
                where=path,
                hint="Give the path of a text file in UTF-8.",
            ) from None
        return cls.of(text.splitlines(), path)

    @classmethod
    def of(cls, lines: Iterable[str], where: str) -> Glossary:
        """Return the glossary of lines ``Arabic TAB English``.

        Raises:
            ConfigError: A line is no term; ``where`` and its number are named.
        """
        terms: dict[Term, None] = {}
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            parts = [" ".join(for_model(part).split()) for part in line.split("\t")]
            if len(parts) != 2:
                problem = f"{len(parts) - 1} tabs where one belongs"
            elif not _ARABIC.search(parts[0]):
                problem = "no Arabic before the tab"
            elif not _LATIN.search(parts[1]) or _ARABIC.search(parts[1]):
                problem = "no English after the tab"
            else:
                terms[Term(*parts)] = None
                continue
            raise ConfigError(
                f"no term: {line.strip()!r} ({problem})", where=f"{where}:{number}", hint=FORM
            )
        return cls(tuple(terms))

    @property
    def lines(self) -> tuple[str, ...]:
        """The terms as lines of a file."""
        return tuple("\t".join(term) for term in self.terms)

    @cached_property
    def signature(self) -> str:
        """What stands in the signature of an engine that shows the terms to its model."""
        return f"terms:{content_hash(*self.lines)[:8]}"

    def find(self, text: str, language: str, *, as_written: bool = False) -> Iterator[Found]:
        r"""Yield the terms of a text in their order, the longer of two that overlap.

        Args:
            text: Arabic without marks and elongation, or English.
            language: "ar" or "en"; in other languages there are no terms.
            as_written: Whether English words must be as in the glossary, capitals aside.

        >>> glossary = Glossary.of(["لافروف\tLavrov", "الكرملين\tthe Kremlin"], "")
        >>> [found.terms[0].english for found in glossary.find("ولافروف للكرملين", "ar")]
        ['Lavrov', 'the Kremlin']
        """
        if language not in _LANGUAGES:
            return
        index = self._index(language, as_written=as_written)
        words = list(_WORD.finditer(text))
        keys = [text_keys(word[0], language, as_written=as_written) for word in words]
        gaps = _gaps(text, words)
        place = 0
        while place < len(words):
            fitting = [
                pattern
                for key in keys[place]
                for pattern in index.get(key, ())
                if _fits(pattern, keys, gaps, place)
            ]
            length = max((len(pattern.words) for pattern in fitting), default=0)
            if length:
                terms = {pattern.term for pattern in fitting if len(pattern.words) == length}
                in_order = tuple(sorted(terms, key=self._places.__getitem__))
                yield Found(words[place].start(), words[place + length - 1].end(), in_order)
            place += length or 1

    def gloss(self, text: str, language: str, lexicon: Lexicon) -> str:
        r"""Return ``lexicon.gloss`` of a text, with terms in place of the entries of their words.

        >>> Glossary.of(["الكرملين\tthe Kremlin"], "").gloss(
        ...     "قال للكرملين", "ar", Lexicon.of(["قال\tsaid", "الكرملين\tcrumb"], "ar")
        ... )
        'said the Kremlin'
        """
        other = 1 if language == "ar" else 0
        shown: list[str] = []
        end = 0
        for found in self.find(text, language):
            shown += lexicon.found(text[end : found.start])
            shown += ["/".join(dict.fromkeys(term[other] for term in found.terms))]
            end = found.end
        shown += lexicon.found(text[end:])
        return " ".join(dict.fromkeys(shown))

    @cached_property
    def _places(self) -> dict[Term, int]:
        return {term: place for place, term in enumerate(self.terms)}

    def _index(self, language: str, *, as_written: bool) -> dict[str, list[_Pattern]]:
        """Return the terms by the keys of their first words, made when they are first needed."""
        index = self._indexes.get((language, as_written))
        if index is None:
            index = {}
            for term in self.terms:
                pattern = _pattern(term, language, as_written=as_written)
                for key in pattern.words[0]:
                    index.setdefault(key, []).append(pattern)
            self._indexes[language, as_written] = index
        return index


@dataclass(frozen=True, slots=True)
class ArabicText:
    """An Arabic text that is asked whether it has terms, inflected in any way."""

    places: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, text: str) -> ArabicText:
        """Return a text to ask."""
        places: dict[str, set[int]] = {}
        for place, word in enumerate(_WORD.finditer(fold(text))):
            for form in all_forms(word[0]):
                places.setdefault(form, set()).add(place)
        return cls({form: frozenset(where) for form, where in places.items()})

    def has(self, term: str) -> bool:
        """Tell whether the text has a term; other words may stand in between.

        >>> ArabicText.of("سافر وزير خارجيته").has("وزير الخارجية")
        True
        """
        first, *others = (self._places(word[0]) for word in _WORD.finditer(fold(term)))
        for places in others:
            near = {place + step for place in first for step in range(1, _BETWEEN + 2)}
            first = places & near
        return bool(first)

    def _places(self, word: str) -> frozenset[int]:
        """Return where a word of a term stands."""
        return frozenset().union(*(self.places.get(form, ()) for form in all_forms(word)))


def _pattern(term: Term, language: str, *, as_written: bool) -> _Pattern:
    """Return a term as it is looked for; the English article before it does not count."""
    text = term.arabic if language == "ar" else term.english
    words = list(_WORD.finditer(text))
    if language == "en" and len(words) > 1 and words[0][0].lower() in _ARTICLES:
        del words[0]
    keys = (term_keys(word[0], language, as_written=as_written) for word in words)
    return _Pattern(tuple(keys), tuple(_gaps(text, words)), term)


def _gaps(text: str, words: Sequence[re.Match[str]]) -> list[str]:
    """Return what stands between words and their followers, spaces aside."""
    between = (text[a.end() : b.start()] for a, b in pairwise(words))
    return [gap.strip().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for gap in between]


def _fits(pattern: _Pattern, keys: Sequence[Keys], gaps: Sequence[str], place: int) -> bool:
    """Tell whether the words of a term stand one after the other from a place on."""
    end = place + len(pattern.words)
    return (
        end <= len(keys)
        and all(a & b for a, b in zip(pattern.words, keys[place:end], strict=True))
        and pattern.gaps == tuple(gaps[place : end - 1])
    )
