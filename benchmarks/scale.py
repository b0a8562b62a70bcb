"""How the review store behaves with a long corpus: time of each call, size of the database.

    python benchmarks/scale.py                       # 100,000 segments in a temporary SQLite file
    python benchmarks/scale.py --segments 20000 --store postgresql://user@host/name

The Arabic is that of an article, its sentences varied by a number so that no two are equal. The
results have the shape of real ones (tokens of the back-translation and of forced decoding, six
scores, a flag on every third segment), their numbers are drawn at random from a fixed seed: it is
the store that is measured, no engine runs.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mtreview.model import (
    Basis,
    Decision,
    Document,
    Flag,
    Reason,
    Role,
    Score,
    Segment,
    SegmentResult,
    Severity,
    Side,
    Token,
    Translation,
    Verdict,
    content_hash,
)
from mtreview.store.repository import ReviewStore
from mtreview.store.values import QueueFilter

ARTICLE = Path(__file__).parent.parent / "data" / "lemonde-istanbul-talks.ar.txt"
ENGLISH = "The Turkish foreign minister said on Friday that the talks would be continued in May ."
CHECKS = ("repeated-word", "untranslated-latin", "quotation-marks", "number-mismatch", "calque")
BATCH = 128


def main() -> None:
    """Run all measurements and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--store", default="", help="a database URL; a temporary file by default")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.store or str(Path(folder) / "reviews.db")
        measure(url, arguments.segments)
        if not arguments.store:
            size = Path(url).stat().st_size / 2**20
            print(f"{'size of the file':44} {size:10.0f} MiB")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory of the process':44} {memory:10.0f} MiB")


def measure(url: str, count: int) -> None:
    """Measure each call of the store on a document of so many segments."""
    document = make_document(count)
    with timed("open a new store"):
        store = ReviewStore.open(url)
    with timed(f"create, {count:,} segments"):
        review = store.create(document)
    draws = random.Random(0)
    batches = [document.segments[at : at + BATCH] for at in range(0, count, BATCH)]
    saving = 0.0
    for batch in batches:
        results = [make_result(segment, draws) for segment in batch]
        start = time.perf_counter()
        store.save_results(review, results)
        saving += time.perf_counter() - start
    print(f"{f'save_results, {len(batches)} batches of {BATCH}':44} {saving:10.2f} s")
    with timed("unscored, nothing left"):
        assert store.unscored(review) == []
    with timed("reviews"):
        store.reviews()
    pages: dict[str, Callable[[], object]] = {
        "queue, first page": lambda: store.queue(review),
        "queue, page at the middle": lambda: store.queue(review, offset=count // 2),
        "queue, one check, middle": lambda: store.queue(
            review, filters=QueueFilter(checks=CHECKS[:1]), offset=count // 30
        ),
        "queue, quality below 50, middle": lambda: store.queue(
            review, filters=QueueFilter(maximum_quality=50), offset=count // 4
        ),
        "queue, undecided with flags": lambda: store.queue(
            review, filters=QueueFilter(flagged=True, states=(None,))
        ),
        "queue, text": lambda: store.queue(review, filters=QueueFilter(text="إسطنبول")),
        "queue, document order, middle": lambda: store.queue(
            review, order="document", offset=count // 2
        ),
        "progress": lambda: store.progress(review),
        "check_counts": lambda: store.check_counts(review),
    }
    for name, call in pages.items():
        report(name, [seconds(call) for _ in range(7)])
    chosen = draws.sample(document.segments, min(200, count))
    report("decide, accept", [seconds(lambda s=s: decide(store, review, s)) for s in chosen])
    report(
        "decide, edit",
        [seconds(lambda s=s: decide(store, review, s, Verdict.EDIT)) for s in chosen],
    )
    report("one result", [seconds(lambda s=s: store.results(review, [s.id])) for s in chosen])
    with timed("load, the whole review"):
        assert len(store.load(review).results) == count
    with timed("delete"):
        store.delete(review)
    store.close()


def make_document(count: int) -> Document:
    """Return a document of the sentences of the article, over and over."""
    lines = [line for line in ARTICLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    sentences = [part.strip() for line in lines for part in line.split(".") if part.strip()]
    segments, position, pieces = [], 0, []
    for number in range(count):
        target = f"{sentences[number % len(sentences)]} ({number})."
        segments.append(Segment(f"{number:06d}", target, ENGLISH, start=position, paragraph=number))
        pieces.append(target)
        position += len(target) + 1
    return Document("corpus.txt", tuple(segments), "\n".join(pieces))


def make_result(segment: Segment, draws: random.Random) -> SegmentResult:
    """Return a result of the usual shape and size."""
    tokens = tuple(Token(word, -draws.expovariate(2), 0, len(word)) for word in ENGLISH.split())
    forced = tuple(Token(word, -draws.expovariate(2), 0, 1) for word in segment.target.split())
    of = content_hash(segment.target)
    back = Translation(segment.id, ENGLISH, Role.BACK_TRANSLATION, "pack:1|beam:1", of, tokens)
    round_trip = Translation(segment.id, segment.target, Role.ROUND_TRIP, "pack:1|beam:1", of)
    scores = tuple(
        Score(name, draws.uniform(0, 100), f"{name}|v:1|pack:1", Basis.SOURCE, segment.id)
        for name in ("chrf", "bleu", "confidence", "forced", "agreement", "length")
    )
    flags = ()
    if draws.random() < 1 / 3:
        flags = (
            Flag(
                segment.id,
                Side.TARGET,
                0,
                4,
                "duplication",
                draws.choice(list(Severity)),
                Reason("the word stands twice", "الكلمة مكررة"),
                draws.choice(CHECKS),
                excerpt=segment.target[:4],
            ),
        )
    quality = Score("quality", draws.uniform(0, 100), "quality|v:1", Basis.SOURCE, segment.id)
    return SegmentResult(segment, back, round_trip, scores, flags, quality, forced)


def decide(
    store: ReviewStore, review: str, segment: Segment, verdict: Verdict = Verdict.ACCEPT
) -> None:
    """Store a decision on a segment."""
    after = segment.target + "!" if verdict is Verdict.EDIT else segment.target
    at = "2026-01-01T00:00:00+00:00"
    store.decide(review, Decision(segment.id, verdict, "reviewer", at, segment.target, after))


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def report(name: str, times: list[float]) -> None:
    """Print the median and the maximum of some times."""
    middle, most = statistics.median(times) * 1000, max(times) * 1000
    print(f"{name:44} {middle:10.1f} ms   (at most {most:.1f} ms of {len(times)})")


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Print how long a block takes."""
    start = time.perf_counter()
    yield
    print(f"{name:44} {time.perf_counter() - start:10.2f} s")


if __name__ == "__main__":
    main()
