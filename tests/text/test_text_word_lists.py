"""The word lists: every list can be read, and says each thing once."""

from __future__ import annotations

from importlib.resources import files

import pytest

from mtreview.errors import MtReviewError
from mtreview.text import resources, spelling
from mtreview.text.names import sounds_like_a_name_in
from mtreview.text.patterns import compile_pattern

FOLDER = files("mtreview.text") / "resources"
NAMES = sorted(path.name.removesuffix(".gz").removesuffix(".txt") for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_entries_and_none_twice(name):
    entries = resources.lines(name)
    assert entries
    assert len(set(entries)) == len(entries)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_at_its_head_what_it_is(name):
    packed = FOLDER / f"{name}.txt.gz"
    if not packed.is_file():
        assert (FOLDER / f"{name}.txt").read_text("utf-8").startswith("# ")


def test_a_list_that_is_missing_is_named():
    with pytest.raises(MtReviewError, match="no-such-list"):
        resources.lines("no-such-list")


def test_frequencies_cannot_be_changed():
    counts = resources.frequencies("frequency.ar")
    assert counts["السلام"] > 100
    with pytest.raises(TypeError):
        counts["السلام"] = 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("الأايام", "الأيام"),
        ("فرانسسكو", "فرانسيسكو"),
        ("المتحيط", "المحيط"),
        ("السياسية", None),
        ("وسيستخدمونها", None),
        ("ماتفيانكو", None),
        ("من", None),
        ("س" * 5000, None),
    ],
)
def test_slips_of_one_letter(word, meant):
    assert spelling.slip_of(word) == meant


def test_a_name_is_known_by_its_consonants():
    assert sounds_like_a_name_in("ماتفيانكو", "said Valentina Matviyenko")
    assert not sounds_like_a_name_in("التعليم", "said Valentina Matviyenko")


PATTERNS = [
    ("+قال *ون", "وقال المسؤولون", "قال المسؤولون"),
    ("قال … أمس", "قال الوزير الجديد أمس", "قال الوزير الجديد أمس"),
    ("قال … أمس", "قال الوزير، وأعلن أمس", None),
    ("قال … أمس", "قال هذا الوزير الجديد من بلاد بعيدة أمس", None),
    ("قال …!لهم/عن* أمس", "قال الوزير لهما أمس", "قال الوزير لهما أمس"),
    ("قال …!لهم/عن* أمس", "قال الوزير لَهُمْ أمس", None),
    ("قال …!لهم/عن* أمس", "قال الوزير عنها أمس", None),
    ("كتب/قال شيئا", "كَتَبَ شَيْئا", "كَتَبَ شَيْئا"),
    ("قال", "يقال", None),
    ("قال", "وقال", None),
    ("زار {countries}", "زار الصين", "زار الصين"),
    ("إلى ل{countries}", "إلى للصين", "إلى للصين"),
]


@pytest.mark.parametrize(("pattern", "text", "found"), PATTERNS)
def test_patterns(pattern, text, found):
    match = compile_pattern(pattern).search(text)
    assert (match[0] if match else None) == found
