"""What the surface checks find in the sample article, to the character."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mtreview.checks._check import Context
from mtreview.checks._flags import flags_of
from mtreview.formats._format import ReadOptions
from mtreview.formats.text import read
from mtreview.model import Document, Flag, SegmentKind
from mtreview.plugins import discover

SURFACE = {
    *("bidi-controls", "boilerplate", "brackets", "cms-residue", "double-punctuation"),
    *("double-space", "glued-scripts", "html-entities", "missing-space-after-punctuation"),
    *("mixed-digits", "mixed-punctuation", "mojibake", "presentation-forms", "repeated-words"),
    *("reversed-quotes", "space-before-punctuation", "tatweel", "unpaired-quotes"),
    *("untranslated-latin", "wrong-way-quotes"),
}


@pytest.fixture(scope="module")
def document(article_path: Path) -> Document:
    return read(article_path.read_bytes(), article_path.name, ReadOptions())


@pytest.fixture(scope="module")
def flags(document: Document) -> list[tuple[Flag, int]]:
    """The flags of the surface checks, each with its offset in the document."""
    checks = discover("mtreview.checks", "CHECK")
    return [
        (flag, segment.start + flag.start)
        for index, segment in enumerate(document.segments)
        for check_id in sorted(SURFACE)
        for flag in flags_of(checks[check_id], segment, Context(document, index))
    ]


def test_nothing_else_is_found(flags: list[tuple[Flag, int]]):
    assert Counter(flag.check for flag, _ in flags) == {
        "space-before-punctuation": 16,
        "boilerplate": 6,
        "cms-residue": 2,
        "unpaired-quotes": 2,
        "reversed-quotes": 1,
    }


def test_the_reversed_pair_is_flagged_as_a_whole(flags: list[tuple[Flag, int]]):
    (flag,) = (flag for flag, _ in flags if flag.check == "reversed-quotes")
    assert flag.excerpt == "” الصور النمطية والكليشيهات الإيديولوجية المسيحي “"
    assert flag.suggestion == " “الصور النمطية والكليشيهات الإيديولوجية المسيحي” "


def test_both_unclosed_quotations_are_found(flags: list[tuple[Flag, int]], document: Document):
    found = [offset for flag, offset in flags if flag.check == "unpaired-quotes"]
    assert found == [
        document.text.index("“مقارنة بما وصفه"),
        document.text.index("“المشكلات النظامية"),
    ]


def test_residue_is_found(flags: list[tuple[Flag, int]]):
    assert [f.excerpt for f, _ in flags if f.check == "cms-residue"] == ["[ad_1]", "[ad_2]"]


def test_boilerplate_lines_are_found(flags: list[tuple[Flag, int]]):
    lines = [flag.excerpt for flag, _ in flags if flag.check == "boilerplate"]
    assert [line for line in lines if len(line) < 50] == [
        *("جديد", "تطبيق Le Monde", "تحميل", "أعد استخدام هذا المحتوى", "المصدر"),
    ]


def test_every_space_before_a_comma_is_found(flags: list[tuple[Flag, int]], document: Document):
    spaces = [offset for flag, offset in flags if flag.check == "space-before-punctuation"]
    boilerplate = "".join(
        segment.target for segment in document.segments if segment.kind is SegmentKind.BOILERPLATE
    )
    assert len(spaces) == document.text.count(" ،") - boilerplate.count(" ،")
    assert all(document.text[offset : offset + 2] == " ،" for offset in spaces)
