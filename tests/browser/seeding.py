"""Reviews for the browser tests: the real article with its flags, back-translated by hand.

No model runs: what a model would give (English, log-probabilities, quality) is written here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mtreview.config import Config
from mtreview.formats._format import ReadOptions
from mtreview.formats.open import read
from mtreview.model import (
    Basis,
    Document,
    Flag,
    Reason,
    Role,
    Score,
    Segment,
    SegmentKind,
    SegmentResult,
    Severity,
    Side,
    Token,
    Translation,
    content_hash,
)
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore

ARTICLE = Path(__file__).resolve().parents[2] / "data" / "lemonde-istanbul-talks.ar.txt"

ENGLISH: dict[str, str] = json.loads(
    Path(__file__).with_name("english.json").read_text(encoding="utf-8")
)
"""Number of the segment -> what its Arabic says."""

UNSURE = {"Christian": -3.6, "engineering": -3.2, "invitation": -2.1, "annexed": -1.4}


def article() -> Document:
    """Return the sample article."""
    return read(ARTICLE, ReadOptions())


def back_translation(segment: Segment, english: str) -> Translation:
    """Return a back-translation whose words have log-probabilities."""
    words = re.finditer(r"\S+", english)
    tokens = tuple(
        Token(w[0], UNSURE.get(w[0].strip("“”.,"), -0.2), w.start(), w.end()) for w in words
    )
    target = content_hash(segment.target)
    return Translation(segment.id, english, Role.BACK_TRANSLATION, "by hand", target, tokens)


def result_of(
    segment: Segment, flags: Sequence[Flag], english: str | None, value: float
) -> SegmentResult:
    """Return what is known of a segment."""
    back = back_translation(segment, english) if english else None
    basis = Basis.SOURCE if segment.source else Basis.TARGET_ONLY
    quality = Score("quality", value, "by hand", basis, segment.id, explanation="by hand (-10)")
    if segment.kind is SegmentKind.BOILERPLATE:
        quality = Score.unscored("quality", "by hand", basis, "not part of the article", segment.id)
    scores = (Score("confidence", -0.42, "by hand", Basis.TARGET_ONLY, segment.id),)
    return SegmentResult(segment, back, None, scores, tuple(flags), quality)


def seed_article(store: ReviewStore) -> str:
    """Store the article with its real flags; return the id of the review."""
    document, pipeline = article(), Pipeline(Config())
    review_id = store.create(document)
    results = []
    for index, segment in enumerate(document.segments):
        english = ENGLISH.get(segment.id)
        back = back_translation(segment, english) if english else None
        flags = pipeline.flags(document, index, back)
        results.append(result_of(segment, flags, english, max(5.0, 88.0 - 9.0 * len(flags))))
    store.save_results(review_id, results)
    return review_id


def made_up(
    targets: Sequence[str], *, sources: Sequence[str | None] = (), name: str = "made-up.txt"
) -> Document:
    """Return a document of one segment a line."""
    segments, start = [], 0
    for index, target in enumerate(targets):
        source = sources[index] if index < len(sources) else None
        segments.append(
            Segment(f"{index + 1}", target, source=source, start=start, paragraph=index)
        )
        start += len(target) + 1
    return Document(name, tuple(segments), "\n".join(targets))


def flag_on(segment: Segment, excerpt: str, **changes: object) -> Flag:
    """Return a flag on the first occurrence of some characters."""
    start = segment.target.index(excerpt)
    flag = Flag(
        segment_id=segment.id,
        side=Side.TARGET,
        start=start,
        end=start + len(excerpt),
        category="grammar",
        severity=Severity.MAJOR,
        reason=Reason("The word is in the wrong case.", "الكلمة في غير حالتها الإعرابية."),
        check="dual-after-verb",
        excerpt=excerpt,
    )
    return replace(flag, **changes)


def seed_lines(
    store: ReviewStore, count: int, *, name: str = "lines.txt", batch: int = 5000
) -> str:
    """Store a review of many short segments, the first the worst; return its id."""
    targets = [f"حدد الجانبين الخطوة رقم {number} في المفاوضات." for number in range(1, count + 1)]
    document = made_up(targets, name=name)
    review_id = store.create(document)
    for begin in range(0, count, batch):
        part = document.segments[begin : begin + batch]
        store.save_results(
            review_id,
            [
                result_of(
                    segment,
                    [flag_on(segment, "الجانبين", suggestion="الجانبان")],
                    f"The two sides defined step number {segment.id} in the negotiations.",
                    10.0 + 80.0 * int(segment.id) / count,
                )
                for segment in part
            ],
        )
    return review_id
