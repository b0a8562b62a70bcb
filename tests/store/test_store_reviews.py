import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtreview.errors import StoreError
from mtreview.model import Document, Segment, SegmentKind
from mtreview.store.repository import ReviewStore

# Lone surrogates and NUL among them: a broken file must come back as broken as it was.
any_text = st.text(st.characters(exclude_categories=()), max_size=8)
optional_text = st.none() | any_text


@st.composite
def documents(draw):
    ids = draw(st.lists(any_text, unique=True, max_size=4))
    segments = tuple(
        Segment(
            identifier,
            draw(any_text),
            draw(optional_text),
            draw(optional_text),
            draw(st.sampled_from(SegmentKind)),
            draw(st.integers(0, 2**31 - 1)),
            draw(st.integers(0, 2**31 - 1)),
            tuple(draw(st.lists(any_text, max_size=2))),
            tuple(draw(st.lists(st.tuples(any_text, any_text), max_size=2))),
        )
        for identifier in ids
    )
    return Document(
        draw(any_text), segments, draw(any_text), "en", "ar", "delimited", draw(any_text)
    )


@pytest.fixture(scope="module")
def memory_store():
    with ReviewStore.open("sqlite://") as store:
        yield store


@settings(max_examples=60, deadline=None)
@given(document=documents())
def test_a_document_comes_back_exactly(memory_store, document):
    assert memory_store.document(memory_store.create(document)) == document


def test_a_document_with_unstorable_characters_comes_back_exactly(store):
    document = Document("a\x00b", (Segment("\x10\ud800", "\udfff\x00", "\x100000"),), "\x00\x10")
    review = store.create(document)
    assert store.document(review) == document
    assert store.segments(review, ["\x10\ud800"]) == list(document.segments)


def test_the_id_is_short_and_fit_for_urls_and_command_lines(store, make):
    assert re.fullmatch("[a-z0-9]{10}", store.create(make.document("قال")))


def test_reviews_are_listed_the_newest_first_with_their_counts(store, make):
    first = store.create(make.document("قال", "كتب"), project="elections")
    second = store.create(make.document("ذهب"), name="Second", settings="beam 5")
    segments = store.document(first).segments
    store.save_results(first, [make.result(segments[0], 40.0, make.flag("s0"))])
    store.decide(first, make.decision("s0", before="قال"))
    newest, oldest = store.reviews()
    assert (newest.id, newest.name, newest.settings) == (second, "Second", "beam 5")
    assert (newest.segments, newest.scored, newest.flagged, newest.decided) == (1, 0, 0, 0)
    assert (oldest.id, oldest.name, oldest.project) == (first, "article.txt", "elections")
    assert (oldest.segments, oldest.scored, oldest.flagged, oldest.decided) == (2, 1, 1, 1)


def test_an_empty_document_is_a_review_too(store, make):
    review = store.create(make.document())
    assert store.reviews()[0].segments == 0
    assert store.queue(review).total == 0
    assert store.load(review).results == ()


def test_find_takes_id_beginning_name_and_file_name(store, make):
    old = store.create(make.document("قال"))
    new = store.create(make.document("قال"))
    named = store.create(make.document("قال"), name="Talks")
    assert store.find(old) == old
    assert store.find(old[:9]) == old
    assert store.find("Talks") == named
    assert store.find("folder/article.txt") == named
    assert store.find("article.txt") == new


def test_find_names_what_is_called_alike(store, make):
    store.create(make.document("قال"), name="istanbul-talks")
    with pytest.raises(StoreError, match=r"no review 'istambul-talks'\. Known are istanbul-talks"):
        store.find("istambul-talks")


def test_find_in_an_empty_store_says_so(store):
    with pytest.raises(StoreError, match="Nothing has been reviewed yet"):
        store.find("")


def test_repeated_segment_ids_are_refused_and_nothing_is_stored(store):
    document = Document("a.csv", (Segment("7", "قال"), Segment("7", "كتب")), "")
    with pytest.raises(StoreError, match=r"a\.csv: two segments have the id '7'"):
        store.create(document)
    assert store.reviews() == []


def test_delete_leaves_nothing_and_spares_other_reviews(store, make):
    kept, dropped = (store.create(make.document("قال", "كتب")) for _ in range(2))
    for review in (kept, dropped):
        segment = store.document(review).segments[0]
        store.save_results(review, [make.result(segment, 10.0, make.flag("s0"))])
        store.decide(review, make.decision("s0", before="قال"))
        store.claim(review, "s1", "mona")
        store.dismiss_pattern(review, "repeated-word", "كتب", "mona")
    store.delete(dropped)
    assert [summary.id for summary in store.reviews()] == [kept]
    assert len(store.results(kept)) == len(store.decisions(kept)) == 1
    assert store.dismissed_patterns(dropped) == set()


@pytest.mark.parametrize(
    "call",
    [
        lambda store, make: store.delete("x"),
        lambda store, make: store.document("x"),
        lambda store, make: store.segments("x"),
        lambda store, make: store.unscored("x"),
        lambda store, make: store.save_results("x", []),
        lambda store, make: store.results("x"),
        lambda store, make: store.decisions("x"),
        lambda store, make: store.decide("x", make.decision("s0")),
        lambda store, make: store.load("x"),
        lambda store, make: store.renew("x", ""),
        lambda store, make: store.queue("x"),
        lambda store, make: store.check_counts("x"),
        lambda store, make: store.progress("x"),
        lambda store, make: store.claim("x", "s0", "mona"),
        lambda store, make: store.dismiss_pattern("x", "check", "قال", "mona"),
    ],
)
def test_an_unknown_review_is_a_store_error(store, make, call):
    with pytest.raises(StoreError, match=r"the review 'x'|no review 'x'"):
        call(store, make)
