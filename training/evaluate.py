"""Measure a pack on the development sets, in both directions.

What: translates with the engine that a reviewer gets, prints BLEU and chrF with the signatures that
reproduce them, and counts what a reader of a back-translation depends on: numbers, quotation marks,
negations and Latin names that are in the source and arrive in the translation; empty translations;
loops.
Writes all of it, and the translations, as JSON for ``pack.py --scores``.

Why the counts: two models of equal BLEU can differ in whether "not" survives.

Leaves alone: the reference, except for its share of the same features, printed beside as the
level that a person reaches.

Source: BLEU (Papineni et al. 2002) and chrF (Popović 2015) as in sacrebleu (Post 2018).

Usage: evaluate.py PACK --sets NAME=ARABIC_FILE,ENGLISH_FILE... [--sentences N] [--beam-size N]
    [--output FILE]
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import re
import time
from typing import Any

from mtreview.config import Config
from mtreview.engines._engine import Settings
from mtreview.engines.open import open_pair

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LATIN_NAME = re.compile(r"\b[A-Z][A-Za-z]{2,}\b")
QUOTATION_MARK = re.compile(r"[\"“”«»„]")
NEGATION = {
    "ar": re.compile(r"(?<!\w)(?:و|ف)?(?:لا|لم|لن|ليس|ليست|ليسوا|غير|دون|بدون|عدم|ما)(?!\w)"),
    "en": re.compile(
        r"\b(?:not|no|never|without|neither|nor|none|nothing|nobody|cannot|lack|un\w+)\b|n['’]t\b",
        re.IGNORECASE,
    ),
}
EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def has_loop(text: str) -> bool:
    """Tell whether a text repeats itself as models do.

    >>> has_loop("the talks on the talks on the talks on the")
    True
    >>> has_loop("They said that the talks would go on and on.")
    False
    """
    words = text.split()
    for length in range(1, 9):
        for start in range(len(words) - 3 * length + 1):
            unit = words[start : start + length]
            repeats = 4 if length == 1 else 3
            if words[start : start + repeats * length] == unit * repeats:
                return True
    return False


def kept(sources: list[str], translations: list[str], direction: str) -> dict[str, float]:
    """Return the share of features of the sources that are found in the translations."""
    source_language, target_language = direction.split("-")
    found = dict.fromkeys(("numbers", "latin_names"), 0)
    total = dict(found)
    sentences_with = {"quotation_marks": [0, 0], "negations": [0, 0]}
    for source, translation in zip(sources, translations, strict=True):
        plain = translation.translate(EASTERN_DIGITS)
        for name, pattern in (("numbers", NUMBER), ("latin_names", LATIN_NAME)):
            if name == "latin_names" and source_language == "en":
                continue
            for match in pattern.findall(source.translate(EASTERN_DIGITS)):
                total[name] += 1
                found[name] += match in plain
        for name, pattern, target_pattern in (
            ("quotation_marks", QUOTATION_MARK, QUOTATION_MARK),
            ("negations", NEGATION[source_language], NEGATION[target_language]),
        ):
            if pattern.search(source):
                sentences_with[name][1] += 1
                sentences_with[name][0] += bool(target_pattern.search(translation))
    shares = {name: found[name] / total[name] for name in total if total[name]}
    shares |= {name: a / b for name, (a, b) in sentences_with.items() if b}
    return shares


def measure(
    translations: list[str], references: list[str], sources: list[str], direction: str
) -> dict[str, Any]:
    """Return scores, signatures and counts."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF()
    bleu_score = bleu.corpus_score(translations, [references])
    chrf_score = chrf.corpus_score(translations, [references])
    words = sum(len(text.split()) for text in translations)
    return {
        "direction": direction,
        "sentences": len(translations),
        "bleu": round(bleu_score.score, 2),
        "bleu_signature": str(bleu.get_signature()),
        "chrf": round(chrf_score.score, 2),
        "chrf_signature": str(chrf.get_signature()),
        "empty": sum(not text for text in translations),
        "loops": sum(map(has_loop, translations)),
        "length_ratio": round(words / sum(len(text.split()) for text in references), 3),
        "kept": {k: round(v, 3) for k, v in kept(sources, translations, direction).items()},
        "kept_by_reference": {
            k: round(v, 3) for k, v in kept(sources, references, direction).items()
        },
    }


def main() -> None:
    """Translate, measure, print, and write."""
    parser = argparse.ArgumentParser(description="Measure a model pack.")
    parser.add_argument("pack", type=pathlib.Path)
    parser.add_argument("--sets", nargs="+", required=True, help="NAME=ARABIC_FILE,ENGLISH_FILE")
    parser.add_argument("--directions", nargs="+", default=["ar-en", "en-ar"])
    parser.add_argument("--sentences", type=int, default=0, help="random N of each set; 0: all")
    parser.add_argument("--beam-size", type=int, default=Config().engine.beam_size)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--show", type=int, default=0, help="print N translations")
    arguments = parser.parse_args()
    report: dict[str, Any] = {"measured": [], "translations": []}
    for direction in arguments.directions:
        settings = Settings(beam_size=arguments.beam_size, threads=arguments.threads)
        engine, _ = open_pair(str(arguments.pack), *direction.split("-"), settings)
        for entry in arguments.sets:
            name, files = entry.split("=")
            arabic, english = (
                pathlib.Path(file).read_text(encoding="utf-8").splitlines()
                for file in files.split(",")
            )
            pairs = list(zip(arabic, english, strict=True))
            if arguments.sentences:
                pairs = random.Random(arguments.seed).sample(pairs, arguments.sentences)
            if direction == "en-ar":
                pairs = [(second, first) for first, second in pairs]
            sources, references = ([pair[side] for pair in pairs] for side in (0, 1))
            start = time.perf_counter()
            translations = [hypothesis.text for hypothesis in engine.translate(sources)]
            seconds = time.perf_counter() - start
            result = measure(translations, references, sources, direction)
            result |= {
                "set": name,
                "beam_size": arguments.beam_size,
                "sentences_per_second": round(len(sources) / seconds, 2),
            }
            report["measured"].append(result)
            report["translations"].append(
                {
                    "set": name,
                    "direction": direction,
                    "rows": list(map(list, zip(sources, translations, references, strict=True))),
                }
            )
            print(json.dumps(result, ensure_ascii=False), flush=True)
            for row in list(zip(sources, translations, references, strict=True))[: arguments.show]:
                print("\n".join(row), end="\n\n", flush=True)
            if arguments.output:
                arguments.output.write_text(
                    json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
                )


if __name__ == "__main__":
    main()
