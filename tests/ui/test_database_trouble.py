"""A database that is away for a while loses nothing: what it did not take is asked for again."""

from __future__ import annotations

import pytest

from mtreview.errors import StoreError
from mtreview.model import Document, Segment, Verdict
from mtreview.store.repository import ReviewStore
from mtreview.ui import handlers, sharing
from mtreview.ui.tokens import Grant


@pytest.fixture
def store(monkeypatch, tmp_path):
    with ReviewStore.open(f"sqlite:///{tmp_path / 'reviews.db'}") as store:
        monkeypatch.setattr(sharing, "store", lambda: store)
        yield store


def test_decisions_after_a_failure_of_the_database_stay_unanswered_and_in_order(store, monkeypatch):
    segments = tuple(Segment(str(n), "نص", start=3 * n, paragraph=n) for n in range(3))
    review = store.create(Document("a.txt", segments, "نص\nنص\nنص"))
    events = [
        {"key": f"k{n}", "segment": str(n), "verdict": "accept", "revision": 0, "before": "نص"}
        for n in range(3)
    ]
    decide = store.decide

    def away(review_id, decision, **more):
        if decision.segment_id != "1":
            return decide(review_id, decision, **more)
        try:
            raise OSError("disk I/O error")
        except OSError as error:
            raise StoreError("the database refused") from error

    grant = Grant(review, "Amal", "en")
    monkeypatch.setattr(store, "decide", away)
    answer = handlers.events(grant, {"events": events})
    assert [(r["key"], r["status"]) for r in answer["results"]] == [("k0", "saved")]
    monkeypatch.setattr(store, "decide", decide)
    answer = handlers.events(grant, {"events": events})
    assert [r["status"] for r in answer["results"]] == ["saved"] * 3
    taken = [(d.segment_id, d.verdict) for d in store.decisions(review)]
    assert taken == [(str(n), Verdict.ACCEPT) for n in range(3)]


def test_a_decision_that_is_wrong_in_itself_is_refused_and_does_not_hold_up_the_others(store):
    review = store.create(Document("a.txt", (Segment("0", "نص"),), "نص"))
    events = [
        {"key": "a", "segment": "9", "verdict": "accept", "revision": 0, "before": "نص"},
        {"key": "b", "segment": "0", "verdict": "accept", "revision": 0, "before": "نص"},
    ]
    answer = handlers.events(Grant(review, "Amal", "en"), {"events": events})
    assert [r["status"] for r in answer["results"]] == ["refused", "saved"]
