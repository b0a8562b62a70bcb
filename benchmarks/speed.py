"""Time ``mtreview score`` against a plain loop over a transformers pipeline with the same weights.

Both are whole processes: start, loading, work, end. mtreview back-translates, forces the Arabic
through the model twice, checks and scores; the plain loop only back-translates, always greedily.
The two take turns, so that a noisy machine is noisy for both; what counts is the ratio.

    python benchmarks/speed.py --weights DIR [--sentences N] [--plain-sentences N]
        [--beam-size N]

``DIR`` holds the embedded model as it was before conversion (``training/README.md``).
The plain loop may be given fewer sentences; its time is then scaled from two runs of different
length, so that starting and loading are not multiplied.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mtreview.config import Config
from mtreview.text.lexicon import lexicon

ROOT = Path(__file__).resolve().parent.parent
DEVSET = "firefox_flores_dev_en_ar.jsonl"


def plain_loop(sentences: Path, weights: Path) -> None:
    """Back-translate, a sentence at a time, as the manual of transformers shows it."""
    from transformers import pipeline

    words = lexicon("ar", "en")
    generate = pipeline("text-generation", model=str(weights))

    options = {"max_new_tokens": 200, "do_sample": False, "return_full_text": False}
    for line in sentences.read_text(encoding="utf-8").splitlines():
        prompt = f"Arabic: {line}\nWords: {words.gloss(line)}\nEnglish:"
        print(generate(prompt, **options)[0]["generated_text"])


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command and return its wall time in seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode()}")
    return seconds, usage.ru_maxrss / 1024


def human_sentences(devsets: Path, count: int) -> list[str]:
    """Return the human Arabic sentences of the dev set."""
    path = devsets / DEVSET
    if not path.exists():
        sys.exit(f"skipped: {path} is not there; name the folder with --devsets")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [" ".join(text.split()) for text in {row["seg"]: row["ref"] for row in rows}.values()][
        :count
    ]


def main() -> None:
    """Print both times, the peak memory, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--devsets", type=Path, default=ROOT.parent / "shared" / "devsets")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=1000)
    parser.add_argument("--plain-sentences", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--beam-size", type=int, default=Config().engine.beam_size)
    parser.add_argument("--plain-loop", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.plain_loop:
        plain_loop(arguments.plain_loop, arguments.weights)
        return

    sentences = human_sentences(arguments.devsets, arguments.sentences)
    few = min(arguments.plain_sentences, len(sentences))
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for name, count in (("all", len(sentences)), ("few", few), ("one", 1)):
            # Sentences of every length: the dev set comes in the order of its articles.
            step = max(1, len(sentences) // count)
            files[name] = Path(folder) / f"{name}.txt"
            files[name].write_text("\n".join(sentences[::step][:count]), encoding="utf-8")
        ours = [sys.executable, "-m", "mtreview", "score", str(files["all"]), "--no-save"]
        ours += ["--beam-size", str(arguments.beam_size)]
        ours += ["--no-split", "-f", "jsonl", "-o", str(Path(folder) / "out.jsonl")]
        plain = [sys.executable, __file__, "--weights", str(arguments.weights), "--plain-loop"]
        ratios = []
        for _ in range(arguments.rounds):
            seconds, memory = measure(ours)
            plain_seconds, plain_memory = measure([*plain, str(files["few"])])
            if few < len(sentences):
                start, _ = measure([*plain, str(files["one"])])
                plain_seconds = start + (plain_seconds - start) * len(sentences) / few
            ratios.append(plain_seconds / seconds)
            print(
                f"{len(sentences)} sentences: mtreview score {seconds:.0f} s, {memory:.0f} MB peak;"
                f" plain loop {plain_seconds:.0f} s ({few} run), {plain_memory:.0f} MB peak;"
                f" ratio {ratios[-1]:.1f}",
                flush=True,
            )
        print(f"median ratio {statistics.median(ratios):.1f}")


if __name__ == "__main__":
    main()
