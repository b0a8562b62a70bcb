"""Read the development sets of the quality estimate and compute everything known of each row.

The sets, none of which is part of the project, are read from one folder; see ``docs/quality.md``.

* FLORES-dev: real English to Arabic output of seven engines. Truth: chrF against a human
  translation, which punishes good paraphrase.
* STS17 en-ar: pairs of human sentences. Truth: human similarity of meaning, 0 to 5.
* MT-GenEval: human translations, one with the right and one with the wrong gender; with ``ctx``
  only the sentence before tells the gender.
* HalOmi: Arabic, and a machine's English in the place of the source. Truth: whether people found
  nothing invented and nothing left out.
* Names: questions about things with names, translated by a language model. Truth: whether the
  Arabic has the name as Wikidata has it; about half of the wrong ones are acceptable spellings.
* WinoMT: a system's Arabic. Truth: whether people found the gender of a person right.

Rows are scored by the pipeline itself, so what is fitted is what is computed for a user. The
engines work in large batches once, through a cache in a file; then each row is scored on its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mtreview.config import Config
from mtreview.model import Document, Segment, SegmentResult
from mtreview.pipeline import Pipeline
from mtreview.store.repository import ReviewStore

FLORES = "firefox_flores_dev_en_ar"
STS = "sts17_en_ar"
SENTENCES = "mtgeneval_sent_dev"
CONTEXTS = "mtgeneval_ctx_dev"
HALLUCINATIONS = "halomi_ar_en"
NAMES = "eamt_en_ar_val"
PERSONS = "winomt_aws_human_ar"
BATCH = 64


@dataclass(frozen=True)
class Row:
    """A translation with what is known to be true of it.

    Attributes:
        group: Rows of one group never stand on both sides of a fold.
        engine: What translated it; "human" where nobody did.
        truth: Higher is better; 1 and 0 for the good and the bad one of a pair.
        before: Segments that stand before it in its document.
        wrong: Spans of wrong words.
    """

    set: str
    group: int
    engine: str
    truth: float
    segment: Segment
    before: tuple[Segment, ...] = ()
    wrong: tuple[tuple[int, int], ...] = ()
    reference: str = ""


def spread(rows: Sequence[dict], count: int) -> list[dict]:
    """Return so many rows, evenly spread over all."""
    count = min(count, len(rows))
    return [rows[index * len(rows) // count] for index in range(count)]


def load(folder: Path, name: str) -> list[dict]:
    """Return the rows of a set.

    Raises:
        SystemExit: It is not there.
    """
    path = folder / f"{name}.jsonl"
    if not path.exists():
        sys.exit(f"skipped: {path} is not there; name the folder with --devsets")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read(folder: Path, sentences: int, pairs: int) -> list[Row]:
    """Return the rows of all sets.

    Args:
        folder: Where the sets are.
        sentences: Of FLORES-dev, each with the output of all engines.
        pairs: Of each MT-GenEval set; of the sets of single translations, as many rows.
    """
    return [
        *_flores(load(folder, FLORES), sentences),
        *_similarity(load(folder, STS)),
        *_gender(SENTENCES, spread(load(folder, SENTENCES), pairs)),
        *_gender(CONTEXTS, spread(load(folder, CONTEXTS), pairs)),
        *_hallucinations(spread(load(folder, HALLUCINATIONS), pairs)),
        *_judged(NAMES, "entity_ok_norm", 1, spread(load(folder, NAMES), pairs)),
        *_judged(PERSONS, "wrong", 0, spread(load(folder, PERSONS), pairs)),
    ]


def _flores(records: list[dict], sentences: int) -> list[Row]:
    from sacrebleu.metrics import CHRF

    chrf = CHRF()
    numbers = spread(sorted({record["seg"] for record in records}), sentences)
    place = {number: index for index, number in enumerate(numbers)}
    return [
        Row(
            FLORES,
            place[record["seg"]],
            record["id"].split("-", 3)[3],
            chrf.sentence_score(record["mt"], [record["ref"]]).score,
            Segment(record["id"], record["mt"], source=record["src"]),
            reference=record["ref"],
        )
        for record in records
        if record["seg"] in place
    ]


def _similarity(records: list[dict]) -> list[Row]:
    return [
        Row(
            STS,
            index,
            "human",
            record["human"],
            Segment(record["id"], record["mt"], source=record["src"]),
        )
        for index, record in enumerate(records)
    ]


def _gender(name: str, records: list[dict]) -> list[Row]:
    rows = []
    for index, record in enumerate(records):
        before = ()
        if "context" in record:
            before = (Segment(f"{record['id']}-before", "", source=record["context"]),)
        for which in ("good", "bad"):
            spans = record.get("bad_spans", []) if which == "bad" else []
            segment = Segment(f"{record['id']}-{which}", record[which], source=record["src"])
            truth = float(which == "good")
            wrong = tuple(map(tuple, spans))
            rows.append(Row(name, index, "human", truth, segment, before, wrong))
    return rows


def _hallucinations(records: list[dict]) -> list[Row]:
    rows = []
    for index, record in enumerate(records):
        truth = float(not record["hall_content"] and not record["omit_content"])
        segment = Segment(record["id"], record["src"], source=record["mt"])
        rows.append(Row(HALLUCINATIONS, index, record["system"], truth, segment))
    return rows


def _judged(name: str, key: str, right: int, records: list[dict]) -> list[Row]:
    return [
        Row(
            name,
            index,
            record["system"],
            float(record[key] == right),
            Segment(record["id"], record["mt"], source=record["src"]),
        )
        for index, record in enumerate(records)
        if record[key] is not None
    ]


def results(
    pipeline: Pipeline, rows: Sequence[Row], known: bool, show: bool = True
) -> list[SegmentResult]:
    """Return what the pipeline makes of rows that have nothing to do with each other.

    Args:
        pipeline: With a cache.
        rows: The rows.
        known: Whether the English source is shown.
        show: Whether to show progress on stderr.
    """
    segments = [r.segment if known else replace(r.segment, source=None) for r in rows]
    together = Document("all", tuple(segments), "")
    for start in range(0, len(segments), BATCH):
        pipeline.run(together, range(start, min(start + BATCH, len(segments))))
        if show:
            print(f"\r{start}/{len(segments)}", end="", file=sys.stderr, flush=True)
    found = []
    for row, segment in zip(rows, segments, strict=True):
        document = Document("row", (*row.before, segment), segment.target)
        found += pipeline.run(document, [len(row.before)])
    return found


def open_pipeline(pack: str, cache: str, beam_size: int) -> tuple[Pipeline, ReviewStore]:
    """Return a pipeline with a cache, and the store that keeps it.

    Args:
        pack: The translation model.
        cache: URL of a database, such as ``sqlite:///cache.db``.
        beam_size: Of the search for back-translations. With 1 they take a third of the time; of
            what the fullest fit reads, where the source is known, it changes nothing.
    """
    pipeline = Pipeline(Config().with_engine(pack=pack, beam_size=beam_size))
    store = ReviewStore.open(cache)
    pipeline.use_cache(store)
    return pipeline, store
