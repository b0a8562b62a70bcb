"""How well each score, and the quality made of them, agrees with what is known of the text.

    python benchmarks/agreement.py --devsets DIR [--cache sqlite:///cache.db] [--sentences 200]

FLORES-dev: the truth is chrF of a machine translation against a human one. It punishes good
paraphrase, so the figures are low bounds, good for comparing signals.

* within: mean over engines of Spearman's correlation with the truth;
* worst tenth: of the tenth ranked worst in an engine, the share that is in the truly worst tenth;
* same source: of two engines' translations of one sentence, how often the better one is told.

MT-GenEval: how often the translation with the right gender has the higher score, and what marked
words are worth. STS17: Spearman's correlation with human similarity. HalOmi and names: how often a
row that people found right has a higher score than one that they found wrong (AUC). WinoMT: what
the check person-gender is worth. No row is estimated by a fit that has seen it, and no reference is
shown but to the rows named so. Intervals of 95 % and the
chance that a score is no better than the floor come from resampling sentences. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from agreement_figures import auc, figures, spearman, within

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training"))

from estimate_model import KEPT, HeldOut, Pair, calibration, qualities  # noqa: E402
from estimate_signals import (  # noqa: E402
    CONTEXTS,
    FLORES,
    HALLUCINATIONS,
    NAMES,
    PERSONS,
    SENTENCES,
    STS,
    Row,
    open_pipeline,
    read,
    results,
)

from mtreview.config import Config  # noqa: E402
from mtreview.metrics._metric import Evidence  # noqa: E402
from mtreview.metrics.estimate import FITS  # noqa: E402
from mtreview.metrics.overlap import METRICS as OVERLAPS  # noqa: E402
from mtreview.model import Document, Segment, SegmentResult, Side  # noqa: E402
from mtreview.pipeline import Pipeline  # noqa: E402
from mtreview.plugins import discover  # noqa: E402
from mtreview.text.unsure import unsure_words  # noqa: E402
from mtreview.text.words import arabic_words  # noqa: E402

RESAMPLES = 500
FALSE_FLAGS = 0.05
FLOOR = "arabic_share"


def values_of(name: str, results: Sequence[SegmentResult]) -> np.ndarray:
    """Return the values of a score, higher is better; what has none ranks last."""
    better = {m.id: m.higher_is_better for m in discover("mtreview.metrics", "METRICS").values()}
    found = [result.score(name) for result in results]
    values = np.array([score.value if score else math.nan for score in found])
    values = values if better[name] else -values
    return np.where(np.isnan(values), np.nanmin(values) - 1.0, values)


def scored(results: Sequence[SegmentResult]) -> list[str]:
    """Return the scores that most results have."""
    counts: dict[str, int] = {}
    for result in results:
        for score in result.scores:
            counts[score.metric] = counts.get(score.metric, 0) + score.is_scored
    return sorted(name for name, count in counts.items() if count > len(results) / 2)


def guides(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    """Return sacrebleu's metrics against the reference, which nobody has who needs an estimate."""
    found = {}
    for metric in OVERLAPS:
        if metric.id in ("reference_bleu", "reference_ter"):
            shown = [replace(row.segment, reference=row.reference) for row in rows]
            values = np.array([metric.score(Evidence(segment)).value for segment in shown])
            found[f"{metric.id} (sees the reference)"] = (
                values if metric.higher_is_better else -values
            )
    return found


def flores(pairs: Sequence[Pair], known: bool) -> tuple[HeldOut, np.ndarray]:
    """Print the table of FLORES-dev; return the held-out estimates."""
    held = HeldOut(pairs, known)
    quality = held.quality()
    at = {
        (row.engine, row.group): index for index, (row, _) in enumerate(pairs) if row.set == FLORES
    }
    groups = sorted({group for _, group in at})
    place = np.array([[at[engine, group] for group in groups] for engine in held.engines])
    rows = [pairs[index][0] for index in place.ravel()]
    found = [pairs[index][1] for index in place.ravel()]
    truth = np.array([row.truth for row in rows]).reshape(place.shape)
    table = {name: values_of(name, found).reshape(place.shape) for name in scored(found)}
    table |= {name: values.reshape(place.shape) for name, values in guides(rows).items()}
    table["**quality, held out**"] = quality[place]
    generator = np.random.default_rng(12345)
    samples = generator.integers(0, len(groups), (RESAMPLES, len(groups)))
    floor = [within(table[FLOOR][:, pick], truth[:, pick]) for pick in samples]
    same = held.same_source()
    lines = []
    for name, score in table.items():
        resampled = [within(score[:, pick], truth[:, pick]) for pick in samples]
        low, high = np.quantile(resampled, [0.025, 0.975])
        chance = float(np.mean(np.subtract(resampled, floor) <= 0))
        one, tenth, pair = figures(score, truth)
        pair = float(np.mean([right for _, right in same])) if "quality" in name else pair
        lines.append((one, name, low, high, tenth, pair, chance))
    print(f"\n### FLORES-dev, source {'known' if known else 'unknown'}\n")
    print("| score | within | 95 % | worst tenth | same source | chance of no gain on the floor |")
    print("|---|---:|---|---:|---:|---:|")
    for one, name, low, high, tenth, pair, chance in sorted(lines, reverse=True):
        told = "floor" if name == FLOOR else f"{chance:.3f}"
        print(
            f"| {name} | {one:.3f} | {low:.2f} to {high:.2f} | {tenth:.2f} | {pair:.3f} | {told} |"
        )
    return held, quality


def reliability(pairs: Sequence[Pair], quality: np.ndarray, known: bool) -> None:
    """Print the calibration of held-out estimates of FLORES-dev."""
    mine = np.array([row.set == FLORES for row, _ in pairs]) & (quality >= 0)
    kept = np.array([row.truth >= KEPT for row, _ in pairs])
    error, table = calibration(quality[mine], kept[mine])
    print(f"\nSource {'known' if known else 'unknown'}: expected calibration error {error:.3f}\n")
    print("| estimated, mean | chrF at least 50, share | segments |\n|---:|---:|---:|")
    for estimated, share, count in table:
        print(f"| {100 * estimated:.0f} | {100 * share:.0f} | {count:.0f} |")


def others(pairs: Sequence[Pair], quality: np.ndarray) -> None:
    """Print how the scores do on pairs of right and wrong gender, and on similarity."""
    columns: dict[str, dict[str, float]] = {}
    for name in (SENTENCES, CONTEXTS):
        mine = [(row, result) for row, result in pairs if row.set == name]
        table = {one: values_of(one, [r for _, r in mine]) for one in scored([r for _, r in mine])}
        table["**quality**"] = np.array(qualities(mine, FITS))
        columns[name] = {
            one: float(np.mean((np.sign(values[::2] - values[1::2]) + 1) / 2))
            for one, values in table.items()
        }
    mine = [index for index, (row, _) in enumerate(pairs) if row.set == STS]
    truth = np.array([pairs[index][0].truth for index in mine])
    found = [pairs[index][1] for index in mine]
    columns[STS] = {name: spearman(values_of(name, found), truth) for name in scored(found)}
    columns[STS]["**quality**"] = spearman(quality[mine], truth)
    for set_name in (HALLUCINATIONS, NAMES):
        judged = [(row, result) for row, result in pairs if row.set == set_name]
        is_good = np.array([row.truth > 0 for row, _ in judged])
        found_there = [result for _, result in judged]
        table = {name: values_of(name, found_there) for name in scored(found_there)}
        table["**quality**"] = np.array(qualities(judged, FITS))
        columns[set_name] = {name: auc(values, is_good) for name, values in table.items()}
    titles = {
        SENTENCES: "MT-GenEval, sentences",
        CONTEXTS: "MT-GenEval, context",
        STS: "STS17",
        HALLUCINATIONS: "HalOmi",
        NAMES: "names",
    }
    print("\n### Other sets, source known\n")
    print(f"| score | {' | '.join(titles.values())} |\n|---|{'---:|' * len(titles)}")
    for name in sorted(columns[STS], key=lambda one: -columns[STS][one]):
        cells = [columns[one].get(name, math.nan) for one in titles]
        print(f"| {name} | {' | '.join(f'{cell:.3f}' for cell in cells)} |")


def persons(pairs: Sequence[Pair]) -> None:
    """Print what the check of a person's gender is worth on a system's output."""
    rows = [(row, result) for row, result in pairs if row.set == PERSONS]
    wrong = np.array([row.truth == 0 for row, _ in rows])
    marked = np.array([any(f.check == "person-gender" for f in r.flags) for _, r in rows])
    hits = int((wrong & marked).sum())
    print(
        f"\nWinoMT: person-gender marks {marked.sum()} of {len(rows)} segments; {hits} of these are"
    )
    print(f"wrong, and {wrong.sum()} are wrong in all.")


def words(pairs: Sequence[Pair]) -> None:
    """Print what marked words are worth; each half of the pairs has the threshold of the other."""
    rows = [(row, result) for row, result in pairs if row.set == SENTENCES]
    found = []
    for row, result in rows:
        target = row.segment.target
        lowest = {
            word.start: word.log_probability
            for word in unsure_words(target, result.forced_source or (), 1.0)
        }
        spans = [
            (flag.start, flag.end)
            for flag in result.flags
            if flag.check == "person-gender" and flag.side is Side.TARGET
        ]
        for word in arabic_words(target):
            is_wrong, is_flagged = (
                any(word.start < end and start < word.end for start, end in where)
                for where in (row.wrong, spans)
            )
            likely = lowest.get(word.start, 0.0)
            found.append((row.group // 2 % 2, row.truth, is_wrong, is_flagged, likely))
    half, good, wrong, flagged, likely = (np.array(column) for column in zip(*found, strict=True))
    good, wrong, flagged = good == 1, wrong.astype(bool), flagged.astype(bool)
    chosen = [np.quantile(likely[good & (half == one)], FALSE_FLAGS * 0.9) for one in (1, 0)]
    unlikely = likely < np.array(chosen)[half]
    shown = " and ".join(f"{threshold:.1f}" for threshold in chosen)
    print(f"\n### Words of MT-GenEval sentences, threshold log p < {shown}\n")
    print(
        "| marked | precision | recall | F1 | of good words | base rate |\n"
        "|---|---:|---:|---:|---:|---:|"
    )
    for name, marked in (
        ("everything", np.ones_like(good)),
        ("person-gender", flagged),
        ("unlikely given the source", unlikely),
        ("either", flagged | unlikely),
    ):
        hits = float((marked & wrong & ~good).sum())
        precision, recall = hits / max(1, (marked & ~good).sum()), hits / (wrong & ~good).sum()
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        false = marked[good].mean()
        base = wrong[~good].mean()
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {false:.3f} | {base:.3f} |")


def cost(pack: str, rows: Sequence[Row], count: int = 64) -> None:
    """Print the time of scoring relative to that of the back-translation alone, in one run.

    The back-translation is timed before, between and after, since a machine is not always as fast.
    """
    segments = [row.segment for row in rows if row.set == FLORES][:count]
    blind = [replace(segment, source=None) for segment in segments]
    pipeline = Pipeline(Config().with_engine(pack=pack))
    pipeline.engines.back.translate([segments[0].target])

    def alone() -> None:
        pipeline.engines.back.translate([segment.target for segment in segments])

    def scoring(shown: Sequence[Segment]) -> None:
        pipeline.run(Document("all", tuple(shown), ""), range(len(shown)))

    times = []
    for work in (
        alone,
        partial(scoring, segments),
        alone,
        partial(scoring, blind),
        alone,
    ):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    base = (times[0] + times[2] + times[4]) / 3
    print(f"\n### Cost, {count} segments\n\n| what | seconds | ratio |\n|---|---:|---:|")
    print(f"| back-translation, mean of three | {base:.1f} | 1.00 |")
    print(f"| scoring, source known | {times[1]:.1f} | {times[1] / base:.2f} |")
    print(f"| scoring, source unknown | {times[3]:.1f} | {times[3] / base:.2f} |")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--devsets", type=Path, default=ROOT.parent / "shared" / "devsets")
    parser.add_argument("--sentences", type=int, default=200, help="of FLORES-dev")
    parser.add_argument("--pairs", type=int, default=240, help="of each MT-GenEval set")
    parser.add_argument("--cache", default="sqlite://", help="database of what engines did")
    parser.add_argument("--pack", default=Config().engine.pack)
    parser.add_argument("--beam-size", type=int, default=Config().engine.beam_size)
    parser.add_argument("--cost", action="store_true", help="print nothing but the cost")
    arguments = parser.parse_args()
    rows = read(arguments.devsets, arguments.sentences, arguments.pairs)
    if arguments.cost:
        cost(arguments.pack, rows)
        return
    pipeline, store = open_pipeline(arguments.pack, arguments.cache, arguments.beam_size)
    translated = [row for row in rows if row.set == FLORES]
    with store:
        known = list(zip(rows, results(pipeline, rows, True), strict=True))
        unknown = list(zip(translated, results(pipeline, translated, False), strict=True))
    print(f"{arguments.sentences} sentences, {pipeline.signature()}")
    fitted = [pair for pair in known if pair[0].set in (FLORES, STS)]
    _, quality = flores(fitted, True)
    reliability(fitted, quality, True)
    _, blind = flores(unknown, False)
    reliability(unknown, blind, False)
    others(known, np.concatenate([quality, np.full(len(known) - len(fitted), np.nan)]))
    words(known)
    persons(known)


if __name__ == "__main__":
    main()
