"""What lowered a score is told in the language of the interface, and no cause is lost."""

from __future__ import annotations

from mtreview.metrics.estimate import SIGNALS, estimate
from mtreview.model import Flag, Reason, Severity, Side
from mtreview.ui.causes import Cause, causes
from mtreview.ui.strings import Strings

REASON = Reason("doer in the wrong case; the nominative is الجانبان", "الفاعل مرفوع")
FLAG = Flag("1", Side.TARGET, 0, 8, "grammar", Severity.MAJOR, REASON, "dual-after-verb")


EXPLANATION = "; ".join(
    f"{what} (-{points})"
    for points, what in ((12, SIGNALS[0].when_low), (9, SIGNALS[1].when_low), (8, REASON.english))
)


def test_every_cause_is_found_in_the_explanation_and_told_in_arabic():
    english = causes(EXPLANATION, [FLAG], Strings("en"))
    assert english[0] == Cause(SIGNALS[0].when_low, "-12")
    assert english[-1] == Cause(REASON.english, "-8")
    arabic = causes(EXPLANATION, [FLAG], Strings("ar"))
    assert arabic[-1] == Cause(REASON.arabic, "-8")
    assert [cause.points for cause in arabic] == [cause.points for cause in english]
    assert not any(letter in "abcdefgh" for cause in arabic for letter in cause.what)


def test_every_signal_has_words_in_arabic():
    assert [s.metric for s in SIGNALS if not Strings("ar").get("cause", s.metric, "")] == []


def test_the_sentences_of_unscored_segments_are_known():
    why = estimate("1", {}, []).explanation
    assert causes(why, [], Strings("ar")) == [Cause(Strings("ar").text("cause.no_signal"))]


def test_what_is_not_known_stays_as_it_is():
    assert causes("", [], Strings("ar")) == []
    assert causes("by hand (-10) and more", [], Strings("ar")) == [Cause("by hand (-10) and more")]
