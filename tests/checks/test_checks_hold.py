"""What holds for every check: any text, a very long text, and suggestions that cure."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtreview.checks._check import Check, Context
from mtreview.checks._flags import flags_of
from mtreview.model import Document, Flag, Role, Segment, SegmentKind, Side, Translation
from mtreview.plugins import discover

CHECKS: dict[str, Check] = discover("mtreview.checks", "CHECK")
CASES = Path(__file__).resolve().parent.parent / "cases" / "checks"
LONG = 50_000
"""Characters of a long text; at twice that a quadratic check needs a minute or more."""
LIMIT = 5
"""Seconds of computing for a long text; a linear check needs well below one."""

# Pieces that patterns of checks look for, so that random texts come near to what they match.
PIECES = (
    *(
        "قال",
        "إن",
        "بأنه",
        "المحامون",
        "في",
        "و",
        "الأمريكية",
        "الروسي",
        "لم",
        "سي",
        "أنا",
        "متأكد",
    ),
    *("Le", "Monde", "the", "of", "lower", "12", "٣٤", "3.5", "مليون", "2025", "الجانبين", "حدد"),
    *(
        " ",
        " ",
        " ",
        "  ",
        "\t",
        "\n",
        "\u00a0",
        "،",
        "؛",
        "؟",
        ",",
        ";",
        "?",
        ".",
        "...",
        ":",
        "!",
    ),
    *(
        "“",
        "”",
        "«",
        "»",
        "„",
        '"',
        "'",
        "(",
        ")",
        "[",
        "]",
        "{{",
        "}}",
        "[ad_1]",
        "<br>",
        "&quot;",
    ),
    *(
        "ـ",
        "\u064b",
        "\u0651",
        "\u200f",
        "\u202b",
        "\u202c",
        "\u2067",
        "\u200b",
        "\u200d",
        "\ufffd",
    ),
    *("ﻟﺴ", "ÇáÓ", "Ø§Ù„", "ظ…ظ†", "@", "#", "http://", "a.b", "-", "/", "%", "😀"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map("".join)


def context_of(texts: list[str], index: int, english: str, kind: SegmentKind) -> Context:
    segments, start = [], 0
    for number, text in enumerate(texts):
        segments.append(
            Segment(str(number), text, source=english, start=start, paragraph=number // 2)
        )
        start += len(text) + 1
    segments[index] = replace(segments[index], kind=kind)
    translation = Translation(str(index), english, Role.BACK_TRANSLATION, "test", "0")
    return Context(Document("d", tuple(segments), "\n".join(texts)), index, translation)


def flags(check: Check, context: Context) -> list[Flag]:
    return list(flags_of(check, context.segment, context))


@contextmanager
def time_limit(unit: str) -> Iterator[None]:
    """Stop a check that would run for minutes or hours."""

    def stop(*_: object) -> None:
        pytest.fail(f"not linear: more than {LIMIT} seconds for {LONG} characters of {unit!r}")

    previous = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.data(), TEXTS, st.sampled_from(SegmentKind))
def test_any_text_gives_valid_flags_and_always_the_same(
    check: Check, texts: list[str], data: st.DataObject, english: str, kind: SegmentKind
):
    context = context_of(texts, data.draw(st.integers(0, len(texts) - 1)), english, kind)
    found = flags(check, context)
    assert found == flags(check, context)
    for flag in found:
        text = context.segment.target if flag.side is Side.TARGET else english
        assert flag.excerpt == text[flag.start : flag.end] != flag.suggestion
    assert len({flag.fingerprint for flag in found}) == len(found)


UNITS = (
    *(
        "ا",
        " ",
        "a",
        "1",
        '"',
        "“",
        "(",
        "<a ",
        "&amp;",
        ".",
        "،",
        "ـ",
        "ظ…",
        "[a_",
        "{{",
        "\u202b",
    ),
    *(
        "كلمة ",
        "the of ",
        "A.",
        "a@",
        "Ab ",
        "لم ",
        "5 ",
        "قالت ",
        "في بلد ",
        "“قال” ",
        "(أ) ",
        "، ",
    ),
)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_very_long_text_takes_linear_time(check: Check):
    for unit in UNITS:
        with time_limit(unit):
            text = unit * (LONG // len(unit)) + " نهاية"
            flags(check, context_of([text], 0, "end", SegmentKind.BODY))
    with time_limit("all"):
        text = "".join(unit * (4 * LONG // len(UNITS) // len(unit)) for unit in UNITS)
        flags(check, context_of([text], 0, text[:LONG], SegmentKind.BODY))


def cases() -> Iterator[tuple[str, str]]:
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            if case["flags"] and set(case) <= {"text", "flags", "note"}:
                yield path.stem, case["text"]


@pytest.mark.parametrize(("check_id", "text"), list(cases()))
def test_a_suggestion_cures_what_was_flagged(check_id: str, text: str):
    check = CHECKS[check_id]
    found = flags(check, context_of([text], 0, "", SegmentKind.BODY))
    for flag in found:
        if flag.suggestion is not None and flag.side is Side.TARGET:
            cured = text[: flag.start] + flag.suggestion + text[flag.end :]
            again = flags(check, context_of([cured], 0, "", SegmentKind.BODY))
            assert len(again) < len(found), cured
