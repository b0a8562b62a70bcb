"""Fit the quality estimate, and write its weights and the plot of its reliability.

    python training/estimate_fit.py --devsets DIR --cache sqlite:///cache.db \
        --output mtreview/metrics/estimate.json --plot docs/images/reliability.png

``estimate_signals.py`` reads the sets, ``estimate_model.py`` is the model. Needs scikit-learn, and
matplotlib for the plot; mtreview itself needs neither. The cache keeps what the engines did, so a
second run takes a minute, and ``benchmarks/agreement.py`` may share it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from estimate_model import KEPT, HeldOut, calibration, with_deviations
from estimate_signals import FLORES, STS, open_pipeline, read, results

from mtreview.config import Config
from mtreview.metrics.estimate import Fit


def plot(tables: dict[str, tuple[float, np.ndarray]], path: Path) -> None:
    """Draw the reliability of held-out estimates."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.6, 4.2), dpi=110)
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for (name, (error, table)), marker in zip(tables.items(), "os", strict=False):
        label = f"{name}, error {error:.3f}"
        axes.plot(table[:, 0], table[:, 1], marker=marker, markersize=4, label=label)
    axes.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="estimated quality / 100, held out",
        ylabel=f"share with chrF of at least {KEPT:.0f}",
    )
    axes.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def record(fit: Fit) -> dict[str, object]:
    """Return a fit as it stands in the file."""
    signals = [
        {
            "metric": signal.metric,
            "centre": round(signal.centre, 4),
            "spread": round(signal.spread, 4),
            "weight": round(signal.weight, 4),
            "only_low": signal.only_low,
        }
        for signal in fit.signals
    ]
    return {
        "name": fit.name,
        "intercept": round(fit.intercept, 4),
        "deviation": round(fit.deviation, 4),
        "signals": signals,
    }


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--devsets", type=Path, required=True)
    parser.add_argument("--cache", default="sqlite:///estimate_cache.db")
    parser.add_argument("--pack", default="gemma3-ar-en")
    parser.add_argument("--sentences", type=int, default=120)
    parser.add_argument("--beam-size", type=int, default=Config().engine.beam_size)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    pipeline, store = open_pipeline(arguments.pack, arguments.cache, arguments.beam_size)
    rows = [
        row for row in read(arguments.devsets, arguments.sentences, 0) if row.set in (FLORES, STS)
    ]
    with store:
        found = {known: results(pipeline, rows, known) for known in (True, False)}
    engine = pipeline.engines.back.signature.split("|direction:")[0]
    pairs = {True: list(zip(rows, found[True], strict=True))}
    pairs[False] = [p for p in zip(rows, found[False], strict=True) if p[0].set == FLORES]
    made = with_deviations(pairs[True], pairs[False])
    tables = {}
    for known, text in ((True, "source known"), (False, "source unknown")):
        held = HeldOut(pairs[known], known)
        quality = held.quality()
        scored = held.is_flores & (quality >= 0)
        tables[text] = calibration(quality[scored], held.table.truth[scored] >= KEPT)
        print(f"{text}: expected calibration error {tables[text][0]:.3f}", file=sys.stderr)
    card = {
        "about": "Weights of the quality estimate; see mtreview/metrics/estimate.py",
        "engine": engine,
        "beam_size": arguments.beam_size,
        "made_with": "training/estimate_fit.py",
        "target": f"chrF against one human translation is at least {KEPT:.0f}",
        "fitted_on": [
            f"FLORES-dev, {arguments.sentences} sentences in the output of seven engines "
            "(Mozilla, MPL-2.0; text CC BY-SA 4.0)",
            "STS17 en-ar, 250 pairs (CC BY-SA 4.0)",
        ],
        "licence": "Apache-2.0; only fitted coefficients, no text of the sets",
        "fits": [record(fit) for fit in made],
    }
    text = json.dumps(card, indent=1) + "\n"
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    else:
        print(text)
    if arguments.plot:
        plot(tables, arguments.plot)


if __name__ == "__main__":
    main()
