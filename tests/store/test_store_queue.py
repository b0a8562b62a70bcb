import pytest

from mtreview.errors import StoreError
from mtreview.model import Document, Segment, SegmentKind, Severity, Verdict
from mtreview.store.values import QueueFilter


@pytest.fixture
def review(store, make):
    """Five segments, of which s4 is not scored; by risk: s2, s0, s1, s3, s4."""
    segments = (
        Segment("s0", "قالَ الوزيرُ", "The Minister said", kind=SegmentKind.HEADLINE),
        Segment("s1", "أعلنت إسطنبول", start=13),
        Segment("s2", "بلغت النسبة 50%", start=28),
        Segment("s3", "انتهى", start=45),
        Segment("s4", "لم يُقيَّم", start=52),
    )
    document = Document("a.txt", segments, "\n".join(s.target for s in segments))
    review = store.create(document)
    calque = make.flag("s2", "calque", Severity.CRITICAL, "بلغت")
    store.save_results(
        review,
        [
            make.result(segments[0], 60.0, make.flag("s0")),
            make.result(segments[1], 70.0, english="Istanbul announced"),
            make.result(segments[2], 50.0, calque, make.flag("s2", severity=Severity.MINOR)),
            make.result(segments[3], 95.0),
        ],
    )
    return review


def ids(page):
    return " ".join(row.segment_id for row in page.rows)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("worst", "s2 s0 s1 s3 s4"),
        ("best", "s4 s3 s1 s0 s2"),
        ("quality", "s2 s0 s1 s3 s4"),
        ("document", "s0 s1 s2 s3 s4"),
    ],
)
def test_orders(store, review, order, expected):
    assert ids(store.queue(review, order=order)) == expected


def test_an_unknown_order_is_refused_with_the_known_ones(store, review):
    with pytest.raises(StoreError, match=r"no order 'random'\. Use worst, best, document, quality"):
        store.queue(review, order="random")


def test_a_row_tells_all_that_the_list_shows(store, review):
    row = store.queue(review).rows[0]
    assert (row.segment_id, row.position, row.kind) == ("s2", 2, SegmentKind.BODY)
    assert (row.quality, row.risk, row.flags) == (50.0, 76.0, 2)
    assert (row.severity, row.checks) == (Severity.CRITICAL, ("calque", "repeated-word"))
    assert (row.state, row.revision, row.is_edited, row.is_stale) == (None, 0, False, False)
    assert row.excerpt == "بلغت النسبة 50%"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (QueueFilter(checks=("calque",)), "s2"),
        (QueueFilter(checks=("repeated-word", "calque")), "s2 s0"),
        (QueueFilter(severity=Severity.MAJOR), "s2 s0"),
        (QueueFilter(severity=Severity.CRITICAL), "s2"),
        (QueueFilter(minimum_quality=60.0), "s0 s1 s3"),
        (QueueFilter(maximum_quality=60.0), "s2 s0"),
        (QueueFilter(kinds=(SegmentKind.HEADLINE,)), "s0"),
        (QueueFilter(flagged=True), "s2 s0"),
        (QueueFilter(flagged=False), "s1 s3 s4"),
        (QueueFilter(stale=True), "s4"),
        (QueueFilter(stale=False), "s2 s0 s1 s3"),
        (QueueFilter(states=(Verdict.ACCEPT,)), "s1"),
        (QueueFilter(states=(None,)), "s2 s0 s3 s4"),
        (QueueFilter(states=(None, Verdict.ACCEPT)), "s2 s0 s1 s3 s4"),
        (QueueFilter(text="قال الوزير"), "s0"),
        (QueueFilter(text="اعلنت اسطنبول"), "s1"),
        (QueueFilter(text="istanbul"), "s1"),
        (QueueFilter(text="MINISTER said"), "s2 s0 s3"),
        (QueueFilter(text="the minister said\n"), "s2 s0 s3"),
        (QueueFilter(text="50%"), "s2"),
        (QueueFilter(text="5%0"), ""),
        (QueueFilter(text="%"), "s2"),
        (QueueFilter(text="_"), ""),
        (QueueFilter(text="\\"), ""),
        (QueueFilter(flagged=True, maximum_quality=55.0, text="النسبة"), "s2"),
    ],
)
def test_filters(store, make, review, filters, expected):
    store.decide(review, make.decision("s1", before="أعلنت إسطنبول"))
    page = store.queue(review, filters=filters)
    assert ids(page) == expected
    assert page.total == len(expected.split())


def test_pages_join_to_the_whole(store, review):
    whole = store.queue(review).rows
    pages = [store.queue(review, offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    assert sum((page.rows for page in pages), ()) == whole
    assert {page.total for page in pages} == {5}


def test_search_finds_what_was_edited_and_no_longer_what_was_there(store, make, review):
    store.decide(review, make.decision("s0", Verdict.EDIT, "قالَ الوزيرُ", "صرّح الوزير"))
    assert ids(store.queue(review, filters=QueueFilter(text="صرح"))) == "s0"
    assert ids(store.queue(review, filters=QueueFilter(text="قال"))) == ""


def test_check_counts_follow_the_filter(store, review):
    assert store.check_counts(review) == {"repeated-word": 2, "calque": 1}
    headline = QueueFilter(kinds=(SegmentKind.HEADLINE,))
    assert store.check_counts(review, headline) == {"repeated-word": 1}


def test_a_dismissed_flag_no_longer_counts_until_it_is_undone(store, make, review):
    calque = store.results(review, ["s2"])[0].flags[0].fingerprint
    store.decide(review, make.decision("s2", Verdict.DISMISS_FLAG, flag=calque))
    row = store.queue(review).rows[0]
    assert (row.segment_id, row.flags, row.checks, row.risk) == ("s2", 1, ("repeated-word",), 51.0)
    assert store.queue(review, filters=QueueFilter(checks=("calque",))).total == 0
    store.decide(review, make.decision("s2", Verdict.UNDO))
    row = store.queue(review).rows[0]
    assert (row.segment_id, row.flags, row.risk) == ("s2", 2, 76.0)


def test_a_dismissal_stays_when_the_segment_is_scored_again(store, make, review):
    [scored] = store.results(review, ["s2"])
    fingerprint = scored.flags[0].fingerprint
    store.decide(review, make.decision("s2", Verdict.DISMISS_FLAG, flag=fingerprint))
    store.save_results(review, [scored])
    assert store.queue(review, filters=QueueFilter(checks=("calque",))).total == 0


def test_a_pattern_dismissed_everywhere_stays_dismissed_in_later_runs(store, make, review):
    store.dismiss_pattern(None, "repeated-word", "قال", "mona")
    store.dismiss_pattern(None, "repeated-word", "قال", "omar")
    assert store.dismissed_patterns() == {("repeated-word", "قال")}
    assert ids(store.queue(review, filters=QueueFilter(flagged=True))) == "s2"

    other = store.create(make.document("قال قال"))
    segment = store.document(other).segments[0]
    store.save_results(other, [make.result(segment, 60.0, make.flag("s0"))])
    assert store.queue(other).rows[0].flags == 0

    store.restore_pattern(None, "repeated-word", "قال")
    assert store.dismissed_patterns(review) == set()
    assert ids(store.queue(review, filters=QueueFilter(flagged=True))) == "s2 s0"
    assert store.queue(other).rows[0].flags == 1


def test_a_pattern_dismissed_in_a_review_holds_there_only(store, make, review):
    other = store.create(make.document("قال قال"))
    segment = store.document(other).segments[0]
    store.save_results(other, [make.result(segment, 60.0, make.flag("s0"))])
    store.dismiss_pattern(review, "repeated-word", "قال", "mona")
    assert store.dismissed_patterns(review) == {("repeated-word", "قال")}
    assert store.dismissed_patterns(other) == store.dismissed_patterns() == set()
    assert store.queue(other).rows[0].flags == 1
    assert store.check_counts(review) == {"calque": 1}


def test_progress_counts_flagged_segments_days_and_what_is_left(store, make, review):
    before = store.progress(review)
    assert (before.segments, before.scored, before.flagged) == (5, 4, 2)
    assert (before.flagged_decided, before.decided, before.share_left) == (0, 0, 1.0)

    store.decide(review, make.decision("s2", Verdict.EDIT, "بلغت النسبة 50%", "وصلت إلى 50%"))
    store.save_results(review, [make.result(store.segments(review, ["s2"])[0], 99.0)])
    store.decide(review, make.decision("s3"))
    store.decide(review, make.decision("s4", Verdict.SKIP))
    after = store.progress(review)
    assert (after.flagged, after.flagged_decided, after.decided) == (2, 1, 2)
    assert after.verdicts == {Verdict.EDIT: 1, Verdict.ACCEPT: 1, Verdict.SKIP: 1}
    assert after.days == {"2026-11-24": after.verdicts}
    # 26 of the 31 penalty points are dealt with, the 5 of s0 are left.
    assert after.share_left == pytest.approx(5 / 31)


def test_claims_are_for_one_and_end(store, review, monkeypatch):
    assert store.claim(review, "s0", "mona") is None
    assert store.claim(review, "s0", "mona") is None
    assert store.claim(review, "s0", "omar") == "mona"
    store.release(review, "s0", "omar")
    assert store.claims_of_others(review, "omar") == {"s0": "mona"}
    assert store.claims_of_others(review, "mona") == {}
    store.release(review, "s0", "mona")
    assert store.claim(review, "s0", "omar", minutes=5) is None

    import time

    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert store.claims_of_others(review, "mona") == {}
    assert store.claim(review, "s0", "mona") is None


def test_the_cache_keeps_the_later_value(store):
    store.cache({"a": "1", "b": "قال"})
    store.cache({"a": "2"})
    assert store.cached(["a", "b", "c"]) == {"a": "2", "b": "قال"}
    assert store.cached([]) == {}
