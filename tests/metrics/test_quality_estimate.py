"""The one quality of a segment, and what it says lowered it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.metrics.estimate import FLAG_POINTS, SIGNALS, estimate
from mtreview.model import Basis, Flag, Reason, Score, Severity, Side
from mtreview.plugins import discover

BASES = {metric.id: metric.basis for metric in discover("mtreview.metrics", "METRICS").values()}


def scores(**values: float) -> dict[str, Score]:
    return {name: Score(name, value, "s", BASES[name], "1") for name, value in values.items()}


def flag(severity: Severity) -> Flag:
    reason = Reason("a word is repeated", "كلمة مكررة")
    return Flag("1", Side.TARGET, 0, 1, "duplication", severity, reason, "repeated-words")


def test_every_signal_is_a_metric():
    assert {signal.metric for signal in SIGNALS} <= set(BASES)


def test_good_signals_give_all_points():
    quality = estimate("1", scores(**{s.metric: s.good for s in SIGNALS}), [])
    assert quality.value == pytest.approx(100.0)
    assert quality.explanation == "nothing lowered it"


def test_poor_signals_give_none():
    assert estimate("1", scores(**{s.metric: s.poor for s in SIGNALS}), []).value == pytest.approx(
        0.0, abs=1e-9
    )


def test_without_any_signal_it_is_not_a_number_but_says_why():
    quality = estimate("1", {}, [flag(Severity.MAJOR)])
    assert math.isnan(quality.value)
    assert quality.explanation


def test_an_unscored_signal_is_left_out():
    nan = Score.unscored("forced", "s", Basis.ROUND_TRIP, "why")
    known = scores(confidence=-0.1)
    assert estimate("1", {**known, "forced": nan}, []) == estimate("1", known, [])


@pytest.mark.parametrize("severity", list(Severity))
def test_a_flag_takes_the_points_of_its_severity(severity):
    good = scores(confidence=-0.1)
    lost = 100.0 - estimate("1", good, [flag(severity)]).value
    assert lost == pytest.approx(FLAG_POINTS[severity])


def test_the_largest_causes_are_named_first():
    quality = estimate("1", scores(confidence=-9.0, confidence_worst=-0.1), [flag(Severity.MAJOR)])
    first, second = quality.explanation.split("; ")
    assert first.startswith("the translation model was unsure")
    assert second == "a word is repeated (-8)"


@pytest.mark.parametrize(
    ("names", "basis"),
    [
        (["confidence"], Basis.TARGET_ONLY),
        (["confidence", "forced"], Basis.ROUND_TRIP),
        (["confidence", "source_chrf", "forced"], Basis.SOURCE),
    ],
)
def test_basis_is_the_strongest_that_was_used(names, basis):
    assert estimate("1", scores(**dict.fromkeys(names, -1.0)), []).basis is basis


@given(
    st.dictionaries(st.sampled_from([s.metric for s in SIGNALS]), st.floats(-200, 200), min_size=1),
    st.lists(st.sampled_from(list(Severity)), max_size=20),
)
def test_it_is_between_0_and_100_and_never_rises_by_a_flag(values, severities):
    flags = [flag(severity) for severity in severities]
    without = estimate("1", scores(**values), []).value
    quality = estimate("1", scores(**values), flags).value
    assert 0.0 <= quality <= without <= 100.0
