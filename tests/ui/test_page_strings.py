import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from mtreview.model import Basis, SegmentKind, Severity, Verdict
from mtreview.mqm import ITS_TYPES
from mtreview.ui.component import CATEGORIES

UI = Path(__file__).resolve().parents[2] / "mtreview" / "ui"
TABLE = tomllib.loads((UI / "strings.toml").read_text(encoding="utf-8"))
ENTRIES = [(group, key) for group, entries in TABLE.items() for key in entries]
PYTHON = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in (UI / "card").glob("*.js"))


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("group", "key"), ENTRIES, ids=[".".join(entry) for entry in ENTRIES])
def test_both_languages_are_there_with_the_same_places(group, key):
    entry = TABLE[group][key]
    assert set(entry) == {"en", "ar"}
    assert places(entry["en"]) == places(entry["ar"])
    assert not re.search(
        "[A-Za-z]{4,}", re.sub(r"\{\w+\}|CSV|JSON lines|HTML|Enter|chrF", "", entry["ar"])
    )


def test_every_text_that_the_pages_ask_for_exists():
    asked = set(re.findall(r'"page\.(\w+)"', PYTHON))
    assert len(asked) > 40
    assert asked <= set(TABLE["page"])


def test_every_text_that_the_card_asks_for_exists():
    asked = set(re.findall(r'translate\("(\w+)"', SCRIPTS))
    labels = re.search(r"LABELS = \{(.*?)\}", SCRIPTS, re.DOTALL)[1]
    asked |= {f"help_{action}" for action in re.findall(r"(\w+): \"", labels)}
    assert len(asked) > 40
    assert asked <= set(TABLE["card"])


def test_no_text_is_left_that_nobody_asks_for():
    everything = PYTHON + SCRIPTS
    stems = ("help_", "state_", "view_", "order_", "coverage", "audit_")
    unused = [
        key
        for group in ("page", "card")
        for key in TABLE[group]
        if not key.startswith(stems) and not re.search(rf"\b{key}\b", everything)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("group", "ids"),
    [
        ("kind", SegmentKind),
        ("severity", Severity),
        ("verdict", Verdict),
        ("basis", Basis),
        ("basis_told", Basis),
        ("category", CATEGORIES),
    ],
)
def test_every_id_has_its_words(group, ids):
    assert {str(each) for each in ids} == set(TABLE[group])


def test_what_a_reviewer_can_mark_are_categories_of_mqm():
    assert set(CATEGORIES) <= set(ITS_TYPES)
