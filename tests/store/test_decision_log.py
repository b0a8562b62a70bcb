import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtreview.errors import ConflictError, StoreError
from mtreview.model import Document, Mark, Review, Segment, Severity, Verdict
from mtreview.store.repository import ReviewStore


@pytest.fixture
def review(store, make):
    return store.create(make.document("قال الوزير", "كتب الصحفي"))


def test_decisions_are_numbered_within_their_segment_and_kept_in_order(store, make, review):
    mark = Mark(0, 3, "grammar", Severity.MINOR)
    sent = [
        make.decision("s0", before="قال الوزير"),
        make.decision("s1", Verdict.REJECT, "كتب الصحفي", comment="ليس هذا"),
        make.decision("s0", Verdict.MARK_ERROR, "قال الوزير", mark=mark),
    ]
    stored = [store.decide(review, decision) for decision in sent]
    assert [decision.revision for decision in stored] == [1, 1, 2]
    assert stored[2].mark == mark
    assert store.decisions(review) == stored
    assert store.decisions(review, ["s0"]) == [stored[0], stored[2]]


def test_a_decision_on_what_somebody_changed_is_refused(store, make, review):
    first = store.decide(review, make.decision("s0", reviewer="omar"), expected_revision=0)
    with pytest.raises(ConflictError, match="omar decided on the segment 's0' meanwhile") as caught:
        store.decide(review, make.decision("s0", Verdict.REJECT), expected_revision=0)
    assert caught.value.current == first
    assert store.decisions(review) == [first]
    assert store.decide(review, make.decision("s0"), expected_revision=1).revision == 2


def test_an_undo_takes_back_the_decision_it_is_meant_for_or_none(store, make, review):
    store.decide(review, make.decision("s0"))
    store.decide(review, make.decision("s0", Verdict.EDIT, after="قالت", reviewer="omar"))
    undo = make.decision("s0", Verdict.UNDO)
    with pytest.raises(ConflictError, match="omar decided"):
        store.decide(review, undo, expected_revision=2, takes_back=1)
    assert store.decide(review, undo, expected_revision=2, takes_back=2).revision == 3
    assert store.decide(review, undo, expected_revision=3, takes_back=1).revision == 4
    with pytest.raises(ConflictError):
        store.decide(review, undo, expected_revision=4, takes_back=1)
    assert store.load(review).standing() == {"s0": []}


def test_a_revision_that_never_was_is_a_conflict_too(store, make, review):
    with pytest.raises(ConflictError) as caught:
        store.decide(review, make.decision("s0"), expected_revision=3)
    assert caught.value.current is None


def test_a_decision_that_is_sent_again_is_stored_once(store, make, review):
    decision = make.decision("s0")
    first = store.decide(review, decision, expected_revision=0, key="tab-1:1")
    assert store.decide(review, decision, expected_revision=0, key="tab-1:1") == first
    assert store.decisions(review) == [first]


def test_a_key_names_one_decision(store, make, review):
    store.decide(review, make.decision("s0"), key="tab-1:1")
    with pytest.raises(StoreError, match="belongs to a decision on another segment"):
        store.decide(review, make.decision("s1"), key="tab-1:1")
    other = store.create(make.document("قال الوزير"))
    assert store.decide(other, make.decision("s0"), key="tab-1:1").revision == 1


def test_an_unknown_segment_is_refused(store, make, review):
    with pytest.raises(StoreError, match="has no segment 'nowhere'"):
        store.decide(review, make.decision("nowhere"))


def test_no_decision_can_be_changed(store, make, review):
    store.decide(review, make.decision("s0"))
    with (
        pytest.raises(StoreError, match="decisions are only appended"),
        store._database.writing() as connection,
    ):
        connection.exec_driver_sql("UPDATE decisions SET reviewer = 'nobody'")
    assert store.decisions(review)[0].reviewer == "mona"


def test_an_undo_with_nothing_to_undo_changes_nothing(store, make, review):
    undo = store.decide(review, make.decision("s0", Verdict.UNDO))
    assert (undo.revision, undo.before, undo.after) == (1, "قال الوزير", "قال الوزير")
    row = store.queue(review, order="document").rows[0]
    assert (row.state, row.revision, row.is_edited) == (None, 1, False)


TARGETS = {"s0": "قال", "s1": "كتب"}
SEGMENTS = tuple(Segment(name, text, start=4 * n) for n, (name, text) in enumerate(TARGETS.items()))
actions = st.lists(
    st.tuples(
        st.sampled_from(sorted(TARGETS)),
        st.sampled_from(Verdict),
        st.sampled_from(["قال", "كتب", "صرح", ""]),
        st.sampled_from(["calque", "repeated-word"]),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def memory_store():
    with ReviewStore.open("sqlite://") as store:
        yield store


@settings(max_examples=60, deadline=None)
@given(taken=actions)
def test_what_stands_in_the_store_is_what_stands_in_the_model(memory_store, make, taken):
    store = memory_store
    document = Document("a.txt", SEGMENTS, "قال\nكتب")
    review = store.create(document)
    results = [
        make.result(s, 50.0, make.flag(s.id, "calque"), make.flag(s.id, "repeated-word"))
        for s in SEGMENTS
    ]
    store.save_results(review, results)
    fingerprints = {flag.check: flag.fingerprint for flag in results[0].flags}
    model = Review(document, tuple(results))
    for segment_id, verdict, text, check in taken:
        before = model.current_targets().get(segment_id, TARGETS[segment_id])
        dismissed = fingerprints[check] if verdict is Verdict.DISMISS_FLAG else None
        after = text if verdict is Verdict.EDIT else before
        decision = make.decision(segment_id, verdict, before, after, flag=dismissed)
        stored = store.decide(review, decision)
        model = model.with_decisions([stored])

        current = model.current_targets().get(segment_id, TARGETS[segment_id])
        if verdict in (Verdict.EDIT, Verdict.UNDO):
            assert (stored.before, stored.after) == (before, current)
    assert store.load(review).decisions == model.decisions
    for row, segment in zip(
        store.queue(review, order="document").rows, store.segments(review), strict=True
    ):
        assert segment.target == model.current_targets().get(segment.id, TARGETS[segment.id])
        assert row.state == model.state(segment.id)
        assert row.excerpt == segment.target
        assert row.is_edited == row.is_stale == (segment.target != TARGETS[segment.id])
        dismissed = model.dismissed(segment.id)
        assert row.flags == 2 - len(dismissed)
        assert set(row.checks) == {c for c, f in fingerprints.items() if f not in dismissed}
    store.delete(review)
