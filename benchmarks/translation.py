"""Measure how well packs translate: BLEU and chrF on human text, next to other systems.

    python benchmarks/translation.py [--devsets DIR] [--packs ID|FOLDER...]
        [--directions ar-en en-ar] [--limit N] [--beam-size N] [--seed N] [--output FILE]

Reads ``firefox_flores_dev_en_ar.jsonl`` (997 sentences of FLORES-dev, CC BY-SA 4.0) from the folder
of development sets and, where it lies beside that folder in ``training/dev``, ``ud_pud.{ar,en}``
(1,000 sentences of news and Wikipedia, CC BY-SA 3.0). They are not part of the project; where they
are absent the program says so and measures nothing. It runs the engine as a reviewer gets it, with
all its preparing and cutting of texts, for every pack that is named: embedded ones, folders, or
models that were pulled from a hub. Each number comes with the signature that reproduces it; beside
the scores stand the translations that are empty and those that go round in circles. ``--output``
writes the translations themselves, one JSON object a line.

The scores of the other systems are on all of FLORES-dev; with ``--limit`` they are only a hint.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from mtreview.config import Config
from mtreview.engines._engine import Engine, Settings
from mtreview.engines.open import open_pair

DEVSETS = Path(__file__).resolve().parent.parent.parent / "shared" / "devsets"
FLORES = "firefox_flores_dev_en_ar.jsonl"
DIRECTIONS = ("ar-en", "en-ar")

ANCHORS = {
    "ar-en": (
        ("argos", 30.0, 57.2),
        ("opus-mt", 33.9, 60.8),
        ("NLLB", 37.5, 63.1),
        ("bergamot-base", 39.6, 65.2),
        ("google", 46.0, 70.4),
    ),
    "en-ar": (
        ("argos", None, 43.8),
        ("opus-mt", None, 53.5),
        ("bergamot-base", None, 60.8),
    ),
}
"""Published systems on FLORES-dev: name, BLEU, chrF."""

BLEU_METRIC, CHRF_METRIC = BLEU(), CHRF()

Pair = tuple[str, str]
"""Arabic and English of one sentence, both human."""


LONGEST_CIRCLE = 8
"""Words of the longest phrase that counts as repeated."""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--devsets", type=Path, default=DEVSETS, help="folder of development sets")
    parser.add_argument(
        "--packs", nargs="+", default=[Config().engine.pack], help="the packs to measure"
    )
    parser.add_argument("--directions", nargs="+", choices=DIRECTIONS, default=DIRECTIONS)
    parser.add_argument("--limit", type=int, help="translate only this many of each set, by chance")
    parser.add_argument("--seed", type=int, default=0, help="of that choice")
    parser.add_argument(
        "--beam-size", type=int, default=Config().engine.beam_size, help="1 is greedy"
    )
    parser.add_argument("--output", type=Path, help="write the translations, as JSON lines")
    arguments = parser.parse_args()
    sets = read_sets(arguments.devsets)
    if not sets:
        print(f"skipped: {FLORES} is not in {arguments.devsets}; see --devsets", file=sys.stderr)
        return 0
    if arguments.limit:
        sets = {
            name: random.Random(arguments.seed).sample(pairs, min(arguments.limit, len(pairs)))
            for name, pairs in sets.items()
        }
    if arguments.output:
        arguments.output.write_text("", encoding="utf-8")
    print(
        f"{'direction':10}{'set':12}{'system':24}{'sent.':>6}{'BLEU':>7}{'chrF':>7}"
        f"{'empty':>7}{'loops':>7}{'sent./s':>9}"
    )
    signatures = set()
    for direction in arguments.directions:
        source, target = direction.split("-")
        for pack in arguments.packs:
            engine, _ = open_pair(pack, source, target, Settings(beam_size=arguments.beam_size))
            signatures.add(engine.signature)
            for name, pairs in sets.items():
                rows = pairs if source == "ar" else [pair[::-1] for pair in pairs]
                measure(engine, direction, name, Path(pack).name, rows, arguments.output)
        for system, its_bleu, its_chrf in ANCHORS[direction]:
            print(row(direction, "flores-dev", system, 997, its_bleu, its_chrf))
    print("\nBLEU", BLEU_METRIC.get_signature(), "\nchrF", CHRF_METRIC.get_signature())
    print("\n".join(sorted(signatures)))
    return 0


def measure(
    engine: Engine, direction: str, name: str, pack: str, pairs: list[Pair], output: Path | None
) -> None:
    """Translate the first sides of the pairs, print the row, and append the translations."""
    sources, references = zip(*pairs, strict=True)
    start = time.perf_counter()
    translated = [hypothesis.text for hypothesis in engine.translate(sources)]
    speed = len(pairs) / (time.perf_counter() - start)
    bleu, chrf = (
        metric.corpus_score(translated, [list(references)]).score
        for metric in (BLEU_METRIC, CHRF_METRIC)
    )
    extras = (
        str(sum(not text for text in translated)),
        str(sum(goes_round(text) for text in translated)),
        f"{speed:.2f}",
    )
    print(row(direction, name, pack, len(pairs), bleu, chrf, *extras), flush=True)
    if output:
        with output.open("a", encoding="utf-8") as stream:
            for source, text, reference in zip(sources, translated, references, strict=True):
                item = {"pack": pack, "direction": direction, "set": name}
                item |= {"source": source, "translation": text, "reference": reference}
                stream.write(json.dumps(item, ensure_ascii=False) + "\n")


def goes_round(text: str) -> bool:
    """Tell whether a phrase stands three times in a row, or a single word four times.

    >>> goes_round("the talks on the talks on the talks on the"), goes_round("very, very, very big")
    (True, False)
    """
    words = text.casefold().split()
    for length in range(1, LONGEST_CIRCLE + 1):
        times = 4 if length == 1 else 3
        for start in range(len(words) - times * length + 1):
            if words[start : start + times * length] == words[start : start + length] * times:
                return True
    return False


def row(
    direction: str,
    name: str,
    system: str,
    sentences: int,
    bleu: float | None,
    chrf: float | None,
    empty: str = "",
    loops: str = "",
    speed: str = "",
) -> str:
    """Return one line of the table; what is not known is a dash."""
    first, second = ("-" if value is None else f"{value:.1f}" for value in (bleu, chrf))
    return (
        f"{direction:10}{name:12}{system:24}{sentences:6}{first:>7}{second:>7}{empty:>7}{loops:>7}"
        f"{speed:>9}"
    )


def read_sets(folder: Path) -> dict[str, list[Pair]]:
    """Return the sets that are there; none without FLORES-dev."""
    if not (folder / FLORES).is_file():
        return {}
    flores: dict[int, Pair] = {}
    for line in (folder / FLORES).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        flores.setdefault(item["seg"], (item["ref"], item["src"]))
    sets = {"flores-dev": list(flores.values())}
    files = [folder.parent / "training" / "dev" / f"ud_pud.{side}" for side in ("ar", "en")]
    if all(file.is_file() for file in files):
        sides = (file.read_text(encoding="utf-8").splitlines() for file in files)
        sets["ud-pud"] = list(zip(*sides, strict=True))
    return sets


if __name__ == "__main__":
    sys.exit(main())
