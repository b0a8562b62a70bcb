"""What exports hold: golden files, the encoding of corrections, and formulas that do not run."""

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.errors import ConfigError, OutputError
from mtreview.formats._format import ReadOptions
from mtreview.formats._guard import guard, unguard
from mtreview.formats.open import read_bytes, write
from mtreview.model import Basis, Decision, Document, Review, Score, SegmentResult, Verdict
from mtreview.serialize import decision_from_record, from_record

from .handmade import review, table_document

GOLDEN = Path(__file__).parents[1] / "golden"


def edit(document: Document, segment_id: str, after: str) -> Review:
    return Review(document, (), (Decision(segment_id, Verdict.EDIT, "r", "2026-01-01", "", after),))


@pytest.mark.parametrize(
    ("format_id", "language"),
    [("csv", "en"), ("csv", "ar"), ("tsv", "en"), ("jsonl", "en"), ("jsonl", "ar"), ("text", "en")],
)
def test_golden(format_id: str, language: str) -> None:
    """Set GOLDEN=write to write the files anew, then read the difference."""
    data = write(review(table_document()), format_id, language)
    path = GOLDEN / f"desk.{language}.export.{format_id}"
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(data)
    assert data == path.read_bytes()


def test_the_table_says_what_was_decided() -> None:
    data = write(review(table_document()), "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    first, second, third, fourth, fifth = rows
    assert first["corrected_translation"] == "التقى الجانبان يوم الخميس."
    assert first["machine_translation"] == "التقى الجانبين يوم الخميس."
    assert (first["state"], first["reviewer"], first["comment"]) == ("edit", "سلمى", "رفع")
    assert (first["flags"], first["flag_checks"]) == ("1", "dual-case")  # the other is dismissed
    assert (first["quality"], fourth["quality"], fifth["quality"]) == ("61.50", "", "")
    assert (second["machine_translation"], second["corrected_translation"]) == (
        "'=1+1 وقع هنا",
        "'@وقّع هنا",
    )
    assert (third["state"], third["comment"]) == ("reject", "خطأ / أعد الترجمة")
    assert (fifth["state"], fifth["source"], fifth["flags"]) == ("", "'-", "")
    assert [row["desk"] for row in rows] == ["world", "world", "'home", "", "home"]


def test_json_lines_lose_nothing() -> None:
    one = review(table_document())
    records = [json.loads(line) for line in write(one, "jsonl").decode().splitlines()]
    assert len(records) == len(one.document.segments)
    for record, result in zip(records, one.results, strict=False):
        again = from_record(record)
        assert again.segment == result.segment
        assert again.scores == result.scores
        assert [flag.fingerprint for flag in again.flags] == [f.fingerprint for f in result.flags]
    decisions = [
        decision_from_record(decision) for record in records for decision in record["decisions"]
    ]
    assert sorted(decisions, key=lambda d: d.at) == list(one.decisions)
    assert [flag["dismissed"] for flag in records[0]["flags"]] == [False, True]
    assert records[0]["corrected"] == "التقى الجانبان يوم الخميس."
    assert {record["schema_version"] for record in records} == {1}


def test_json_lines_tell_which_text_was_scored() -> None:
    one = review(table_document())
    fresh = replace(
        one.results[0], segment=replace(one.results[0].segment, target="التقى الجانبان يوم الخميس.")
    )
    recomputed = replace(one, results=(fresh, *one.results[1:]))
    first, second = (
        json.loads(line) for line in write(recomputed, "jsonl").decode().splitlines()[:2]
    )
    assert (first["scored"], second["scored"]) == ("corrected", "target")
    assert first["target"] == "التقى الجانبين يوم الخميس."


def test_columns_of_the_original_that_we_use_ourselves_are_renamed() -> None:
    data = "ar,state,original state,state\nنص,1,2,3\n".encode()
    document = read_bytes(data, "a.csv", ReadOptions())
    header, row = write(Review(document, ()), "csv").decode("utf-8-sig").split("\r\n")[:2]
    assert header.endswith("original state,original original state,state (4)")
    assert row.endswith("1,2,3")


def test_a_table_as_text_has_one_translation_on_a_line() -> None:
    data = 'ar\n"جاء \r\n سالم. ذهب."\nعاد\n'.encode()
    document = read_bytes(data, "a.csv", ReadOptions(split=True))
    assert write(edit(document, "1.3", "ثم\nمضى"), "text").decode() == "جاء سالم. ثم مضى\nعاد\n"


def test_a_page_as_text_has_its_paragraphs() -> None:
    paragraph = "التقى الوزيران في العاصمة يوم الخميس لمناقشة تشغيل السفارات."
    page = f"<html><body><article><h1>لقاء</h1><p>{paragraph}</p></article></body></html>"
    document = read_bytes(page.encode(), "a.html", ReadOptions())
    assert write(edit(document, "1", "لقاء آخر"), "text").decode() == f"لقاء آخر\n\n{paragraph}\n"


def test_a_correction_that_the_encoding_lacks_makes_the_file_utf8() -> None:
    text = "التقى الوزيران في العاصمة يوم الخميس.\r\n"
    document = read_bytes(text.encode("cp1256"), "a.txt", ReadOptions())
    same = write(edit(document, "1", "التقى الوزيران."), "text")
    assert same == "التقى الوزيران.\r\n".encode("cp1256")
    other = write(edit(document, "1", "التقى ٢ 😀"), "text")
    assert other == "\N{ZERO WIDTH NO-BREAK SPACE}التقى ٢ 😀\r\n".encode()


@pytest.mark.parametrize("format_id", ["text", "csv", "jsonl"])
def test_half_a_surrogate_pair_cannot_be_written(format_id: str) -> None:
    document = read_bytes("نص".encode(), "a.txt", ReadOptions())
    with pytest.raises(OutputError, match=r"U\+D800 is half of a surrogate pair"):
        write(edit(document, "1", "\ud800"), format_id)


def test_formats_that_cannot_be_written() -> None:
    document = read_bytes("نص".encode(), "a.txt", ReadOptions())
    for format_id in ("html", "docx"):
        with pytest.raises(ConfigError, match=f"'{format_id}'.*csv, jsonl, text, tsv"):
            write(Review(document, ()), format_id)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "'=1", "''@"])
def test_dangerous_cells_are_guarded(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "قال", "1-1", "'قال'", "''", " =1"])
def test_other_cells_are_not(cell: str) -> None:
    assert guard(cell) == cell


def test_names_of_columns_are_guarded_too() -> None:
    document = read_bytes("target,=1+1\nنص,أ\n".encode(), "a.csv", ReadOptions())
    header = write(Review(document, ()), "csv").decode("utf-8-sig").splitlines()[0]
    assert header.endswith(",'=1+1")


def test_which_text_was_scored() -> None:
    document = read_bytes("نص أول".encode(), "a.txt", ReadOptions())
    (segment,) = document.segments
    texts = ("نص أول", "نص ثان", "نص ثالث")

    def scored(text: str, *edits: str) -> str:
        quality = Score("quality", 90.0, "q", Basis.TARGET_ONLY, segment.id)
        result = SegmentResult(replace(segment, target=text), None, None, (), (), quality)
        decisions = tuple(
            Decision("1", Verdict.EDIT, "r", f"2026-01-0{day}", "نص أول", edit)
            for day, edit in enumerate(edits, 1)
        )
        return json.loads(write(Review(document, (result,), decisions), "jsonl"))["scored"]

    assert scored(texts[0]) == "target"
    assert scored(texts[0], texts[1]) == "target"
    assert scored(texts[1], texts[1]) == "corrected"
    assert scored(texts[1], texts[1], texts[2]) == "earlier correction"


@given(st.text(st.sampled_from("'=+-@\t\r\nأ1 ")))
def test_the_guard_is_undone_exactly(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
