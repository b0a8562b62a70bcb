"""Whatever the bytes are: a sound document or one clear line, never another exception."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtreview.errors import MtReviewError
from mtreview.formats._format import ReadOptions
from mtreview.formats.corrections import read_corrections
from mtreview.formats.open import formats, read_bytes

FRAGMENTS = st.sampled_from(
    [
        *("id,ar\n", "ar\ten\n", "نص", "كان الوزير هنا. ", ",", ";", "\t", '"', "\n", "\r", "\r\n"),
        *('{"ar":"نص"}', '{"ar":', "[", "]", "}", "null", "1e999", "NaN", "\\ud800", "\ufeff"),
        *("<html>", "<article><p>", "</p>", "<h1>", "<figure><figcaption>", "<table><td>", "&#0;"),
        *("<meta charset=utf-16>", "<meta charset=base64>", "<?xml version='1.0' encoding='x'?>"),
        *("[ad_1]", "\u2028", "\x0b", "\x85", "😀", "'=", "\0", "id,corrected_translation\n"),
        *('"id":"1",', '"corrected":"نص"}', "…", ":"),
    ]
)
BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(FRAGMENTS, max_size=30).map("".join).map(lambda text: text.encode()),
    st.tuples(
        st.lists(FRAGMENTS, max_size=30).map("".join),
        st.sampled_from(["cp1256", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1"]),
    ).map(lambda pair: pair[0].encode(pair[1], "replace")),
)
ENCODINGS = st.sampled_from([None, "utf-8", "cp1256", "utf-16", "base64", "idna", "punycode", "\0"])


@pytest.mark.parametrize("format_id", sorted(formats()))
@given(data=BYTES, split=st.sampled_from([None, True, False]), encoding=ENCODINGS)
@example(data="<meta charset=base64><p>نص".encode("cp1256"), split=None, encoding=None)
@settings(max_examples=250, deadline=None)
def test_reading(format_id: str, data: bytes, split: bool | None, encoding: str | None) -> None:
    options = ReadOptions(split=split, encoding=encoding)
    try:
        document = read_bytes(data, "a", options, format_id)
    except MtReviewError as error:
        assert "\n" not in str(error)
        return
    assert [document.text[s.start : s.end] for s in document.segments] == [
        s.target for s in document.segments
    ]
    assert document.segments


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
@given(data=BYTES)
@settings(max_examples=150, deadline=None)
def test_reading_corrections(name: str, data: bytes) -> None:
    try:
        corrections = read_corrections(data, name)
    except MtReviewError as error:
        assert "\n" not in str(error)
    else:
        assert all(each.id and each.corrected.strip() for each in corrections)
