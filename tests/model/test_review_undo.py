"""What decisions add up to: each undo takes back the last one that stands on its segment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtreview.model import Decision, Document, Review, Segment, Verdict

DOCUMENT = Document("a.txt", (Segment("1", "ا"), Segment("2", "ب", start=2)), "ا ب")


def decision(verdict: Verdict, after: str = "", segment_id: str = "1", **more) -> Decision:
    return Decision(segment_id, verdict, "Sara", "2026-01-01T00:00:00Z", "ا", after, **more)


def review(*decisions: Decision) -> Review:
    return Review(DOCUMENT, (), decisions)


EDIT, ACCEPT, UNDO = decision(Verdict.EDIT, "ج"), decision(Verdict.ACCEPT), decision(Verdict.UNDO)
DISMISS = decision(Verdict.DISMISS_FLAG, flag="abc")


def test_undecided():
    assert review().state("1") is None
    assert review().current_targets() == {}
    assert review().dismissed("1") == frozenset()


def test_an_edit_is_taken_back():
    assert review(EDIT).current_targets() == {"1": "ج"}
    assert review(EDIT, UNDO).current_targets() == {}
    assert review(EDIT, UNDO).state("1") is None


def test_the_edit_before_stands_again():
    assert review(EDIT, decision(Verdict.EDIT, "د"), UNDO).current_targets() == {"1": "ج"}


def test_undo_goes_back_step_by_step():
    assert review(EDIT, ACCEPT, UNDO).state("1") is Verdict.EDIT
    assert review(EDIT, ACCEPT, UNDO, UNDO).state("1") is None


def test_more_undos_than_decisions_do_nothing():
    assert review(UNDO, UNDO, EDIT).current_targets() == {"1": "ج"}


def test_accepting_keeps_the_edit():
    accepted = review(EDIT, ACCEPT)
    assert accepted.state("1") is Verdict.ACCEPT
    assert accepted.current_targets() == {"1": "ج"}


def test_a_comment_or_a_dismissal_does_not_settle_a_segment():
    noted = review(ACCEPT, DISMISS, decision(Verdict.COMMENT, comment="?"))
    assert noted.state("1") is Verdict.ACCEPT
    assert noted.dismissed("1") == {"abc"}


def test_a_dismissal_is_taken_back():
    assert review(DISMISS, UNDO).dismissed("1") == frozenset()


def test_undo_stays_within_its_segment():
    other = decision(Verdict.UNDO, segment_id="2")
    assert review(EDIT, other).current_targets() == {"1": "ج"}


KINDS = st.sampled_from([EDIT, ACCEPT, DISMISS, decision(Verdict.EDIT, "د", "2")])


@given(st.lists(st.one_of(KINDS, st.just(UNDO)), max_size=12), KINDS)
def test_a_decision_and_its_undo_leave_everything_as_it_was(before, added):
    first = review(*before)
    undo = decision(Verdict.UNDO, segment_id=added.segment_id)
    then = first.with_decisions([added, undo])
    assert {k: v for k, v in then.standing().items() if v} == {
        k: v for k, v in first.standing().items() if v
    }
    assert then.current_targets() == first.current_targets()
    assert then.states() == first.states()
    assert then.dismissals() == first.dismissals()
