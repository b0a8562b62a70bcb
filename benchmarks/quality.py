"""Measure the checks on real text: how much of human and of machine text each of them flags.

    python benchmarks/quality.py [--devsets DIR] [--with-models [--limit N] [--cache FILE]]

Reads ``firefox_flores_dev_en_ar.jsonl`` (997 human translations and the output of seven engines for
the same sentences) from the folder of development sets, which are not part of the project; without
it there is nothing to measure, and the program says so. A share is of segments with at least one
flag. Nobody annotated the engines' output, so its shares are flag rates, not precision; on the
human text nearly every flag is a false alarm.

Checks that need the source get it. Checks that need a back-translation get the English original in
its place, which is what an ideal engine would write; ``--with-models`` translates the human text
with the embedded engine instead, and takes about a second a sentence on two processors.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from mtreview.checks._check import Check, Context, Needs
from mtreview.checks._flags import flags_of, select
from mtreview.config import CheckSettings, Config
from mtreview.model import Document, Role, Segment, Token, Translation, content_hash
from mtreview.text.normalize import for_model

DEVSETS = Path(__file__).resolve().parent.parent.parent / "shared" / "devsets"
FLORES = "firefox_flores_dev_en_ar.jsonl"
GENDER = ("mtgeneval_sent_dev.jsonl", "mtgeneval_ctx_dev.jsonl")
"""Sentences whose gender their source tells, and those that only the sentence before tells."""

Row = tuple[str, str]
"""Arabic and its English original."""
Translated = Mapping[str, Translation]
"""Back-translation by Arabic text."""


def main() -> int:
    """Print the tables that the arguments ask for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--devsets", type=Path, default=DEVSETS, help="folder of development sets")
    parser.add_argument("--with-models", action="store_true", help="use the embedded engine")
    parser.add_argument("--pack", default=Config().engine.pack, help="the pack of that engine")
    parser.add_argument("--limit", type=int, help="translate only this many sentences")
    parser.add_argument("--cache", type=Path, help="file to keep back-translations in")
    arguments = parser.parse_args()
    path = arguments.devsets / FLORES
    if not path.is_file():
        print(f"skipped: {path} is not there; give its folder with --devsets", file=sys.stderr)
        return 0
    human, systems = read_flores(path)
    checks = select(CheckSettings())
    print_flag_rates(checks, human, systems)
    print_gender_rates(arguments.devsets)
    if arguments.with_models:
        rows = human[: arguments.limit]
        translated = back_translate([arabic for arabic, _ in rows], arguments.pack, arguments.cache)
        print_back_translation_rates(checks, rows, translated, arguments.pack)
    return 0


def read_flores(path: Path) -> tuple[list[Row], dict[str, list[Row]]]:
    """Return the human rows, and the rows of each engine."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    human = {record["seg"]: (record["ref"], record["src"]) for record in records}
    systems: dict[str, list[Row]] = {}
    for record in records:
        systems.setdefault(record["system"], []).append((record["mt"], record["src"]))
    return list(human.values()), dict(sorted(systems.items()))


def print_flag_rates(
    checks: Sequence[Check], human: Sequence[Row], systems: Mapping[str, Sequence[Row]]
) -> None:
    """Print the share of flagged segments by check, for human text and each engine."""
    texts = {"human": human, **systems}
    print(f"Share of segments flagged, in %, of {len(human)} segments each\n")
    print_row("check", "reads", *texts)
    print_row("---", "---", *("---:" for _ in texts))
    for need in Needs:
        group = [check for check in checks if check.needs is need]
        if not group:
            continue
        context_of = with_source if need in (Needs.SOURCE, Needs.ENGLISH) else with_ideal
        hits = {
            name: flagged_by(group, rows, context_of if need is not Needs.TARGET else bare)
            for name, rows in texts.items()
        }
        for check in group:
            shares = (share(hits[name][check.id], len(rows)) for name, rows in texts.items())
            print_row(check.id, need.value, *shares)
        together = (
            share(set().union(*hits[name].values()), len(rows)) for name, rows in texts.items()
        )
        print_row(f"**all that need {need.value}**", "", *together)


def print_gender_rates(devsets: Path) -> None:
    """Print how often the gender of a person is flagged where it is wrong, and right."""
    (check,) = select(CheckSettings(enable=("person-gender",)))
    print("\nperson-gender on MT-GenEval: share of segments flagged, in %\n")
    print_row("set", "segments of each", "wrong gender", "right gender")
    print_row("---", "---:", "---:", "---:")
    for name in GENDER:
        path = devsets / name
        if not path.is_file():
            print(f"skipped: {path} is not there", file=sys.stderr)
            continue
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        shares = []
        for kind in ("bad", "good"):
            contexts = (after(r.get("context"), (r[kind], r["src"])) for r in records)
            hits = {n for n, c in enumerate(contexts) if any(flags_of(check, c.segment, c))}
            shares.append(share(hits, len(records)))
        print_row(name, str(len(records)), *shares)


def print_back_translation_rates(
    checks: Sequence[Check], rows: Sequence[Row], translated: Translated, pack: str
) -> None:
    """Print what the checks flag on human text when the embedded engine back-translates it."""
    group = [c for c in checks if c.needs in (Needs.BACK_TRANSLATION, Needs.ENGLISH)]
    hits = flagged_by(group, rows, lambda row: with_translation(row, translated))
    print(f"\nHuman text back-translated by {pack}: share flagged, in %, of {len(rows)}\n")
    print_row("check", "human")
    print_row("---", "---:")
    for check in group:
        print_row(check.id, share(hits[check.id], len(rows)))
    print_row("**together**", share(set().union(*hits.values()), len(rows)))
    print_calibration([translated[arabic] for arabic, _ in rows], rows)


def print_calibration(translations: Sequence[Translation], rows: Sequence[Row]) -> None:
    """Print what the thresholds of the checks of back-translations are to be chosen from."""
    lowest = sorted(
        min(t.log_probability for t in each.tokens) for each in translations if each.tokens
    )
    ratios = sorted(
        math.log(len(each.text) / len(for_model(arabic)))
        for each, (arabic, _) in zip(translations, rows, strict=True)
        if each.text
    )
    empty = sum(not each.text for each in translations)
    print(f"\n{empty} back-translations are empty. In the others:\n")
    print_row("share of segments below", "1 %", "2 %", "5 %", "50 %", "95 %", "98 %", "99 %")
    print_row("---", *("---:" for _ in range(7)))
    for name, values in (("least log p of a piece", lowest), ("log of length ratio", ratios)):
        places = (
            values[int(len(values) * part)] for part in (0.01, 0.02, 0.05, 0.5, 0.95, 0.98, 0.99)
        )
        print_row(name, *(f"{value:.2f}" for value in places))


def flagged_by(
    checks: Sequence[Check], rows: Iterable[Row], context_of: Callable[[Row], Context]
) -> dict[str, set[int]]:
    """Return the numbers of the rows that each check flags."""
    hits: dict[str, set[int]] = {check.id: set() for check in checks}
    for number, row in enumerate(rows):
        context = context_of(row)
        for check in checks:
            if any(flags_of(check, context.segment, context)):
                hits[check.id].add(number)
    return hits


def bare(row: Row) -> Context:
    """Return the Arabic alone."""
    segment = Segment("1", row[0])
    return Context(Document("devset", (segment,), row[0]), 0)


def with_source(row: Row) -> Context:
    """Return the Arabic with its source."""
    segment = Segment("1", row[0], source=row[1])
    return Context(Document("devset", (segment,), row[0]), 0)


def after(previous: str | None, row: Row) -> Context:
    """Return the Arabic with its source, after a segment of which only the source is known."""
    first = Segment("0", "", source=previous)
    second = Segment("1", row[0], source=row[1])
    return Context(Document("devset", (first, second), row[0]), 1)


def with_ideal(row: Row) -> Context:
    """Return the Arabic with its original as the back-translation."""
    arabic, english = row
    ideal = Translation("1", english, Role.BACK_TRANSLATION, "ideal", content_hash(arabic))
    return with_translation(row, {arabic: ideal})


def with_translation(row: Row, translated: Translated) -> Context:
    """Return the Arabic with a back-translation."""
    segment = Segment("1", row[0])
    return Context(Document("devset", (segment,), row[0]), 0, translated[row[0]])


def back_translate(texts: Sequence[str], pack: str, cache: Path | None) -> Translated:
    """Return the back-translations of texts by a pack, those in the cache file as they are."""
    from mtreview.engines._engine import Settings
    from mtreview.engines.open import open_pair

    engine, _ = open_pair(pack, "ar", "en", Settings(beam_size=Config().engine.beam_size))
    stored: dict[str, dict[str, object]] = {}
    if cache and cache.is_file():
        stored = json.loads(cache.read_text(encoding="utf-8"))
    keys = {text: content_hash(engine.signature, text) for text in texts}
    missing = [text for text in texts if keys[text] not in stored]
    for start in range(0, len(missing), 64):
        batch = missing[start : start + 64]
        for text, hypothesis in zip(batch, engine.translate(batch), strict=True):
            tokens = [[t.text, t.log_probability, t.start, t.end] for t in hypothesis.tokens]
            stored[keys[text]] = {"ar": text, "en": hypothesis.text, "tokens": tokens}
        if cache:
            write_json(cache, stored)
        print(f"{start + len(batch)} of {len(missing)} translated", file=sys.stderr, flush=True)
    return {
        text: Translation(
            "1",
            str(stored[key]["en"]),
            Role.BACK_TRANSLATION,
            engine.signature,
            content_hash(text),
            tuple(Token(*token) for token in stored[key]["tokens"]),  # type: ignore[attr-defined]
        )
        for text, key in keys.items()
    }


def write_json(path: Path, value: object) -> None:
    """Write a file so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)


def share(hits: set[int], of: int) -> str:
    """Return a share in percent, with two decimals."""
    return f"{100 * len(hits) / of:.2f}"


def print_row(*cells: str) -> None:
    """Print a row of a Markdown table."""
    print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    sys.exit(main())
