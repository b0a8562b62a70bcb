"""What every format keeps to: offsets, order, ids, and that writing and reading lose nothing."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtreview.formats._format import Format, ReadOptions
from mtreview.formats.open import formats, read_bytes, write
from mtreview.model import Decision, Document, Review, Verdict

OPTIONS = ReadOptions()
FORMATS = sorted(formats())
WRITABLE = [key for key in FORMATS if formats()[key].write]

PARAGRAPHS = [
    "التقى الوزيران في العاصمة يوم الخميس لمناقشة تشغيل السفارات. ثم عقدا مؤتمرا صحفيا قصيرا.",
    "وقال المتحدث ، في بيان: “لا جديد”. “هناك استعداد متبادل للعمل من أجل استعادة العلاقات.”",
    "=SUM(A1) ليست جملة 😀، و'هذا' نص فيه \"علامات\".",
]
TEXT = "\n".join(PARAGRAPHS) + "\n"
ROWS = [{"id": f"r{n}", "source": f"Text {n}", "target": p} for n, p in enumerate(PARAGRAPHS)]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _table(delimiter: str) -> str:
    lines = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    return "".join(delimiter.join(map(_quoted, line)) + "\n" for line in lines)


SAMPLES = {
    "text": TEXT,
    "csv": _table(","),
    "tsv": _table("\t"),
    "jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS),
    "html": f"<html><body><article>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article></body>",
}


def assert_sound(document: Document) -> None:
    position = 0
    for segment in document.segments:
        assert document.text[segment.start : segment.end] == segment.target
        assert position <= segment.start
        position = segment.end
    ids = [segment.id for segment in document.segments]
    assert len(set(ids)) == len(ids)
    paragraphs = [segment.paragraph for segment in document.segments]
    assert paragraphs == sorted(paragraphs)
    assert document.corrected({}) == document.text


def edited(document: Document, new_targets: dict[str, str]) -> Review:
    by_id = {segment.id: segment for segment in document.segments}
    return Review(
        document,
        (),
        tuple(
            Decision(key, Verdict.EDIT, "r", "2026-01-01T00:00:00Z", by_id[key].target, target)
            for key, target in new_targets.items()
        ),
    )


def test_each_format_has_a_sample() -> None:
    assert sorted(SAMPLES) == FORMATS


@pytest.mark.parametrize("format_id", FORMATS)
def test_declaration(format_id: str) -> None:
    each: Format = formats()[format_id]
    assert each.id == format_id
    assert each.title
    assert each.suffixes
    assert all(re.fullmatch(r"\.[a-z0-9]+", suffix) for suffix in each.suffixes)
    assert each.read or each.write


def test_no_suffix_belongs_to_two_formats() -> None:
    suffixes = [suffix for each in formats().values() for suffix in each.suffixes]
    assert len(set(suffixes)) == len(suffixes)


@pytest.mark.parametrize("split", [None, True, False])
@pytest.mark.parametrize("format_id", FORMATS)
def test_reads_its_sample(format_id: str, split: bool | None) -> None:
    for suffix in formats()[format_id].suffixes:
        data = SAMPLES[format_id].encode()
        document = read_bytes(data, f"a{suffix}", ReadOptions(split=split))
        assert document.format == format_id
        assert document.original == f"a{suffix}"
        assert_sound(document)
        words = " ".join(segment.target for segment in document.segments).split()
        assert words == TEXT.split()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("format_id", FORMATS)
def test_reads_every_encoding_alike(format_id: str, encoding: str) -> None:
    sample = SAMPLES[format_id].replace("😀", "")
    name = f"a{formats()[format_id].suffixes[0]}"
    plain = read_bytes(sample.encode(), name, OPTIONS)
    document = read_bytes(sample.encode(encoding), name, OPTIONS)
    assert [s.target for s in document.segments] == [s.target for s in plain.segments]
    assert [s.id for s in document.segments] == [s.id for s in plain.segments]
    assert_sound(document)


@pytest.mark.parametrize("source", FORMATS)
@pytest.mark.parametrize("format_id", WRITABLE)
def test_writes_a_document_of_any_format(format_id: str, source: str) -> None:
    name = f"a{formats()[source].suffixes[0]}"
    document = read_bytes(SAMPLES[source].encode(), name, OPTIONS)
    first = document.segments[0].id
    data = write(edited(document, {first: "نص جديد"}), format_id)
    again = read_bytes(data, f"b{formats()[format_id].suffixes[0]}", OPTIONS)
    assert "نص جديد" in data.decode("utf-8-sig")
    assert_sound(again)


@pytest.mark.parametrize("format_id", [key for key in WRITABLE if key != "text"])
def test_what_it_wrote_it_reads_again(format_id: str) -> None:
    name = f"a{formats()[format_id].suffixes[0]}"
    document = read_bytes(SAMPLES[format_id].encode(), name, OPTIONS)
    again = read_bytes(write(Review(document, ()), format_id), name, OPTIONS)
    assert [(s.id, s.target, s.source, s.kind) for s in again.segments] == [
        (s.id, s.target, s.source, s.kind) for s in document.segments
    ]


# plain text: the bytes come back

LINE = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\0\x1a\x7f", min_codepoint=9),
        st.sampled_from("ابجد .؟،“”\n\r\t\N{RIGHT-TO-LEFT MARK}😀\u2028\x85"),
    )
).filter(lambda text: not re.search("[\x00-\x08\x0e-\x1a\x7f]", text))


@given(LINE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_uncorrected_text_is_the_same_bytes(text: str, encoding: str, split: bool) -> None:
    data = ("كان الوزيران في العاصمة.\n" + text).encode(encoding)
    document = read_bytes(data, "a.txt", ReadOptions(split=split))
    assert_sound(document)
    assert write(Review(document, ()), "text") == data


@given(LINE, st.data())
@settings(max_examples=100, deadline=None)
def test_corrected_text_differs_in_the_correction_alone(text: str, data: st.DataObject) -> None:
    document = read_bytes(("كان هنا. " + text).encode(), "a.txt", OPTIONS)
    segment = data.draw(st.sampled_from(document.segments))
    written = write(edited(document, {segment.id: "نص آخر"}), "text").decode()
    assert written == document.text[: segment.start] + "نص آخر" + document.text[segment.end :]


@pytest.mark.parametrize(
    "encoding", ["cp1256", "iso8859_6", "mac_arabic", "cp720", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_old_encodings_and_line_ends_come_back(encoding: str, line_end: str) -> None:
    lines = ["التقى الوزيران في العاصمة يوم الخميس.", "", "وقال المتحدث إن المحادثات ستستمر غدا."]
    data = (line_end.join(lines) + line_end).encode(encoding)
    document = read_bytes(data, "a.txt", OPTIONS)
    assert document.encoding == encoding
    assert [segment.target for segment in document.segments] == [lines[0], lines[2]]
    assert write(Review(document, ()), "text") == data


# tables and JSON lines: any cell comes back

CELL = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\0\x1a\x7f", min_codepoint=9),
        st.sampled_from("ابجد .،\"',;|\t\n\r=+-@"),
    ),
    max_size=20,
).filter(lambda text: not re.search("[\x00-\x08\x0e-\x1a\x7f]", text))


@pytest.mark.parametrize("format_id", ["csv", "tsv", "jsonl"])
@given(cells=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_cell_comes_back(format_id: str, cells: list[tuple[str, str, str]]) -> None:
    rows = [
        {"id": f"k{number}", "target": f"ن{target}", "source": source, "note": note}
        for number, (target, source, note) in enumerate(cells)
    ]
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    document = read_bytes(data, "a.jsonl", OPTIONS)
    assert_sound(document)
    name = f"b{formats()[format_id].suffixes[0]}"
    again = read_bytes(write(Review(document, ()), format_id), name, OPTIONS)
    assert [(s.id, s.target, s.source) for s in again.segments] == [
        (s.id, s.target, s.source) for s in document.segments
    ]
    if format_id != "jsonl":
        kept = [dict(segment.columns)["note"] for segment in again.segments]
        assert kept == [row["note"] for row in rows]


def test_segments_are_in_the_order_of_the_file() -> None:
    document = read_bytes(SAMPLES["csv"].encode(), "a.csv", OPTIONS)
    assert all(one.end < other.start for one, other in pairwise(document.segments))
