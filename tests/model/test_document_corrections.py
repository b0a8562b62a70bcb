"""Corrections put into a document: no other character changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtreview.model import Document, Segment, content_hash

TEXT = st.text(st.sampled_from("اب ab.\n\r😀\N{ARABIC FATHA}"), max_size=6)


@st.composite
def documents(draw) -> Document:
    """Return a document of segments with anything between them."""
    gaps = draw(st.lists(TEXT, min_size=1, max_size=6))
    text, segments = gaps[0], []
    for number, gap in enumerate(gaps[1:]):
        target = draw(TEXT)
        segments.append(Segment(str(number), target, start=len(text)))
        text += target + gap
    return Document("a.txt", tuple(segments), text)


CORRECTIONS = st.dictionaries(st.sampled_from("0123456"), TEXT)


def between(document: Document) -> list[str]:
    """Return what lies before, between and after the segments."""
    ends = [0, *(segment.end for segment in document.segments)]
    starts = [*(segment.start for segment in document.segments), len(document.text)]
    return [document.text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(documents())
def test_without_corrections_nothing_changes(document):
    assert document.corrected({}) == document.text
    assert document.with_targets({}) == document


@given(documents(), CORRECTIONS)
def test_only_the_corrected_segments_change(document, corrections):
    revised = document.with_targets(corrections)
    assert between(revised) == between(document)
    for before, after in zip(document.segments, revised.segments, strict=True):
        assert after.target == corrections.get(before.id, before.target)
        assert revised.text[after.start : after.end] == after.target
    assert revised.text == document.corrected(corrections)


@given(documents(), CORRECTIONS)
def test_corrections_can_be_taken_back(document, corrections):
    machine = {segment.id: segment.target for segment in document.segments}
    assert document.with_targets(corrections).with_targets(machine) == document


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_texts_have_different_hashes(first, second):
    assert (content_hash(*first) == content_hash(*second)) == (first == second)


def test_a_lone_surrogate_has_a_hash():
    assert content_hash("\ud800") != content_hash("\ud801")
