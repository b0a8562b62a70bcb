"""Put words and phrases written one by one before the counted words of a lexicon.

What: ``words/ar-en.tsv`` and ``words/en-ar.tsv`` hold words as news and encyclopedias use them, one
``key TAB entry`` a line, the most frequent first; the key is the word as ``bare`` of its language
makes it (``mtreview/text/lexicon.py``), and the entry ``-`` says that the word needs no help. Such
a line replaces the counted entry of that key, of the key with an article or «و» before it, and, if
it is among the first ``FREQUENT``, of the stem that is written like it. ``words/names.tsv`` holds
single names for both directions, ``Arabic TAB Latin`` a line; a name replaces only the counted
entry that is spelled the same, and no written word. ``words/phrases.ar-en.tsv`` holds phrases of
two to four words, spelled as usual; one that begins with an article also stands for what begins
with a preposition and the article.

Why: the counted lexicon comes mostly from the strings of programs, where «ضرب» is multiplication
and «محافظ» is a wallet.

Leaves alone: every other entry.

Usage: correct.py FOLDER [--words FOLDER]    (FOLDER is what lexicon.py wrote, folds and all)
"""

from __future__ import annotations

import argparse
import pathlib
import re
import sys
from itertools import islice

from lexicon import pack, unpack

from mtreview.text.lexicon import LONGEST_PHRASE, NO_ENTRY, STEM_MARK, WORDS

HERE = pathlib.Path(__file__).parent
SURE_START = re.compile("^(?:وال|فال|بال|كال|ولل|لل|ال|و)")
"""What may be left out before a word without making another of it, nearly always."""
ARTICLE = "ال"
FREQUENT = 50_000
"""Written words from the most frequent one to which one also stands for what has it as its stem."""
WORD = {
    "ar-en": r"[A-Za-z0-9\u00c0-\u024f][\w'’.-]*",
    "en-ar": r"[\u0621-\u063a\u0641-\u064a]+",
}
"""A word of an entry; a candidate has up to four."""
LONGEST_ENTRY = 6
"""Words that a candidate for a phrase has at most."""


def entry_pattern(direction: str, longest: int) -> re.Pattern[str]:
    """Return what matches an entry: a candidate or two, each of some words, or ``NO_ENTRY``."""
    candidate = f"{WORD[direction]}(?: {WORD[direction]}){{0,{longest - 1}}}"
    return re.compile(f"{candidate}(?:/{candidate})?|{NO_ENTRY}")


def read(file: pathlib.Path, direction: str) -> dict[str, str]:
    """Return the entries of a file of written words.

    Raises:
        SystemExit: A line is no entry, or its key is none that is ever looked up.
    """
    bare, is_entry = WORDS[direction[:2]].bare, entry_pattern(direction, 4).fullmatch
    found: dict[str, str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        key, _, entry = line.partition("\t")
        if not is_entry(entry):
            sys.exit(f"{file.name}:{number}: no entry: {line!r}")
        if key in found or key not in (bare(key), bare(ARTICLE + key)):
            sys.exit(f"{file.name}:{number}: a key twice, or never looked up: {key!r}")
        found[key] = entry
    return found


def read_names(file: pathlib.Path, direction: str) -> dict[str, str]:
    """Return the entries of a file of names; of spellings of one name, the first two.

    Raises:
        SystemExit: A line is not a name in both scripts, one word each.
    """
    source, target = direction.split("-")
    is_name = re.compile(f"{WORD['en-ar']}\t{WORD['ar-en']}").fullmatch
    found: dict[str, list[str]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not is_name(line):
            sys.exit(f"{file.name}:{number}: no name: {line!r}")
        name = dict(zip(("ar", "en"), line.split("\t"), strict=True))
        spellings = found.setdefault(WORDS[source].keys(name[source])[0], [])
        if name[target] not in spellings:
            spellings.append(name[target])
    return {key: "/".join(spellings[:2]) for key, spellings in found.items()}


def read_phrases(file: pathlib.Path, direction: str) -> dict[str, str]:
    """Return the entries of a file of phrases.

    Raises:
        SystemExit: A line is no entry of a phrase, or of one that stands there already.
    """
    rules, is_entry = WORDS[direction[:2]], entry_pattern(direction, LONGEST_ENTRY).fullmatch
    found: dict[str, str] = {}
    others: dict[str, str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        phrase, _, entry = line.partition("\t")
        words = list(rules.of(phrase))
        if not is_entry(entry) or " ".join(words) != phrase or not 1 < len(words) <= LONGEST_PHRASE:
            sys.exit(f"{file.name}:{number}: no phrase: {line!r}")
        key, *shorter = rules.phrase_keys(words)
        if key in found:
            sys.exit(f"{file.name}:{number}: a phrase twice: {phrase!r}")
        found[key] = entry
        if phrase.startswith(ARTICLE) and shorter:
            others.setdefault(shorter[-1], entry)
    return others | found


def correct(
    counted: dict[str, str],
    written: dict[str, str],
    language: str,
    names: dict[str, str],
    phrases: dict[str, str],
) -> dict[str, str]:
    """Return the counted entries with names, written words and phrases before them."""
    rules = WORDS[language]
    kept = {
        key: entry
        for key, entry in counted.items()
        if key.startswith(STEM_MARK)
        or not (SURE_START.match(key) and SURE_START.sub("", key, count=1) in written)
    }
    stems = {
        STEM_MARK + key: entry
        for key, entry in islice(written.items(), FREQUENT)
        if rules.keys(key)[1] == STEM_MARK + key and STEM_MARK + key in kept
    }
    return kept | names | stems | written | phrases


def main() -> None:
    """Correct all lexicons of a folder."""
    parser = argparse.ArgumentParser(description="Correct counted lexicons by written ones.")
    parser.add_argument("folder", type=pathlib.Path, help="of lexicon.py")
    parser.add_argument("--words", type=pathlib.Path, default=HERE / "words")
    arguments = parser.parse_args()
    for direction in ("ar-en", "en-ar"):
        written = read(arguments.words / f"{direction}.tsv", direction)
        names = read_names(arguments.words / "names.tsv", direction)
        file = arguments.words / f"phrases.{direction}.tsv"
        phrases = read_phrases(file, direction) if file.exists() else {}
        files = sorted(arguments.folder.rglob(f"lexicon.{direction}.txt.gz"))
        if not files:
            parser.error(f"no lexicon of {direction} in {arguments.folder}")
        for file in files:
            counted = dict(line.split("\t") for line in unpack(file))
            found = correct(counted, written, direction[:2], names, phrases)
            file.write_bytes(pack(direction, found))
            print(
                f"{file}: {len(counted)} counted, {len(names)} names, {len(written)} written, "
                f"{len(phrases)} phrases, {len(found)} in all"
            )


if __name__ == "__main__":
    main()
