"""The documentation names every format, ending, usual column and column of an export."""

import json
from pathlib import Path

from mtreview.formats._rows import ID_NAMES, REFERENCE_NAMES, SOURCE_NAMES, TARGET_NAMES
from mtreview.formats.open import formats, write

from .handmade import review, table_document

DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_formats_and_endings() -> None:
    for each in formats().values():
        assert f"| `{each.id}` |" in DOCUMENTATION
        assert all(f"`{suffix}`" in DOCUMENTATION for suffix in each.suffixes)


def test_usual_names_in_their_order() -> None:
    for names in (TARGET_NAMES, SOURCE_NAMES, REFERENCE_NAMES, ID_NAMES):
        assert "| " + ", ".join(f"`{name}`" for name in names) + " |" in DOCUMENTATION


def test_columns_of_the_table() -> None:
    header = write(review(table_document()), "csv").decode("utf-8-sig").split("\r\n")[0]
    original = {"desk"}
    assert all(f"`{name}`" in DOCUMENTATION for name in set(header.split(",")) - original)


def test_keys_of_the_json_lines() -> None:
    line = write(review(table_document()), "jsonl").decode().splitlines()[0]
    assert all(f"`{key}`" in DOCUMENTATION for key in json.loads(line))
