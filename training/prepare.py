"""Make the training examples of both directions from the parallel pairs.

What: cleans each pair, drops the bad ones, weights the sources, and writes one shuffled example
per line, ``direction TAB prompt text TAB expected text``, where the direction is ``ar-en`` or
``en-ar``.

Why: a small model remembers what it sees most. Human prose, above all the diplomatic prose of the
United Nations, is seen several times; strings of user interfaces hardly ever.

Leaves alone: quotation marks, digits and letters. Only what a reader cannot see is normalised:
vowel marks, tatweel, invisible characters, runs of whitespace.

Source: the filters follow the usual ones for parallel text (length ratio, numbers, script,
identity), see Bañón et al. 2020, https://aclanthology.org/2020.acl-main.417/

Usage: prepare.py OUTPUT --pairs FILE... [--held-out FILE...] [--seed N]
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import random
import re
from collections.abc import Iterator

SHARES = {
    "written": 1.0,
    "machine_like": 1.0,
    "wikipedia": 1.0,
    "un_documents": 1.0,
    "xquad": 1.0,
    "vote_gov": 1.0,
    "opensource_guide": 0.6,
    "mozilla_www": 0.4,
    "ethereum_org": 0.15,
    "bitcoin_org": 0.3,
    "debian_handbook": 0.08,
    "mmlu_ar": 0.08,
    "tatoeba": 0.1,
    "owasp": 0.2,
    "react_docs": 0.05,
    "primero": 0.1,
    "astro_docs": 0.2,
    "openstreetmap": 0.1,
    "ms_edu": 0.01,
}
"""The share of a source's clean pairs that is used; a source that is not named is not used."""

SHORTEST_PROSE, SHORTEST, LONGEST = 8, 4, 60
SHORT_SENTENCE_SHARE = 0.25

VOWEL_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
LATIN_LETTER = re.compile(r"[A-Za-z]")
NUMBER = re.compile(r"\d+")
THOUSANDS_MARK = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
MARKUP = re.compile(r"<[a-z/][^>]*>|[{}|\\]|\+\+\+|https?://|@|`|\*\*|^\W*#|&[a-z]+;|::|==|_")
LEADING_LIST_MARK = re.compile(
    r"^(?:[-•*–·]|\(?[a-z0-9ivx]{1,3}[.)]|\(?[\u0621-\u064a0-9]{1,2}[.)])\s+"
)
EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
TYPED = re.compile(
    r"(?<!\w)(?:و|ف)?(?:الى|ان|او|اول|اذا|اكثر|احد|فى|التى|الذى|انه|انها|لان|اهم|ايضا|اى|هى|لانه|اما"
    r"|انهم|اصبح|الي|علي|امام|احمد|ابو|اكبر|افضل|اخرى|انواع|ادى|اسرة|امير)(?!\w)|[٠-٩]"
)
"""Frequent words without their hamza, or with the wrong ya, and Eastern digits."""


def clean(text: str) -> str:
    """Normalise what a reader cannot see.

    >>> clean("قالَ  «نعـم»")
    'قال «نعم»'
    """
    return " ".join(INVISIBLE.sub("", VOWEL_MARKS.sub("", text)).split())


def is_good_pair(arabic: str, english: str) -> bool:
    """Tell whether two cleaned texts look like translations of each other.

    >>> is_good_pair("وصل 12 وزيرا إلى المدينة أمس", "A minister came on the 3rd of May")
    False
    >>> is_good_pair("وصل 12 وزيرا إلى المدينة أمس", "Yesterday 12 ministers arrived in the city")
    True
    """
    arabic_words, english_words = arabic.split(), english.split()
    if not (SHORTEST <= len(english_words) <= LONGEST and 3 <= len(arabic_words) <= LONGEST):
        return False
    if not 0.5 <= len(arabic_words) / len(english_words) <= 1.7:
        return False
    if not 0.55 <= len(arabic) / len(english) <= 1.6:
        return False
    if MARKUP.search(arabic) or MARKUP.search(english):
        return False
    if ARABIC_LETTER.search(english):
        return False
    arabic_letters = len(ARABIC_LETTER.findall(arabic))
    if arabic_letters < 3 * len(LATIN_LETTER.findall(arabic)):
        return False
    if len(LATIN_LETTER.findall(english)) < 0.6 * len(english):
        return False
    return numbers_agree(arabic, english)


def numbers_agree(arabic: str, english: str) -> bool:
    """Tell whether each number of two or more digits stands on both sides, in whatever order.

    United Nations documents write 7,208 as ``208 7`` in Arabic, so groups of digits are
    compared, and whole numbers only where those differ.

    >>> numbers_agree("208 7 صفحات", "7,208 pages"), numbers_agree("7208 صفحات", "7,208 pages")
    (True, True)
    >>> numbers_agree("7208 صفحات", "7,209 pages")
    False
    """
    texts = [text.translate(EASTERN_DIGITS) for text in (arabic, english)]
    whole = [THOUSANDS_MARK.sub("", text) for text in texts]
    return _groups(texts[0]) == _groups(texts[1]) or _groups(whole[0]) == _groups(whole[1])


def _groups(text: str) -> list[str]:
    """Return the groups of two or more digits, sorted."""
    return sorted(digits for digits in NUMBER.findall(text) if len(digits) > 1)


def is_well_spelled(arabic: str) -> bool:
    """Tell whether hamza, ya and digits are written as editors write them.

    >>> is_well_spelled("وصل الوزير إلى المدينة التي زارها"), is_well_spelled("وصل الى المدينة")
    (True, False)
    """
    return not TYPED.search(arabic)


def words_of(text: str) -> str:
    """Return only letters and digits, to find doubles that differ in punctuation."""
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def read_pairs(paths: list[pathlib.Path]) -> Iterator[tuple[str, str, str]]:
    """Yield source, Arabic and English of each line, cleaned."""
    for path in paths:
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                source, arabic, english = line.rstrip("\n").split("\t")
                yield (
                    source,
                    LEADING_LIST_MARK.sub("", clean(arabic)),
                    LEADING_LIST_MARK.sub("", clean(english)),
                )


def read_held_out(paths: list[pathlib.Path]) -> set[str]:
    """Return the words of each line, as ``words_of`` gives them."""
    return {
        words_of(clean(line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    }


def select_pairs(
    paths: list[pathlib.Path], held_out: set[str], scale: float, chance: random.Random
) -> dict[str, list[tuple[str, str]]]:
    """Return the good pairs of each source, without doubles and without held-out sentences."""
    seen = set(held_out)
    chosen: dict[str, list[tuple[str, str]]] = collections.defaultdict(list)
    read: collections.Counter[str] = collections.Counter()
    for source, arabic, english in read_pairs(paths):
        read[source] += 1
        share = min(1.0, scale * SHARES.get(source, 0.0))
        if not share or not is_good_pair(arabic, english):
            continue
        keys = {words_of(arabic), words_of(english)}
        if keys & seen:
            continue
        if len(english.split()) < SHORTEST_PROSE:
            share *= SHORT_SENTENCE_SHARE
        if chance.random() >= share:
            continue
        seen |= keys
        chosen[source].append((arabic, english))
    for source in sorted(read):
        if source in SHARES:
            words = sum(len(english.split()) for _, english in chosen[source])
            print(f"{source:18} read {read[source]:7} kept {len(chosen[source]):6} words {words:8}")
    return chosen


def make_examples(
    chosen: dict[str, list[tuple[str, str]]],
    repeat: dict[str, int],
    forward: float,
    chance: random.Random,
) -> list[tuple[str, str, str]]:
    """Give every pair a direction, and each repetition one of its own, in a shuffled order.

    Arabic that is not well spelled is read, and never written.

    Args:
        chosen: The pairs of each source.
        repeat: How often those of a source come.
        forward: The share from Arabic to English.
        chance: Decides.
    """
    examples = []
    for source, pairs in chosen.items():
        for arabic, english in pairs:
            for _ in range(repeat.get(source, 1)):
                if chance.random() < forward:
                    examples.append(("ar-en", arabic, english))
                elif is_well_spelled(arabic):
                    examples.append(("en-ar", english, arabic))
    chance.shuffle(examples)
    return examples


def main() -> None:
    """Write the examples and print how many of each source there are."""
    parser = argparse.ArgumentParser(description="Make training examples from parallel pairs.")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--pairs", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument(
        "--held-out", type=pathlib.Path, nargs="*", default=[], help="sentences never to train on"
    )
    parser.add_argument("--repeat", nargs="*", default=[], help="SOURCE=TIMES")
    parser.add_argument("--scale", type=float, default=1.0, help="multiply the shares, up to 1")
    parser.add_argument("--arabic-to-english", type=float, default=0.7, help="share of examples")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    held_out = read_held_out(arguments.held_out)
    chosen = select_pairs(arguments.pairs, held_out, arguments.scale, chance)
    repeat = {source: int(times) for source, times in (r.split("=") for r in arguments.repeat)}
    examples = make_examples(chosen, repeat, arguments.arabic_to_english, chance)
    with arguments.output.open("w", encoding="utf-8") as stream:
        stream.writelines("\t".join(example) + "\n" for example in examples)
    forward = sum(direction == "ar-en" for direction, _, _ in examples)
    print(f"{len(examples)} examples, {forward} of them Arabic to English")


if __name__ == "__main__":
    main()
