"""Count a bilingual lexicon out of parallel pairs: what a word usually is in the other language.

What: IBM Model 1 over stems, in both directions; where both agree on a link between two words, the
link counts by the product of the two posterior probabilities. For each word as written, and for
each stem, the one or two words that it is linked to most are its entry. The most common words,
which every model knows, get none. A name of one word that CLDR or the tables of names have (see
``gazetteer.py``) is an entry as it is written, whatever its stem is: «أنقرة» is Ankara, and no
form of "click".

Why folds: an example whose own pair was counted sees, for its rarest words, just what stands in its
translation, and teaches the model to trust a lexicon more than a new text can. With ``--folds N``
there are N lexicons, each without one part of the pairs; ``gloss.py`` gives each example the one
that has not seen it.

Leaves alone: phrases. A name of two words shows up as two candidates of each of them.

Source: Brown et al. 1993, https://aclanthology.org/J93-2003/ ; agreement of both directions as in
Liang et al. 2006, https://aclanthology.org/N06-1014/

Usage: lexicon.py OUTPUT_FOLDER --pairs FILE... [--held-out FILE...] [--folds N]
"""

from __future__ import annotations

import argparse
import collections
import gzip
import multiprocessing
import pathlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from prepare import clean, read_held_out, read_pairs, words_of

from mtreview.text.lexicon import STEM_MARK, WORDS
from mtreview.text.resources import entries as resource_entries

LONGEST = 60
ROUNDS = 6
LEAST_LINK = 0.1
LEAST_WEIGHT = 0.85
LEAST_SHARE, LEAST_SECOND = 0.1, 0.4
SURFACE_WEIGHT = 3.0
COMMON = {"ar": 80, "en": 120}
"""So many of the stems that are linked most often have no entry."""
HEAD = """# What words usually are in the other language ({}); see docs/models.md.
# A key that begins with ~ is a stem. Two words with a slash between them are two candidates.
"""

CERTAIN = {"cldr", "templates"}
"""Sources whose names of one word are entries at once."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Links:
    """Linked words: ids of Arabic and English words, and how sure each link is."""

    arabic: np.ndarray
    english: np.ndarray
    weight: np.ndarray


class Vocabulary:
    """Words by id, with the id of the stem of each."""

    def __init__(self, language: str) -> None:
        self.words: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.stem_of: list[int] = []
        self._language = WORDS[language]

    def ids(self, text: str) -> np.ndarray:
        """Return the ids of the different words of a text."""
        return np.array(sorted({self._id(word) for word in self._language.of(text)}), np.int32)

    def _id(self, word: str) -> int:
        plain, stem = self._language.keys(word)
        if plain not in self.words:
            self.words[plain] = len(self.words)
            self.stem_of.append(self.stems.setdefault(stem, len(self.stems)))
        return self.words[plain]


def link(pairs: Iterable[Pair], arabic: Vocabulary, english: Vocabulary) -> Links:
    """Return the links of all pairs that both directions agree on."""
    left, right, owner = [], [], []
    for number, (arabic_text, english_text) in enumerate(pairs):
        a, e = arabic.ids(arabic_text), english.ids(english_text)
        if 0 < len(a) <= LONGEST and 0 < len(e) <= LONGEST:
            left.append(np.repeat(a, len(e)))
            right.append(np.tile(e, len(a)))
            owner.append(np.full(len(a) * len(e), number, np.int32))
    a, e, pair = np.concatenate(left), np.concatenate(right), np.concatenate(owner)
    del left, right, owner
    a_stem = np.array(arabic.stem_of, np.int32)[a]
    e_stem = np.array(english.stem_of, np.int32)[e]
    kinds, kind = np.unique(
        a_stem.astype(np.int64) * len(english.stems) + e_stem, return_inverse=True
    )
    kind = kind.astype(np.int32)
    of_arabic = (kinds // len(english.stems)).astype(np.int32)
    of_english = (kinds % len(english.stems)).astype(np.int32)
    forward = posterior(kind, of_arabic, pair, e, len(kinds))
    backward = posterior(kind, of_english, pair, a, len(kinds))
    weight = forward * backward
    sure = weight > LEAST_LINK
    return Links(a[sure], e[sure], weight[sure])


def posterior(
    kind: np.ndarray, given: np.ndarray, pair: np.ndarray, made: np.ndarray, kinds: int
) -> np.ndarray:
    """Return, for each possible link, the probability that its word was made by the other one.

    Args:
        kind: Which two stems each possible link is between.
        given: The stem that makes the other, by kind.
        pair: The pair of sentences each link stands in.
        made: The word that is made.
        kinds: How many kinds there are.
    """
    _, place = np.unique(pair.astype(np.int64) * (int(made.max()) + 1) + made, return_inverse=True)
    place = place.astype(np.int32)
    table = np.ones(kinds)
    for _ in range(ROUNDS):
        share = table[kind]
        share /= np.bincount(place, share)[place]
        counts = np.bincount(kind, share, minlength=kinds)
        table = counts / np.bincount(given, counts)[given]
    share = table[kind]
    return share / np.bincount(place, share)[place]


def entries(
    links: Links,
    source: Vocabulary,
    other: Vocabulary,
    spelled: list[str],
    common: int,
    backwards: bool,
) -> dict[str, str]:
    """Return the entries of one direction.

    Args:
        links: The links.
        source: Of the language that is looked up.
        other: Of the other language.
        spelled: How each word of the other language is written, by id.
        common: So many of the most common stems have no entry.
        backwards: Whether English is looked up.
    """
    key, value = (links.english, links.arabic) if backwards else (links.arabic, links.english)
    stem = np.array(source.stem_of, np.int32)[key]
    stems = _best(stem, value, links.weight, other, spelled, LEAST_WEIGHT)
    words = _best(key, value, links.weight, other, spelled, SURFACE_WEIGHT)
    frequency = np.bincount(stem, links.weight, minlength=len(source.stems))
    known = set(np.argsort(-frequency)[:common].tolist())
    names = {number: name for name, number in source.stems.items()}
    found = {names[number]: entry for number, entry in stems.items() if number not in known}
    for word, number in source.words.items():
        entry, of_stem = words.get(number), source.stem_of[number]
        if entry and of_stem not in known and entry != stems.get(of_stem):
            found[word] = entry
    return found


def _best(
    key: np.ndarray,
    value: np.ndarray,
    weight: np.ndarray,
    other: Vocabulary,
    spelled: list[str],
    least: float,
) -> dict[int, str]:
    """Return the one or two words, of different stems, that each key is linked to most."""
    width = len(spelled)
    kinds, kind = np.unique(key.astype(np.int64) * width + value, return_inverse=True)
    weights = np.bincount(kind, weight)
    keys, values = kinds // width, kinds % width
    total = np.bincount(keys, weights)
    chosen: dict[int, list[int]] = collections.defaultdict(list)
    for place in np.argsort(-weights):
        number = int(keys[place])
        if weights[place] < least or weights[place] < LEAST_SHARE * total[number]:
            continue
        best = chosen[number]
        if len(best) == 1:
            first = best[0]
            same = other.stem_of[values[place]] == other.stem_of[values[first]]
            if same or weights[place] < LEAST_SECOND * weights[first]:
                continue
        if len(best) < 2:
            best.append(int(place))
    return {
        number: "/".join(spelled[values[place]] for place in best)
        for number, best in chosen.items()
        if best
    }


def spelling(texts: Iterable[str], vocabulary: Vocabulary, language: str) -> list[str]:
    """Return how each word is usually written, away from the start of a sentence."""
    rules = WORDS[language]
    seen: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for text in texts:
        for place, word in enumerate(rules.of(text)):
            seen[rules.keys(word)[0]][word] += 1 if place else 0
    return [seen[word].most_common(1)[0][0] for word in vocabulary.words]


def add_names(found: dict[str, str], names: Iterable[Pair], language: str) -> None:
    """Put names before what else is known of words that are written the same."""
    for name, other in names:
        key = WORDS[language].keys(name)[0]
        known = [word for word in found.get(key, "").split("/") if word and word != other]
        found[key] = "/".join([other, *known[:1]])


def pack(direction: str, entries: dict[str, str]) -> bytes:
    """Return the file of a lexicon, the same for the same entries."""
    lines = [HEAD.format(direction), *(f"{key}\t{entries[key]}\n" for key in sorted(entries))]
    return gzip.compress("".join(lines).encode(), mtime=0)


def unpack(file: pathlib.Path) -> tuple[str, ...]:
    """Return the lines of the file of a lexicon."""
    return resource_entries(gzip.decompress(file.read_bytes()).decode("utf-8"))


def write(folder: pathlib.Path, pairs: list[Pair], names: list[Pair]) -> None:
    """Count the lexicons of both directions and write them."""
    arabic, english = Vocabulary("ar"), Vocabulary("en")
    links = link(pairs, arabic, english)
    folder.mkdir(parents=True, exist_ok=True)
    for name, source, other, language, side in (
        ("ar-en", arabic, english, "en", 1),
        ("en-ar", english, arabic, "ar", 0),
    ):
        spelled = spelling((pair[side] for pair in pairs), other, language)
        backwards = name == "en-ar"
        found = entries(links, source, other, spelled, COMMON[name[:2]], backwards)
        ordered = [pair[::-1] if backwards else pair for pair in names]
        add_names(found, ordered, "en" if backwards else "ar")
        (folder / f"lexicon.{name}.txt.gz").write_bytes(pack(name, found))
        stems = sum(key.startswith(STEM_MARK) for key in found)
        print(f"{folder.name} {name}: {stems} stems, {len(found) - stems} words", flush=True)


def is_one_word(text: str, language: str) -> bool:
    """Tell whether a text is one word and nothing else."""
    return WORDS[language].pattern.fullmatch(text) is not None


def fold_of(arabic: str, folds: int) -> int:
    """Return the part of the pairs that a text belongs to, whatever its punctuation."""
    letters = words_of(clean(arabic)).encode()
    return sum(byte * (place % 251 + 1) for place, byte in enumerate(letters)) % folds


def main() -> None:
    """Write one lexicon, or one for each fold beside it."""
    parser = argparse.ArgumentParser(description="Count a bilingual lexicon out of pairs.")
    parser.add_argument("output", type=pathlib.Path, help="folder")
    parser.add_argument("--pairs", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--held-out", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    seen = read_held_out(arguments.held_out)
    pairs, names = [], []
    for source, arabic, english in read_pairs(arguments.pairs):
        keys = {words_of(arabic), words_of(english)}
        if not keys & seen and arabic and english:
            pairs.append((arabic, english))
            if source in CERTAIN and is_one_word(arabic, "ar") and is_one_word(english, "en"):
                names.append((arabic, english))
    pairs, names = list(dict.fromkeys(pairs)), list(dict.fromkeys(names))
    jobs = [(arguments.output, pairs, names)]
    for fold in range(arguments.folds):
        kept = [pair for pair in pairs if fold_of(pair[0], arguments.folds) != fold]
        jobs.append((arguments.output / f"without-{fold}", kept, names))
    with multiprocessing.Pool(arguments.processes) as pool:
        pool.starmap(write, jobs, chunksize=1)


if __name__ == "__main__":
    main()
