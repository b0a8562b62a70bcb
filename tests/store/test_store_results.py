import math

import pytest

from mtreview.errors import StoreError
from mtreview.model import Basis, Document, Score, Segment, SegmentKind, SegmentResult, Verdict


@pytest.fixture
def review(store, make):
    return store.create(make.document("قال الوزير", "كتب الصحفي", "ذهب"))


def test_what_was_saved_comes_back_in_the_order_of_the_document(store, make, review):
    first, second, third = store.document(review).segments
    saved = [make.result(third, 10.0), make.result(first, 90.0, make.flag("s0"))]
    store.save_results(review, saved)
    assert store.results(review) == saved[::-1]
    assert store.results(review, ["s2", "s1"]) == [saved[0]]
    assert store.unscored(review) == [second.id]
    assert store.load(review).results == tuple(saved[::-1])


def test_a_score_that_is_not_a_number_stays_so_and_counts_as_scored(store, make, review):
    segment = store.document(review).segments[0]
    quality = Score.unscored("quality", "q:1", Basis.TARGET_ONLY, "no letters", "s0")
    unscored = SegmentResult(segment, None, None, (), (make.flag("s0"),), quality)
    store.save_results(review, [unscored])
    assert store.results(review) == [unscored]
    row = store.queue(review).rows[0]
    assert math.isnan(row.quality)
    assert row.risk == 5.0
    assert "s0" not in store.unscored(review)


def test_saving_again_takes_the_place_of_what_was_there(store, make, review):
    segment = store.document(review).segments[0]
    store.save_results(review, [make.result(segment, 10.0, make.flag("s0"), make.flag("s0"))])
    again = make.result(segment, 70.0, make.flag("s0", check="calque"))
    store.save_results(review, [again])
    assert store.results(review) == [again]
    row = store.queue(review).rows[0]
    assert (row.quality, row.flags, row.checks) == (70.0, 1, ("calque",))


def test_a_segment_of_another_review_is_refused_and_the_batch_is_not_stored(store, make, review):
    segment = store.document(review).segments[0]
    with pytest.raises(StoreError, match="no segment 'elsewhere'"):
        store.save_results(review, [make.result(segment), make.result(Segment("elsewhere", "x"))])
    assert store.results(review) == []


def test_an_edit_makes_the_result_stale_until_the_new_text_is_scored(store, make, review):
    segment = store.document(review).segments[0]
    machine = make.result(segment, 20.0, make.flag("s0"))
    store.save_results(review, [machine])
    store.decide(review, make.decision("s0", Verdict.EDIT, "قال الوزير", "صرح الوزير"))

    assert "s0" in store.unscored(review)
    assert store.queue(review).rows[0].is_stale
    assert store.results(review, ["s0"]) == [machine]
    [current] = store.segments(review, ["s0"])
    assert current.target == "صرح الوزير"

    edited = make.result(current, 95.0)
    store.save_results(review, [edited])
    assert "s0" not in store.unscored(review)
    assert store.results(review, ["s0"]) == [edited]
    assert store.results(review, ["s0"], as_it_came=True) == [machine]
    [row] = [row for row in store.queue(review).rows if row.segment_id == "s0"]
    assert (row.quality, row.flags, row.is_edited, row.is_stale) == (95.0, 0, True, False)


def test_undoing_an_edit_brings_the_machine_result_back(store, make, review):
    segment = store.document(review).segments[0]
    machine = make.result(segment, 20.0, make.flag("s0"))
    store.save_results(review, [machine])
    store.decide(review, make.decision("s0", Verdict.EDIT, "قال الوزير", "صرح الوزير"))
    store.save_results(review, [make.result(store.segments(review, ["s0"])[0], 95.0)])
    undone = store.decide(review, make.decision("s0", Verdict.UNDO))

    assert (undone.before, undone.after) == ("صرح الوزير", "قال الوزير")
    assert store.segments(review, ["s0"]) == [segment]
    assert store.results(review, ["s0"]) == [machine]
    row = store.queue(review).rows[0]
    assert (row.quality, row.flags, row.is_edited, row.is_stale) == (20.0, 1, False, False)


def test_a_result_of_text_that_was_edited_meanwhile_does_no_harm(store, make, review):
    segment = store.document(review).segments[0]
    store.decide(review, make.decision("s0", Verdict.EDIT, "قال الوزير", "صرح الوزير"))
    edited = make.result(store.segments(review, ["s0"])[0], 95.0)
    store.save_results(review, [edited])
    late = make.result(segment, 20.0, make.flag("s0"))
    store.save_results(review, [late])
    assert store.results(review, ["s0"]) == [edited]
    assert store.queue(review).rows[0].quality == 95.0
    assert store.results(review, ["s0"], as_it_came=True) == [late]


def test_other_settings_make_all_results_stale_and_keep_decisions(store, make, review):
    segments = store.document(review).segments
    store.save_results(review, [make.result(segment, 50.0) for segment in segments])
    store.decide(review, make.decision("s1", Verdict.EDIT, "كتب الصحفي", "كتبت الصحفية"))
    store.save_results(review, [make.result(store.segments(review, ["s1"])[0], 60.0)])
    store.renew(review, "another engine")

    assert store.unscored(review) == ["s0", "s1", "s2"]
    assert len(store.results(review)) == 3
    assert store.reviews()[0].settings == "another engine"
    assert len(store.decisions(review)) == 1

    store.save_results(review, [make.result(segment) for segment in store.segments(review)])
    assert store.unscored(review) == []
    # The machine's text of s1 was scored by the earlier settings only.
    store.decide(review, make.decision("s1", Verdict.UNDO))
    assert store.unscored(review) == ["s1"]


def test_the_quality_of_boilerplate_is_not_held_against_it(store, make):
    segments = (Segment("a", "شارك", kind=SegmentKind.BOILERPLATE), Segment("b", "قال", start=5))
    review = store.create(Document("a.txt", segments, "شارك قال"))
    store.save_results(review, [make.result(segments[0], 1.0), make.result(segments[1], 60.0)])
    assert [(row.segment_id, row.risk) for row in store.queue(review).rows] == [
        ("b", 40.0),
        ("a", 0.0),
    ]


def test_a_batch_may_be_larger_than_a_statement(store, make):
    count = 5_100
    review = store.create(make.document(*(f"قال {number}" for number in range(count))))
    segments = store.document(review).segments
    store.save_results(review, [make.result(segment) for segment in segments])
    assert store.unscored(review) == []
    assert len(store.results(review)) == count
    store.cache({str(number): "" for number in range(count)})
    assert len(store.cached([str(number) for number in range(count + 1)])) == count
