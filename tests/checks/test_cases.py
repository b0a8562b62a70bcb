"""Run every `tests/cases/checks/<id>.jsonl` against the check of that id.

One case a line::

    {"text": "…", "flags": [{"excerpt": "…", "nth": 0, "suggestion": "…"}], "note": "why"}

`flags` lists ALL flags the check must raise, so `[]` is a look-alike that must stay silent. An
excerpt is located in its text (`nth` counts equal excerpts from 0) and the span must be exactly
that. `suggestion` (null: none), `severity` and `side` are compared where they are given. Optional
keys of a case: `back_translation` (and `log_probabilities`, one for each of its words), `source`,
`kind`, `options`, `before` and `after` (neighbouring segments of the same paragraph, a text or a
list of texts), `paragraph_before`, `paragraph_after`, `known_miss` (a strict xfail).
"""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mtreview.checks._check import Check, Context
from mtreview.checks._flags import applies, flags_of
from mtreview.model import (
    Document,
    Flag,
    Reason,
    Role,
    Segment,
    SegmentKind,
    Side,
    Token,
    Translation,
    content_hash,
)
from mtreview.mqm import ITS_TYPES
from mtreview.plugins import discover

CASES = Path(__file__).resolve().parent.parent / "cases" / "checks"
CHECKS: dict[str, Check] = {
    check_id: check
    for check_id, check in discover("mtreview.checks", "CHECK").items()
    if check.find.__module__.startswith("mtreview.")
}
CASE_KEYS = {
    *("text", "flags", "note", "known_miss", "kind", "options"),
    *(
        "source",
        "back_translation",
        "log_probabilities",
        "before",
        "after",
        "paragraph_before",
        "paragraph_after",
    ),
}
FLAG_KEYS = {"excerpt", "nth", "suggestion", "severity", "side"}
SIDES = {side.value: side for side in Side}
ARABIC = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]")
LATIN = re.compile(r"[a-z]")


def load(check_id: str) -> list[dict]:
    path = CASES / f"{check_id}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def as_list(texts: str | list[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else texts


def context_of(case: dict) -> Context:
    """The segment of a case among its neighbours, joined by spaces."""
    before = [(text, 1) for text in as_list(case.get("before", []))]
    if "paragraph_before" in case:
        before.insert(0, (case["paragraph_before"], 0))
    after = [(text, 1) for text in as_list(case.get("after", []))]
    if "paragraph_after" in case:
        after.append((case["paragraph_after"], 2))
    segments, start = [], 0
    for number, (text, paragraph) in enumerate([*before, (case["text"], 1), *after]):
        segments.append(Segment(str(number), text, start=start, paragraph=paragraph))
        start += len(text) + 1
    index = len(before)
    segments[index] = replace(
        segments[index],
        source=case.get("source"),
        kind=SegmentKind(case.get("kind", "body")),
    )
    text = " ".join(segment.target for segment in segments)
    translation = None
    if "back_translation" in case:
        translation = Translation(
            str(index),
            case["back_translation"],
            Role.BACK_TRANSLATION,
            "case",
            content_hash(case["text"]),
            tokens_of(case["back_translation"], case.get("log_probabilities", [])),
        )
    document = Document("case", tuple(segments), text)
    return Context(document, index, translation, case.get("options", {}))


def tokens_of(text: str, log_probabilities: list[float]) -> tuple[Token, ...]:
    """One token for each word between spaces, with the probabilities in their order."""
    if not log_probabilities:
        return ()
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    return tuple(
        Token(text[start:end], log_probability, start, end)
        for (start, end), log_probability in zip(spans, log_probabilities, strict=True)
    )


def run(check: Check, case: dict) -> list[Flag]:
    context = context_of(case)
    return list(flags_of(check, context.segment, context))


def located(expected: dict, case: dict) -> tuple[str, int, int]:
    side = expected.get("side", "target")
    text = case["text"] if SIDES[side] is Side.TARGET else case["back_translation"]
    start = -1
    for _ in range(expected.get("nth", 0) + 1):
        start = text.find(expected["excerpt"], start + 1)
        if start < 0:
            raise ValueError(f"the case is wrong: {expected['excerpt']!r} is not in {text!r}")
    return side, start, start + len(expected["excerpt"])


def parameters() -> list:
    return [
        pytest.param(
            CHECKS[check_id],
            case,
            id=f"{check_id}-{number}",
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError)]
            if case.get("known_miss")
            else [],
        )
        for check_id in CHECKS
        for number, case in enumerate(load(check_id), 1)
    ]


@pytest.mark.parametrize(("check", "case"), parameters())
def test_case(check: Check, case: dict):
    assert applies(check, context_of(case).segment, context_of(case)), "the case lacks a need"
    flags = run(check, case)
    spans = [(flag.side.value, flag.start, flag.end) for flag in flags]
    wanted = [(located(expected, case), expected) for expected in case["flags"]]
    wanted.sort(key=lambda pair: pair[0])
    found = [(flag.side.value, flag.excerpt) for flag in flags]
    assert spans == [span for span, _ in wanted], found
    for flag, (_, expected) in zip(flags, wanted, strict=True):
        for key in ("suggestion", "severity"):
            if key in expected:
                assert getattr(flag, key) == expected[key], key


@pytest.mark.parametrize("check_id", CHECKS)
def test_check_has_a_case_that_fires_and_a_look_alike_that_must_not(check_id: str):
    cases = [case for case in load(check_id) if not case.get("known_miss")]
    assert any(case["flags"] for case in cases), "no case fires"
    assert any(not case["flags"] for case in cases), "no look-alike"
    for case in load(check_id):
        assert set(case) <= CASE_KEYS, "unknown key in a case"
        assert all(set(flag) <= FLAG_KEYS for flag in case["flags"]), "unknown key in a flag"


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_check_is_documented_and_of_a_known_category(check: Check):
    module = importlib.import_module(check.find.__module__)
    assert check.id == module.__name__.rpartition(".")[2].replace("_", "-")
    assert len((module.__doc__ or "").split()) > 25, "the docstring is the manual"
    assert check.category in ITS_TYPES


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_check_speaks_both_languages(check: Check):
    reasons = [flag.reason for case in load(check.id) for flag in run(check, case)]
    for reason in (check.title, *reasons):
        assert isinstance(reason, Reason)
        assert LATIN.search(reason.english), reason
        assert ARABIC.search(reason.arabic), reason


def test_every_case_file_belongs_to_a_check():
    assert {path.stem for path in CASES.glob("*.jsonl")} <= set(CHECKS)
