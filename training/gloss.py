"""Put beside each training example what its rarer words are, from a lexicon that has not seen it.

What: adds a fourth column to the lines of ``prepare.py`` and ``names.py``: the gloss of the prompt
text, in the other language. An example of fold N is glossed by the lexicon that was counted without
fold N (see ``lexicon.py``), so that the model learns to use and to doubt entries as they will be
for a text that nobody has seen. Some entries are left out by chance, for words that no lexicon has.

Usage: gloss.py EXAMPLES OUTPUT --lexicons FOLDER [--seed N]
"""

from __future__ import annotations

import argparse
import pathlib
import random
from functools import cache

from lexicon import fold_of, unpack

from mtreview.text.lexicon import Lexicon

LEFT_OUT_SHARE = 0.1


@cache
def read(file: pathlib.Path, language: str) -> Lexicon:
    """Return the lexicon of a file."""
    return Lexicon.of(unpack(file), language)


def gloss(line: str, folds: list[pathlib.Path], chance: random.Random) -> str:
    """Return a line of examples with its gloss."""
    direction, prompt, answer = line.split("\t")
    source, target = direction.split("-")
    arabic = prompt if source == "ar" else answer
    folder = folds[fold_of(arabic, len(folds))]
    lexicon = read(folder / f"lexicon.{source}-{target}.txt.gz", source)
    entries = dict.fromkeys(lexicon.found(prompt))
    kept = (entry for entry in entries if chance.random() >= LEFT_OUT_SHARE)
    return "\t".join((direction, prompt, answer, " ".join(kept)))


def main() -> None:
    """Gloss all examples."""
    parser = argparse.ArgumentParser(description="Gloss training examples.")
    parser.add_argument("examples", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--lexicons", type=pathlib.Path, required=True, help="of lexicon.py")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    folds = sorted(arguments.lexicons.glob("without-*"))
    if not folds:
        parser.error(f"no folds in {arguments.lexicons}: run lexicon.py with --folds")
    lines = arguments.examples.read_text(encoding="utf-8").splitlines()
    chance = random.Random(arguments.seed)
    glossed = [gloss(line, folds, chance) + "\n" for line in lines]
    arguments.output.write_text("".join(glossed), encoding="utf-8")
    print(f"{len(glossed)} examples")


if __name__ == "__main__":
    main()
