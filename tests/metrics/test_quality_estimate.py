"""The one quality of a segment, and what it says lowered it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.metrics import estimate as module
from mtreview.metrics.estimate import FITS, FLAG_ODDS, SIGNALS, Fit, Signal, estimate
from mtreview.model import Basis, Flag, Reason, Score, Severity, Side
from mtreview.plugins import discover

BASES = {metric.id: metric.basis for metric in discover("mtreview.metrics", "METRICS").values()}
FULLEST, BAREST = FITS[0], FITS[-1]


def scores(**values: float) -> dict[str, Score]:
    return {name: Score(name, value, "s", BASES[name], "1") for name, value in values.items()}


def all_at(fit: Fit, spreads: float) -> dict[str, Score]:
    """Return the scores of a fit, each so many spreads above its centre."""
    return scores(**{s.metric: s.centre + spreads * s.spread for s in fit.signals})


def flag(severity: Severity, category: str = "duplication") -> Flag:
    reason = Reason("a word is repeated", "كلمة مكررة")
    return Flag("1", Side.TARGET, 0, 1, category, severity, reason, "repeated-words")


def odds(quality: Score) -> float:
    return math.log(quality.value / (100.0 - quality.value))


def test_every_signal_is_a_metric_and_has_words():
    assert {signal.metric for signal in SIGNALS} <= set(BASES)
    assert all(signal.when_low for signal in SIGNALS)


def test_no_weight_is_negative_and_every_interval_has_a_width():
    assert all(signal.weight > 0.0 for fit in FITS for signal in fit.signals)
    assert all(signal.spread > 0.0 for fit in FITS for signal in fit.signals)
    assert all(fit.deviation > 0.0 for fit in FITS)


def test_there_is_a_fit_for_every_state_of_knowledge():
    """Source and both directions; one of the two; neither; text alone."""
    assert len(FITS) == 5
    assert [len(fit.signals) for fit in FITS][-1] == min(len(fit.signals) for fit in FITS)
    strongest = [min((BASES[s.metric] for s in f.signals), key=list(Basis).index) for f in FITS]
    assert strongest[:2] == [Basis.SOURCE, Basis.SOURCE]
    assert Basis.SOURCE not in strongest[2:]


@pytest.mark.parametrize("fit", FITS, ids=lambda fit: fit.name)
def test_usual_signals_give_the_usual_quality(fit):
    quality = estimate("1", all_at(fit, 0.0), [])
    assert odds(quality) == pytest.approx(fit.intercept)
    assert quality.explanation == "nothing lowered it"
    low, high = quality.interval
    assert math.log(low / (100 - low)) == pytest.approx(fit.intercept - 1.96 * fit.deviation)
    assert math.log(high / (100 - high)) == pytest.approx(fit.intercept + 1.96 * fit.deviation)


@pytest.mark.parametrize("fit", FITS, ids=lambda fit: fit.name)
def test_good_signals_are_better_than_usual_ones_than_poor_ones(fit):
    poor, usual, good = (estimate("1", all_at(fit, by), []).value for by in (-3.0, 0.0, 3.0))
    assert poor < usual < good


def test_a_signal_counts_only_up_to_a_limit():
    at = [estimate("1", all_at(FULLEST, by), []).value for by in (-3.0, -30.0)]
    assert at[0] == pytest.approx(at[1])


def test_a_signal_that_counts_only_when_low_never_raises():
    signal = Signal("source_information", 1.5, 0.5, 1.0, only_low=True)
    assert [signal.part(value) for value in (0.5, 1.5, 9.0)] == [-2.0, 0.0, 0.0]


def test_the_less_is_known_the_wider_the_interval():
    assert all(fit.deviation > FULLEST.deviation for fit in FITS[1:])


def test_the_fullest_fit_that_applies_is_used():
    everything = {k: v for fit in reversed(FITS) for k, v in all_at(fit, 0.0).items()}
    assert estimate("1", everything, []).value == pytest.approx(
        estimate("1", all_at(FULLEST, 0.0), []).value
    )
    assert estimate("1", all_at(BAREST, 1.0), []).value == pytest.approx(
        100 / (1 + math.exp(-BAREST.intercept - sum(s.weight for s in BAREST.signals)))
    )


def test_without_any_signal_it_is_not_a_number_but_says_why():
    quality = estimate("1", {}, [flag(Severity.MAJOR)])
    assert math.isnan(quality.value)
    assert quality.explanation
    assert quality.interval is None


def test_an_unscored_signal_makes_a_barer_fit():
    everything = {k: v for fit in reversed(FITS) for k, v in all_at(fit, 0.0).items()}
    for fit in FITS[:-1]:
        missing = next(s.metric for s in fit.signals if s.metric not in dict(all_at(BAREST, 0)))
        everything[missing] = Score.unscored(missing, "s", BASES[missing], "why")
    assert odds(estimate("1", everything, [])) == pytest.approx(BAREST.intercept)


@pytest.mark.parametrize("severity", list(Severity))
def test_a_flag_takes_the_odds_of_its_severity(severity):
    without, flagged = (estimate("1", all_at(FULLEST, 0.0), f) for f in ([], [flag(severity)]))
    assert odds(without) - odds(flagged) == pytest.approx(FLAG_ODDS[severity])


def test_a_flag_about_marks_counts_a_tenth():
    without = odds(estimate("1", all_at(FULLEST, 0.0), []))
    marks = odds(estimate("1", all_at(FULLEST, 0.0), [flag(Severity.MINOR, "whitespace")]))
    assert without - marks == pytest.approx(FLAG_ODDS[Severity.MINOR] / 10)


def test_the_largest_causes_are_named_first_with_the_points_they_took():
    fit = Fit(
        "x", 0.0, 0.1, (Signal("confidence", -1.0, 1.0, 0.5), Signal("fluency", 0.2, 0.1, 0.2))
    )
    values = scores(confidence=-1.5, fluency=0.0)
    first, second, third = estimate("1", values, [flag(Severity.MAJOR)], [fit]).explanation.split(
        "; "
    )
    assert first == "a word is repeated (-18)"
    assert second == "the Arabic is unusual as Arabic (-6)"
    assert third == "the translation model was unsure of what it says (-4)"


@pytest.mark.parametrize(
    ("names", "basis"),
    [
        (["confidence"], Basis.TARGET_ONLY),
        (["confidence", "forced_expected"], Basis.ROUND_TRIP),
        (["confidence", "source_chrf", "forced_expected"], Basis.SOURCE),
    ],
)
def test_basis_is_the_strongest_that_was_used(names, basis):
    fit = Fit("x", 0.0, 0.1, tuple(Signal(name, 0.0, 1.0, 1.0) for name in names))
    assert estimate("1", scores(**dict.fromkeys(names, -1.0)), [], [fit]).basis is basis


def test_the_signature_names_the_fit_and_its_engine():
    card = json.loads(files("mtreview.metrics").joinpath("estimate.json").read_text("utf-8"))
    assert card["engine"].startswith("pack:gemma3-ar-en|version:")
    assert card["engine"] in module.SIGNATURE
    assert "fit:" in module.SIGNATURE
    assert card["licence"]
    assert all(record["signals"] for record in card["fits"])


@given(
    st.dictionaries(st.sampled_from([s.metric for s in SIGNALS]), st.floats(-200, 200)),
    st.lists(st.sampled_from(list(Severity)), max_size=20),
)
def test_it_is_between_0_and_100_and_never_rises_by_a_flag(values, severities):
    known = all_at(BAREST, 0.0) | scores(**values)
    flags = [flag(severity) for severity in severities]
    without, quality = estimate("1", known, []), estimate("1", known, flags)
    assert 0.0 <= quality.value <= without.value <= 100.0
    assert quality.interval[0] <= quality.value <= quality.interval[1]


@given(st.floats(-200, 200), st.floats(0, 50), st.sampled_from([s.metric for s in FULLEST.signals]))
def test_a_better_signal_never_lowers_it(value, rise, metric):
    known = all_at(FULLEST, 0.0)
    at = [
        estimate("1", known | {metric: replace(known[metric], value=v)}, []).value
        for v in (value, value + rise)
    ]
    assert at[0] <= at[1]
