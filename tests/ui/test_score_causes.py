"""What lowered a score is told in the language of the interface, and no cause is lost."""

from __future__ import annotations

from mtreview.metrics.estimate import SIGNALS, estimate
from mtreview.model import Basis, Flag, Reason, Score, Severity, Side
from mtreview.ui.causes import Cause, causes
from mtreview.ui.strings import Strings

REASON = Reason("doer in the wrong case; the nominative is الجانبان", "الفاعل مرفوع")
FLAG = Flag("1", Side.TARGET, 0, 8, "grammar", Severity.MAJOR, REASON, "dual-after-verb")


def explanation() -> str:
    """Return what the estimate says of a segment whose signals are poor and that has a flag."""
    scores = {
        signal.metric: Score(signal.metric, signal.poor, "s", Basis.ROUND_TRIP, "1")
        for signal in SIGNALS
        if signal.metric in ("confidence", "forced")
    }
    return estimate("1", scores, [FLAG]).explanation


def test_every_cause_is_found_in_the_explanation_and_told_in_arabic():
    english = causes(explanation(), [FLAG], Strings("en"))
    assert [cause.what for cause in english][-1] == REASON.english
    assert english[-1].points == "-8"
    arabic = causes(explanation(), [FLAG], Strings("ar"))
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
