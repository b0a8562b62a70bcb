"""The routes beside the page, asked as a browser would, without a browser."""

from __future__ import annotations

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mtreview.config import Config
from mtreview.model import (
    Basis,
    Document,
    Flag,
    Reason,
    Role,
    Score,
    Segment,
    SegmentResult,
    Severity,
    Side,
    Token,
    Translation,
    Verdict,
    content_hash,
)
from mtreview.store.repository import ReviewStore
from mtreview.ui import sharing, tokens
from mtreview.ui.rescoring import Rescoring
from mtreview.ui.routes import routes
from mtreview.ui.sharing import SharedPipeline
from mtreview.ui.tokens import Grant, issue

TARGETS = ("😀 حدد الجانبين الخطوة", "قال الوزير نعم", "انتهى الاجتماع")


def result(segment):
    flags = ()
    if "الجانبين" in segment.target:
        start = segment.target.index("الجانبين")
        reason = Reason("the doer is nominative", "الفاعل مرفوع")
        flags = (
            Flag(
                segment.id, Side.TARGET, start, start + 8, "grammar", Severity.MAJOR, reason,
                "dual-after-verb", suggestion="الجانبان", excerpt="الجانبين",
            ),
        )  # fmt: skip
    english = "The two sides 😀 defined the step"
    tokens_ = (Token("sides", -5.0, 8, 13),)
    back = Translation(
        segment.id, english, Role.BACK_TRANSLATION, "e", content_hash(segment.target), tokens_
    )
    quality = Score("quality", 90.0 - 50 * len(flags), "q", Basis.TARGET_ONLY, segment.id)
    return SegmentResult(segment, back, None, (), flags, quality)


@pytest.fixture
def review(monkeypatch, tmp_path):
    monkeypatch.setenv("MTREVIEW_SECRET", "a secret")
    tokens._secret.cache_clear()
    store = ReviewStore.open(f"sqlite:///{tmp_path / 'reviews.db'}")
    starts = [0, len(TARGETS[0]) + 1, len(TARGETS[0]) + len(TARGETS[1]) + 2]
    segments = tuple(
        Segment(str(index + 1), text, start=start, paragraph=index)
        for index, (text, start) in enumerate(zip(TARGETS, starts, strict=True))
    )
    review_id = store.create(Document("a.txt", segments, "\n".join(TARGETS)))
    store.save_results(review_id, [result(segment) for segment in segments])
    rescoring = Rescoring(
        lambda: store, lambda document, places: [result(document.segments[p]) for p in places]
    )
    pipeline = SharedPipeline(Config())
    monkeypatch.setattr(sharing, "store", lambda: store)
    monkeypatch.setattr(sharing, "pipeline", lambda: pipeline)
    monkeypatch.setattr(sharing, "rescoring", lambda: rescoring)
    yield store, review_id
    store.close()
    tokens._secret.cache_clear()


class Browser:
    """Asks like the card of one reviewer."""

    def __init__(self, review_id, reviewer="Amal", language="en"):
        self.client = TestClient(Starlette(routes=routes()), base_url="http://desk")
        self.token = issue(Grant(review_id, reviewer, language))

    def post(self, name, headers=None, **body):
        usual = {"X-MtReview": "1", "Origin": "http://desk"}
        return self.client.post(
            f"/mtreview/api/{name}",
            content=json.dumps({"token": self.token, **body}),
            headers=usual if headers is None else headers,
        )

    def decide(self, segment, verdict, revision=0, key="k", **more):
        event = {"key": key, "segment": segment, "verdict": verdict, "revision": revision}
        event |= {"before": TARGETS[int(segment) - 1], **more}
        return self.post("events", events=[event]).json()["results"][0]


@pytest.fixture
def browser(review):
    return Browser(review[1])


def test_the_queue_comes_worst_first_with_offsets_in_utf_16(browser):
    answer = browser.post("segments", query={}, offset=0, limit=2).json()
    first = answer["segments"][0]
    assert (answer["total"], first["id"]) == (3, "1")
    (flag,) = first["flags"]
    marked = first["target"].encode("utf-16-le")[2 * flag["start"] : 2 * flag["end"]]
    assert marked.decode("utf-16-le") == "الجانبين"
    assert first["back"]["unsure"] == [{"start": 8, "end": 13, "level": 3}]
    progress = browser.post("progress").json()["progress"]
    assert progress["text"].startswith("0 of 1 flagged reviewed; the 1 left")
    assert tokens.verify(answer["token"]).reviewer == "Amal"


def test_reasons_come_in_the_language_of_the_interface(review):
    (segment,) = Browser(review[1], language="ar").post("segments", ids=["1"]).json()["segments"]
    assert segment["flags"][0]["reason"] == "الفاعل مرفوع"


def test_a_broken_surrogate_goes_back_and_forth(review, browser):
    browser.decide("2", "edit", after="قال \ud800 نعم")
    (segment,) = browser.post("segments", ids=["2"]).json()["segments"]
    assert segment["target"] == "قال \ud800 نعم"


def test_a_decision_that_is_sent_twice_is_saved_once(review, browser):
    assert browser.decide("2", "accept")["status"] == "saved"
    assert browser.decide("2", "accept")["status"] == "saved"
    assert [d.verdict for d in review[0].decisions(review[1])] == [Verdict.ACCEPT]


def test_a_stale_revision_brings_the_text_that_stands_and_saves_nothing(review, browser):
    other = Browser(review[1], "Basma")
    assert other.decide("2", "edit", after="قالت الوزيرة", key="b")["status"] == "saved"
    answer = browser.decide("2", "edit", after="قال وزير", key="a")
    assert answer["status"] == "conflict"
    assert answer["current"]["reviewer"] == "Basma"
    assert answer["current"]["after"] == "قالت الوزيرة"
    assert answer["current"]["revision"] == 1
    assert len(review[0].decisions(review[1])) == 1


def test_one_bad_event_does_not_hold_back_the_others(review, browser):
    events = [
        {"key": "1", "segment": "9", "verdict": "accept", "revision": 0, "before": ""},
        {"key": "2", "segment": "2", "verdict": "loved", "revision": 0, "before": ""},
        {"key": "3", "segment": "2", "verdict": "accept", "revision": -1, "before": ""},
        "nonsense",
        {"key": "5", "segment": "3", "verdict": "accept", "revision": 0, "before": TARGETS[2]},
    ]
    results = browser.post("events", events=events).json()["results"]
    by_key = [(each["key"], each["status"]) for each in results]
    assert by_key == [("1", "refused"), ("2", "refused"), ("", "refused"), ("5", "saved")]
    assert all(each["message"] for each in results[:3])


def test_what_was_built_on_a_decision_that_is_not_saved_is_not_saved_either(review, browser):
    Browser(review[1], "Basma").decide("2", "edit", after="قالت الوزيرة", key="b")
    remark = {"key": "1", "segment": "2", "verdict": "comment", "revision": 0, "comment": "why"}
    edit = {"key": "2", "segment": "2", "verdict": "edit", "revision": 1, "after": "قال وزير"}
    elsewhere = {"key": "3", "segment": "3", "verdict": "accept", "revision": 0}
    events = [{**each, "before": "-"} for each in (remark, edit, elsewhere)]
    results = browser.post("events", events=events).json()["results"]
    assert [(each["key"], each["status"]) for each in results] == [
        ("1", "conflict"),
        ("3", "saved"),
    ]
    assert [d.after for d in review[0].decisions(review[1], ["2"])] == ["قالت الوزيرة"]


def test_an_undo_does_not_take_back_what_somebody_else_decided(review, browser):
    browser.decide("2", "accept", key="a")
    Browser(review[1], "Basma").decide("2", "edit", 1, after="قالت الوزيرة", key="b")
    answer = browser.decide("2", "undo", 2, takes_back=1, key="u")
    assert (answer["status"], answer["current"]["reviewer"]) == ("conflict", "Basma")
    assert review[0].load(review[1]).current_targets() == {"2": "قالت الوزيرة"}


def test_a_marked_error_is_stored_in_code_points(review, browser):
    mark = {"start": 3, "end": 6, "category": "mistranslation", "severity": "major"}
    assert browser.decide("1", "mark_error", mark=mark, comment="why")["status"] == "saved"
    (decision,) = review[0].decisions(review[1])
    assert TARGETS[0][decision.mark.start : decision.mark.end] == "حدد"
    (segment,) = browser.post("segments", ids=["1"]).json()["segments"]
    assert segment["marks"][0]["excerpt"] == "حدد"
    assert segment["marks"][0]["comment"] == "why"


@pytest.mark.parametrize(
    "mark",
    [
        None,
        {"start": 0, "end": 1, "category": "nonsense", "severity": "major"},
        {"start": 5, "end": 5, "category": "omission", "severity": "major"},
        {"start": 0, "end": 1, "category": "omission", "severity": "dire"},
    ],
)
def test_a_mark_that_marks_nothing_is_refused(browser, mark):
    assert browser.decide("1", "mark_error", mark=mark)["status"] == "refused"


def test_something_missing_is_marked_where_there_is_no_text(review, browser):
    mark = {"start": 0, "end": 0, "category": "omission", "severity": "major"}
    assert browser.decide("1", "mark_error", before="", mark=mark)["status"] == "saved"
    (decision,) = review[0].decisions(review[1])
    assert (decision.mark.start, decision.mark.end) == (0, 0)


def test_a_text_is_checked_while_it_is_typed_and_nothing_is_stored(review, browser):
    flags = browser.post("recheck", segment="2", text="😀 قال  الوزير").json()["flags"]
    assert {flag["check"] for flag in flags} == {"double-space"}
    assert flags[0]["start"] == 6
    assert review[0].decisions(review[1]) == []


def test_an_edit_brings_fresh_results_in_the_background(review, browser):
    after = "😀 حدد الجانبان الخطوة"
    assert browser.decide("1", "edit", after=after)["status"] == "saved"
    for _ in range(500):
        (segment,) = browser.post("segments", ids=["1"]).json()["segments"]
        if not segment["stale"]:
            break
    assert segment["target"] == after
    assert segment["machine"] == TARGETS[0]
    assert segment["flags"] == []
    assert segment["before"] == {"quality": 40.0}
    assert segment["quality"]["value"] == 90.0


def test_a_pattern_that_is_never_an_error_is_dismissed_and_restored(review, browser):
    store, review_id = review
    (segment,) = browser.post("segments", ids=["1"]).json()["segments"]
    flag = segment["flags"][0]
    pattern = {"check": flag["check"], "excerpt": flag["excerpt"]}
    browser.decide("1", "dismiss_flag", flag=flag["id"], everywhere=True, pattern=pattern)
    assert store.dismissed_patterns(review_id) == {("dual-after-verb", "الجانبين")}
    (segment,) = browser.post("segments", ids=["1"]).json()["segments"]
    assert segment["flags"][0]["dismissed"]
    browser.decide("1", "undo", revision=1, key="u", everywhere=True, pattern=pattern)
    (segment,) = browser.post("segments", ids=["1"]).json()["segments"]
    assert not segment["flags"][0]["dismissed"]


def test_a_claimed_segment_says_who_is_at_it(review, browser):
    assert browser.post("claim", segment="1").json()["claimed_by"] is None
    other = Browser(review[1], "Basma")
    assert other.post("claim", segment="1").json()["claimed_by"] == "Amal"
    (segment,) = other.post("segments", ids=["1"]).json()["segments"]
    assert segment["claimed_by"] == "Amal"
    browser.post("claim", segment="2", leave="1")
    assert other.post("claim", segment="1").json()["claimed_by"] is None


def test_the_article_around_a_segment_is_in_the_order_of_the_document(browser):
    answer = browser.post("context", segment="2").json()
    assert [line["target"] for line in answer["lines"]] == list(TARGETS)
    assert answer["whole"]
    assert [line["flagged"] for line in answer["lines"]] == [True, False, False]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-MtReview": "1", "Origin": "http://elsewhere"},
        {"X-MtReview": "1", "Origin": "http://desk", "Sec-Fetch-Site": "cross-site"},
        {"X-MtReview": "1", "Origin": "null"},
        {"Origin": "http://desk"},
    ],
)
def test_a_request_from_elsewhere_is_refused(browser, headers):
    assert browser.post("claim", headers, segment="1").status_code == 403


@pytest.mark.parametrize(
    ("content", "status"), [(b"{", 400), (b"[]", 400), (b"{}", 401), (b'{"token": "x"}', 401)]
)
def test_a_malformed_request_is_refused(browser, content, status):
    headers = {"X-MtReview": "1", "Origin": "http://desk"}
    answer = browser.client.post("/mtreview/api/claim", content=content, headers=headers)
    assert answer.status_code == status
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("claim", {}),
        ("claim", {"segment": 7}),
        ("claim", {"segment": "no such"}),
        ("context", {"segment": "no such"}),
        ("recheck", {"segment": "1"}),
        ("recheck", {"segment": "1", "text": "x" * 100_001}),
        ("events", {}),
        ("segments", {"query": {}, "offset": -1, "limit": 5}),
        ("segments", {"query": {"severity": "dire"}, "offset": 0, "limit": 5}),
        ("segments", {"query": {"order": "random"}, "offset": 0, "limit": 5}),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_with_one_line(browser, name, body):
    answer = browser.post(name, **body)
    assert answer.status_code == 400
    assert "\n" not in answer.json()["message"]


def test_files_of_the_card_are_served_and_nothing_else(browser):
    from mtreview.ui import assets

    path = f"/mtreview/assets/{assets.version()}"
    answer = browser.client.get(f"{path}/card/main.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    for name in ("../routes.py", "card/../routes.py", "fonts/OFL.txt", "nothing.js"):
        assert browser.client.get(f"{path}/{name}").status_code == 404
