"""Corrections out of an edited export, as ``mtreview apply`` takes them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtreview.errors import InputError
from mtreview.formats._format import ReadOptions
from mtreview.formats.corrections import Correction, read_corrections
from mtreview.formats.open import read_bytes, write
from mtreview.model import Review

from .handmade import review, table_document


@pytest.mark.parametrize("format_id", ["csv", "tsv", "jsonl"])
def test_an_export_holds_the_corrections_of_its_review(format_id: str) -> None:
    data = write(review(table_document()), format_id)
    corrected, others = [], []
    for each in read_corrections(data, f"a.{format_id}"):
        (others if each.corrected == each.machine else corrected).append(each)
    assert [(each.id, bool(each.decided_at)) for each in others] == [("a3", True), ("a4", True)]
    assert corrected == [
        Correction(
            id="a1",
            machine="التقى الجانبين يوم الخميس.",
            corrected="التقى الجانبان يوم الخميس.",
            comment="رفع",
            reviewer="سلمى",
            decided_at="2026-01-02T03:06:00Z",
        ),
        Correction("a2", "=1+1 وقع هنا", "@وقّع هنا", "", "سلمى", "2026-01-02T03:07:00Z"),
    ]


@pytest.mark.parametrize("format_id", ["csv", "tsv", "jsonl"])
@given(target=st.text(st.sampled_from("'=+-@\t\nأب \",;"), min_size=1).filter(str.strip))
@settings(max_examples=100, deadline=None)
def test_what_nobody_edited_is_no_correction(format_id: str, target: str) -> None:
    line = json.dumps({"target": f"{target}أ"})
    document = read_bytes(line.encode(), "a.jsonl", ReadOptions())
    assert read_corrections(write(Review(document, ()), format_id), f"a.{format_id}") == []


def test_a_sheet_that_excel_saved_again() -> None:
    """Excel saves semicolons and an old encoding where the machine's language is Arabic."""
    text = write(review(table_document()), "csv").decode("utf-8-sig")
    edited = text.replace("أمطرت السماء.,أمطرت السماء.", "أمطرت السماء.,هطل المطر.")
    sheet = edited.replace(",", ";").replace("=1+1;", "=1+1,")
    corrections = read_corrections(sheet.encode("cp1256"), "a.csv")
    assert [(c.id, c.corrected) for c in corrections][-1] == ("a4", "هطل المطر.")


def test_the_encoding_may_be_named() -> None:
    data = "id,corrected_translation\n1,نص\n".encode("mac_arabic")
    assert read_corrections(data, "a.csv", "mac_arabic") == [Correction("1", None, "نص")]


def test_a_correction_that_is_taken_back_is_one_too() -> None:
    line = {"id": "1", "target": "نص", "corrected": "نص", "state": "edit"}
    data = json.dumps(line).encode()
    assert read_corrections(data, "a.jsonl") == [Correction("1", "نص", "نص")]


def test_blank_corrections_are_none() -> None:
    data = "id,machine_translation,corrected_translation\n1,نص, \n2,نص,نص آخر\n".encode()
    assert [c.id for c in read_corrections(data, "a.csv")] == ["2"]


def test_a_file_without_the_machine_translation() -> None:
    data = "id,corrected_translation\n1,نص\n".encode()
    assert read_corrections(data, "a.csv") == [Correction("1", None, "نص")]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "id,text\n1,نص\n", "no column 'corrected_translation'; there are 'id', 'text'"),
        ("a.csv", "text\nنص\n", "no column 'id' and no column 'corrected_translation'"),
        ("a.csv", "id,corrected_translation\n,نص\n", "line 2: the row has no id"),
        ("a.csv", "id,corrected_translation\n1,أ\n1,ب\n", "line 3: the id '1' stands on line 2"),
        ("a.jsonl", '{"id":"1","corrected":"نص"}\n{"id":"2"}', "line 2: no column 'corrected'"),
        ("a.jsonl", '{"id":"1","corrected":["نص"]}', "line 1: 'corrected' is no text"),
        ("a.jsonl", '{"id":', "line 1: not JSON"),
        ("a.txt", "نص", "corrections are read from a .csv, .tsv or .jsonl export"),
        ("a.csv", "", "the file is empty"),
    ],
)
def test_refused(name: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_corrections(text.encode(), name)
