"""How well each score, and the quality made of them, agrees with what is known of the text.

The truth is chrF of a machine translation against a human one: it punishes good paraphrase, so the
figures are low bounds, good for comparing signals. No reference is shown to what is measured.

* within engine: mean over engines of Spearman's correlation with the truth;
* worst tenth: of the tenth ranked worst in an engine, the share that is in the truly worst tenth;
* same source: of two engines' translations of one sentence, how often the better one is told.

    python benchmarks/agreement.py [--devsets DIR] [--sentences 100] [--cache FILE]

Each row stands for a score with its basis; rows are printed with the source known and unknown.
A 95 % interval comes from resampling sentences.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from sacrebleu.metrics import CHRF

from mtreview.config import Config
from mtreview.model import Document, Segment, SegmentResult
from mtreview.pipeline import Pipeline
from mtreview.plugins import discover
from mtreview.store.repository import ReviewStore

ROOT = Path(__file__).resolve().parent.parent
DEVSET = "firefox_flores_dev_en_ar.jsonl"
RESAMPLES = 200
BATCH = 64


def rank(values: np.ndarray) -> np.ndarray:
    """Return ranks, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def spearman(left: np.ndarray, right: np.ndarray) -> float:
    """Return Spearman's correlation; 0 where one side is constant."""
    left, right = rank(left), rank(right)
    if left.std() == 0 or right.std() == 0:
        return 0.0
    return float(np.corrcoef(left, right)[0, 1])


def worst_tenth(score: np.ndarray, truth: np.ndarray) -> float:
    """Return which share of the tenth with the lowest score is in the tenth of the lowest truth."""
    count = max(1, len(score) // 10)
    low = set(np.argsort(score, kind="stable")[:count].tolist())
    return len(low & set(np.argsort(truth, kind="stable")[:count].tolist())) / count


def pair_accuracy(score: np.ndarray, truth: np.ndarray) -> float:
    """Return how often the better of two engines' translations of a sentence has the better score.

    Args:
        score: Engines by sentences.
        truth: The same shape; pairs of equal truth are left out, equal scores count a half.
    """
    right = total = 0.0
    for one, other in combinations(range(len(score)), 2):
        differs = truth[one] != truth[other]
        agreement = np.sign(score[one] - score[other]) * np.sign(truth[one] - truth[other])
        right += float(((agreement + 1) / 2)[differs].sum())
        total += float(differs.sum())
    return right / total


def figures(score: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Return the three figures of a score, given as engines by sentences."""
    return (
        float(np.mean([spearman(s, t) for s, t in zip(score, truth, strict=True)])),
        float(np.mean([worst_tenth(s, t) for s, t in zip(score, truth, strict=True)])),
        pair_accuracy(score, truth),
    )


def run(pipeline: Pipeline, segments: Sequence[Segment]) -> list[SegmentResult]:
    """Return the results of rows that have nothing to do with each other."""
    results = []
    for start in range(0, len(segments), BATCH):
        for segment in segments[start : start + BATCH]:
            document = Document("row", (segment,), segment.target)
            results += pipeline.run(document, [0])
        print(f"\r{len(results)}/{len(segments)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return results


def table(results: list[SegmentResult], truth: np.ndarray, shape: tuple[int, int]) -> None:
    """Print a row for each score, the best within engines first."""
    better = {m.id: m.higher_is_better for m in discover("mtreview.metrics", "METRICS").values()}
    names = sorted({score.metric for result in results for score in result.scores})
    rows = []
    for name in [*names, "quality"]:
        found = [r.quality if name == "quality" else r.score(name) for r in results]
        values = np.array([score.value if score else math.nan for score in found])
        if np.isnan(values).mean() > 0.5:
            continue
        values = np.where(np.isnan(values), np.nanmedian(values), values).reshape(shape)
        values = values if better.get(name, True) else -values
        generator = np.random.default_rng(12345)
        samples = [
            figures(values[:, pick], truth[:, pick])[0]
            for pick in generator.integers(0, shape[1], (RESAMPLES, shape[1]))
        ]
        low, high = np.quantile(samples, [0.025, 0.975])
        basis = next(score.basis.value for score in found if score)
        rows.append(
            (
                *figures(values, truth),
                low,
                high,
                name,
                basis,
                np.quantile(values, [0.05, 0.5, 0.95]),
            )
        )
    print(
        "| score | basis | within engine | 95 % | worst tenth | same source | 5 % / 50 % / 95 % |"
    )
    print("|---|---|---:|---|---:|---:|---|")
    for within, worst, same, low, high, name, basis, ends in sorted(rows, key=lambda r: -r[0]):
        quantiles = " / ".join(f"{end:.2f}" for end in ends)
        print(
            f"| {name} | {basis} | {within:.3f} | {low:.2f} to {high:.2f} | {worst:.2f}"
            f" | {same:.3f} | {quantiles} |"
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--devsets", type=Path, default=ROOT.parent / "shared" / "devsets")
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--cache", default="sqlite://", help="file that keeps what engines did")
    parser.add_argument("--pack", default=Config().engine.pack)
    arguments = parser.parse_args()
    path = arguments.devsets / DEVSET
    if not path.exists():
        sys.exit(f"skipped: {path} is not there; name the folder with --devsets")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    numbers = sorted({row["seg"] for row in rows})
    chosen = set(numbers[:: max(1, len(numbers) // arguments.sentences)][: arguments.sentences])
    engine_of = {row["id"]: row["id"].rsplit("-", 1)[1] for row in rows}
    rows = sorted(
        (row for row in rows if row["seg"] in chosen),
        key=lambda row: (engine_of[row["id"]], row["seg"]),
    )
    shape = (len({engine_of[row["id"]] for row in rows}), len(chosen))
    chrf = CHRF()
    truth = np.array([chrf.sentence_score(row["mt"], [row["ref"]]).score for row in rows])
    truth = truth.reshape(shape)
    segments = [Segment(row["id"], row["mt"], source=row["src"]) for row in rows]

    pipeline = Pipeline(Config().with_engine(pack=arguments.pack))
    with ReviewStore.open(arguments.cache) as store:
        pipeline.use_cache(store)
        # The engines work in batches once; the rows then come out of the cache one by one.
        joined = Document("all", tuple(segments), "")
        for start in range(0, len(segments), BATCH):
            pipeline.run(joined, range(start, min(start + BATCH, len(segments))))
            print(f"\r{start}/{len(segments)}", end="", file=sys.stderr, flush=True)
        print(f"{shape[1]} sentences, {shape[0]} engines, {pipeline.signature()}")
        for known in (True, False):
            print(f"\nEnglish source {'known' if known else 'unknown'}\n")
            table(
                run(pipeline, [s if known else replace(s, source=None) for s in segments]),
                truth,
                shape,
            )


if __name__ == "__main__":
    main()
