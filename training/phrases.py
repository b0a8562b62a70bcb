"""List the phrases of a text that hold together, for somebody to write what they are.

What: counts runs of two to four words, as ``mtreview/text/lexicon.py`` spells its keys, and keeps
those whose words stand together more often than by chance: a normalised pointwise mutual
information of at least ``LEAST_BOND``. A phrase that nearly always is part of a longer one is left
out. Each line is ``phrase TAB entries of its words TAB times``, the strongest first; what the
phrase is in English goes into ``words/phrases.ar-en.tsv``, spelled as usual.

Leaves alone: phrases that stand there already.

Source: normalised pointwise mutual information, Bouma 2009
(https://svn.spraakdata.gu.se/repos/gerlof/pub/www/Docs/npmi-pfd.pdf).

Usage: phrases.py OUTPUT --text FILE... [--least N] [--limit N]
"""

from __future__ import annotations

import argparse
import math
import pathlib
from collections import Counter
from collections.abc import Iterable, Iterator

from mtreview.text.lexicon import LONGEST_PHRASE, Lexicon, Words, lexicon
from mtreview.text.normalize import for_model

LEAST_BOND = 0.25
"""1: the words never stand apart; 0: together as often as by chance."""
PART_SHARE = 0.8
"""A phrase that stands in one longer phrase this often is only a part of it."""


def count(lines: Iterable[str], rules: Words) -> list[Counter[str]]:
    """Return how often each run of words stands in a text: at 1 words, at 2 pairs, and so on."""
    found: list[Counter[str]] = [Counter() for _ in range(LONGEST_PHRASE + 1)]
    for line in lines:
        for run in rules.phrases(for_model(line)):
            keys = [rules.keys(word)[0] for word in run]
            for length in range(1, LONGEST_PHRASE + 1):
                for start in range(len(keys) - length + 1):
                    found[length][" ".join(keys[start : start + length])] += 1
    return found


def bonds(counts: list[Counter[str]], least: int) -> dict[str, float]:
    """Return the phrases seen so often or more that hold together, and how much, from 0 to 1."""
    words = sum(counts[1].values())
    found = {}
    for length in range(2, LONGEST_PHRASE + 1):
        for phrase, times in counts[length].items():
            if times < least or times == words:
                continue
            alone = sum(math.log(counts[1][word] / words) for word in phrase.split())
            together = math.log(times / words)
            bond = (together - alone) / (-(length - 1) * together)
            if bond >= LEAST_BOND:
                found[phrase] = bond
    return found


def without_parts(phrases: dict[str, float], counts: list[Counter[str]]) -> dict[str, float]:
    """Return the phrases that are not nearly always part of a longer one of them."""
    longer: Counter[str] = Counter()
    for phrase in phrases:
        words = phrase.split()
        for length in range(2, len(words)):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                longer[part] = max(longer[part], counts[len(words)][phrase])
    return {
        phrase: bond
        for phrase, bond in phrases.items()
        if longer[phrase] < PART_SHARE * counts[len(phrase.split())][phrase]
    }


def listed(lines: Iterable[str], known: Lexicon, least: int) -> list[str]:
    """Return the phrases of a text that a lexicon lacks as lines, the strongest first."""
    counts = count(lines, known.words)
    found = without_parts(bonds(counts, least), counts)
    times = {phrase: counts[len(phrase.split())][phrase] for phrase in found}
    order = sorted(found, key=lambda phrase: (-found[phrase] * math.log(times[phrase]), phrase))
    new = [phrase for phrase in order if phrase not in known.entries]
    entries = [" ".join(known.entry(word) or "·" for word in phrase.split()) for phrase in new]
    return [f"{phrase}\t{e}\t{times[phrase]}" for phrase, e in zip(new, entries, strict=True)]


def read(files: Iterable[pathlib.Path]) -> Iterator[str]:
    """Yield the lines of files."""
    for file in files:
        with file.open(encoding="utf-8") as lines:
            yield from lines


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description="List phrases that hold together.")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--text", type=pathlib.Path, nargs="+", required=True, help="of Arabic")
    parser.add_argument("--least", type=int, default=12, help="times that a phrase must be seen")
    parser.add_argument("--limit", type=int, default=20_000)
    arguments = parser.parse_args()
    found = listed(read(arguments.text), lexicon("ar", "en"), arguments.least)[: arguments.limit]
    arguments.output.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    print(f"{len(found)} phrases")


if __name__ == "__main__":
    main()
