"""Make the word lists of ``mtreview/text/resources`` that are counted from text.

    python training/word_lists.py --wikipedia arwiki2017_sample.ar.xz \
        --pairs open_pairs.tsv.xz un_pairs.tsv.xz --out mtreview/text/resources

Writes ``frequency.ar.txt.gz`` (words in their commonest spelling and how often they were seen, as a
power of two) and ``nisba.txt`` (relational adjectives whose feminine is in use). Both hold counts,
no sentence.
"""

from __future__ import annotations

import argparse
import gzip
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mtreview.text.spelling import simplified

WORD = re.compile(
    "[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER GHAIN}\N{ARABIC LETTER FEH}-\N{ARABIC LETTER YEH}]+"
)
MARKS = re.compile(
    "[\N{ARABIC FATHATAN}-\N{ARABIC WAVY HAMZA BELOW}"
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}\N{ARABIC TATWEEL}]"
)
SOURCES = frozenset(
    {
        *("astro_docs", "bitcoin_org", "chromium", "ethereum_org", "libreoffice", "ms_edu"),
        *("mmlu_ar", "monero", "mozilla_apps", "mozilla_www", "opensource_guide", "owasp"),
        *("react_docs", "tatoeba", "ui5", "un_documents", "vote_gov", "xquad"),
    }
)
LONGEST = 16  # longer runs of letters are mostly words that were glued together
NISBA_MASCULINE, NISBA_FEMININE = 4, 8
NOUNS = frozenset(
    {
        *("ثاني", "قاضي", "محامي", "مدعي", "مهدي", "مربي", "واقي"),
        *("حادي", "رامي", "نامي", "نادي", "وادي", "كرسي", "تالي"),
    }
)
"""Words in -ي beside one in -ية that are nouns, names or ordinals: no adjective of relation."""

HEADER = """\
# {what}
# Counted from a sample of the Arabic Wikipedia of 2017 (CC BY-SA 4.0, its authors) and the Arabic
# side of openly licensed translations: Tatoeba (CC BY 2.0 FR), XQuAD, OWASP (CC BY-SA 4.0),
# React docs, Open Source Guides (CC BY 4.0), MMLU-ar, UI5 (Apache-2.0), Microsoft lessons,
# ethereum.org, bitcoin.org, Astro docs (MIT), Chromium, Monero (BSD), LibreOffice and Mozilla
# (MPL-2.0), vote.gov (public domain), documents of the United Nations. Counts of words, not
# sentences.
# Made by training/word_lists.py.
"""


def read(path: Path) -> Iterator[str]:
    """Yield the Arabic of a file of lines, or of the second column of a table of pairs."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if ".tsv" not in path.name:
                yield line
                continue
            source, arabic = line.split("\t")[:2]
            if source in SOURCES:
                yield arabic


def spellings(seen: Counter[str]) -> dict[str, int]:
    """Return the counts by the commonest of the spellings that differ in hamzas and the like."""
    best: dict[str, str] = {}
    total: Counter[str] = Counter()
    for word, count in seen.most_common():
        if 1 < len(word) <= LONGEST:
            plain = simplified(word)
            best.setdefault(plain, word)
            total[plain] += count
    return {best[plain]: count for plain, count in total.items()}


def main() -> None:
    """Count, and write both lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wikipedia", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    seen: Counter[str] = Counter()
    for path in (arguments.wikipedia, *arguments.pairs):
        for text in read(path):
            seen.update(WORD.findall(MARKS.sub("", text)))

    words = spellings(seen)
    header = HEADER.format(
        what="Arabic words, and a power of two that they were seen at least as often as."
    )
    rows = [f"{word}\t{1 << (words[word].bit_length() - 1)}" for word in sorted(words)]
    packed = gzip.compress((header + "\n".join(rows) + "\n").encode(), 9, mtime=0)
    (arguments.out / "frequency.ar.txt.gz").write_bytes(packed)

    nisba = sorted(
        word[2:]
        for word, count in seen.items()
        if word.startswith("ال") and word.endswith("ي") and len(word) > 5
        if count >= NISBA_MASCULINE and seen[f"{word}ة"] >= NISBA_FEMININE
        if word[2:] not in NOUNS
    )
    header = HEADER.format(
        what="Adjectives of relation (nisba), masculine, that are also used in the feminine."
    )
    (arguments.out / "nisba.txt").write_text(header + "\n".join(nisba) + "\n", encoding="utf-8")
    print(f"{len(words)} words, {len(packed)} bytes; {len(nisba)} adjectives")


if __name__ == "__main__":
    main()
