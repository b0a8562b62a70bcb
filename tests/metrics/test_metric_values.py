"""Pinned numbers of every metric, and what it says where it cannot score."""

from __future__ import annotations

import math
from math import exp, log
from statistics import fmean

import pytest

from mtreview.metrics._metric import Evidence
from mtreview.metrics.confidence import worst_window
from mtreview.metrics.expected import TOO_FEW
from mtreview.metrics.overlap import TER_LIMIT
from mtreview.model import Basis, Role, Segment, Token, Translation
from mtreview.plugins import discover

METRICS = discover("mtreview.metrics", "METRICS")
ARABIC = "التقى الدبلوماسيون الروس والأمريكيون في إسطنبول يوم الخميس"
AGAIN = "اجتمع دبلوماسيون روس وأمريكيون في إسطنبول الخميس"


def tokens(*values: float) -> tuple[Token, ...]:
    return tuple(Token(" x", value, n, n + 1) for n, value in enumerate(values))


def pieces(**values: float) -> tuple[Token, ...]:
    """Return tokens by their text; an underscore is a space."""
    return tuple(Token(text.replace("_", " "), value, 0, 1) for text, value in values.items())


def of_runs(*pieces: tuple[str, float], copies: int = 0) -> float:
    """Return the mean probability of runs of 1 to 4 characters, counted one by one.

    Args:
        pieces: Their characters, and log-probability.
        copies: So many at the front are no evidence by themselves.
    """
    of = [place for place, (characters, _) in enumerate(pieces) for _ in characters]
    means = []
    for length in (1, 2, 3, 4):
        runs = [set(of[start : start + length]) for start in range(len(of) - length + 1)]
        values = [exp(sum(pieces[n][1] for n in run)) for run in runs if max(run) >= copies]
        means += [fmean(values)] if values else []
    return fmean(means)


def end(value: float) -> tuple[Token, ...]:
    return (Token("", value, 9, 9),)


def translation(
    text: str, role: Role = Role.BACK_TRANSLATION, *values: float, last: float | None = None
) -> Translation:
    ended = () if last is None else end(last)
    return Translation("1", text, role, "engine", "hash", tokens(*values) + ended)


FULL = Evidence(
    Segment(
        "1",
        ARABIC,
        source="Russian and American diplomats met in Istanbul on Thursday",
        reference=AGAIN,
    ),
    translation(
        "Russian and American diplomats met at Istanbul Thursday",
        Role.BACK_TRANSLATION,
        -0.5,
        -1.0,
        -3.0,
        -2.0,
        -0.5,
        last=-1.0,
    ),
    translation(AGAIN, Role.ROUND_TRIP),
    pieces(الت=-0.5, قى=-0.5, _في=-2.0, _يوم=-1.5),
    pieces(الت=-3.0, قى=-1.0, _في=-4.0, _يوم=-4.0) + end(-2.0),
    translation("Diplomats of Russia and America met in Istanbul on Thursday"),
    pieces(التقى=-5.0, في=-5.0, يوم=-5.0),
    pieces(Russian=-1.0, _and=0.0, _met=-2.0),
    pieces(Russian=-4.0, _and=-2.0, _met=-6.0),
    "التقى دبلوماسيون روس وأمريكيون في إسطنبول يوم الخميس",
)

PINNED = {
    "confidence": -8 / 6,
    "confidence_worst": -2.0,
    "confidence_end": -1.0,
    "forced": -1.125,
    "forced_worst": -4 / 3,
    "source_forced": -14 / 5,
    "source_forced_worst": -10 / 3,
    "source_end": -2.0,
    "source_covered": 7 / 8,
    "source_expected": of_runs(("الت", -3.0), ("قى", -1.0), ("في", -4.0), ("يوم", -4.0)),
    "source_recovered": of_runs(("Russian", -1.0), ("and", 0.0), ("met", -2.0)),
    "source_information": 3.0,
    "forced_expected": of_runs(("الت", -0.5), ("قى", -0.5), ("في", -2.0), ("يوم", -1.5)),
    "confidence_expected": of_runs(("x", -0.5), ("x", -1.0), ("x", -3.0), ("x", -2.0), ("x", -0.5)),
    "fluency": exp(-5.0),
    "arabic_share": 1.0,
    "length": log(8),
    "relative_length": log(8 / 9),
    "word_length": 6.375,
    "round_trip_chrf": 58.75100077,
    "round_trip_bleu": 12.6007364028,
    "round_trip_ter": 62.5,
    "source_chrf": 81.4533958058,
    "source_bleu": 49.6264477676,
    "source_ter": 22.2222222222,
    "reference_chrf": 66.3732519049,
    "reference_bleu": 12.2230755609,
    "reference_ter": 71.4285714286,
    "pseudo_reference_chrf": 80.0065056894,
    "agreement_chrf": 60.5206127957,
}


def test_every_metric_is_pinned():
    assert set(PINNED) == set(METRICS)


@pytest.mark.parametrize("metric_id", PINNED)
def test_value(metric_id):
    score = METRICS[metric_id].score(FULL)
    assert score.value == pytest.approx(PINNED[metric_id], abs=1e-8)
    assert score.metric == metric_id
    assert score.signature == METRICS[metric_id].signature()
    assert score.segment_id == "1"


@pytest.mark.parametrize("metric_id", PINNED)
def test_does_not_apply_to_a_bare_segment(metric_id):
    bare = Evidence(Segment("1", ARABIC))
    assert METRICS[metric_id].score(bare) is None
    assert METRICS[metric_id].corpus([bare]) is None


@pytest.mark.parametrize("metric_id", PINNED)
def test_corpus_of_one_says_how_many(metric_id):
    score = METRICS[metric_id].corpus([FULL, Evidence(Segment("2", ARABIC))])
    assert score.signature.endswith("|n:1")
    assert score.segment_id is None
    if not metric_id.endswith("_bleu"):  # the corpus score has no effective order
        assert score.value == pytest.approx(PINNED[metric_id], abs=1e-8)


@pytest.mark.parametrize(
    ("metric_id", "basis"),
    [
        ("confidence", Basis.TARGET_ONLY),
        ("forced", Basis.ROUND_TRIP),
        ("source_forced", Basis.SOURCE),
        ("round_trip_chrf", Basis.ROUND_TRIP),
        ("source_chrf", Basis.SOURCE),
        ("reference_chrf", Basis.REFERENCE),
        ("pseudo_reference_chrf", Basis.SOURCE),
        ("agreement_chrf", Basis.TARGET_ONLY),
        ("source_expected", Basis.SOURCE),
        ("source_covered", Basis.SOURCE),
        ("source_information", Basis.SOURCE),
        ("forced_expected", Basis.ROUND_TRIP),
        ("fluency", Basis.TARGET_ONLY),
        ("arabic_share", Basis.TARGET_ONLY),
        ("relative_length", Basis.SOURCE),
    ],
)
def test_basis_says_what_was_seen(metric_id, basis):
    assert METRICS[metric_id].score(FULL).basis is basis


@pytest.mark.parametrize("metric_id", PINNED)
def test_only_the_error_rate_is_better_when_lower(metric_id):
    assert METRICS[metric_id].higher_is_better == (not metric_id.endswith("_ter"))


def test_no_tokens_is_unscored_with_the_reason():
    evidence = Evidence(Segment("1", ARABIC), translation("text"), forced=())
    for metric_id in ("confidence", "confidence_worst", "forced"):
        score = METRICS[metric_id].score(evidence)
        assert math.isnan(score.value)
        assert "no token probabilities" in score.explanation
    assert METRICS["forced_expected"].score(evidence).explanation == TOO_FEW


def test_a_translation_that_was_stopped_has_no_end():
    evidence = Evidence(Segment("1", ARABIC), translation("x x", Role.BACK_TRANSLATION, -1.0, -2.0))
    score = METRICS["confidence_end"].score(evidence)
    assert math.isnan(score.value)
    assert "stopped" in score.explanation


def test_copies_marks_and_digits_are_no_evidence():
    source = "NATO met in 2024, Istanbul and Ankara"
    copied = pieces(NATO=0.0, _Istanbul=0.0)
    rest = pieces(_التقى=-1.0, _في=-2.0, _يوم=-3.0)
    marks = (Token(" ", -9.0, 0, 1), Token("", -9.0, 0, 0))
    segment = Segment("1", "NATO التقى", source=source)
    evidence = Evidence(segment, forced_source=(*copied, *marks, *rest))
    own = ("التقى", -1.0), ("في", -2.0), ("يوم", -3.0)
    expected = of_runs(("NATO", 0.0), ("Istanbul", 0.0), *own, copies=2)
    assert METRICS["source_expected"].score(evidence).value == pytest.approx(expected)
    digits = (Token(" 2024", 0.0, 0, 1), Token("،", 0.0, 0, 1))
    evidence = Evidence(segment, forced_source=(*digits, *rest))
    expected = of_runs(("2024", 0.0), ("،", 0.0), *own, copies=2)
    assert METRICS["source_expected"].score(evidence).value == pytest.approx(expected)


def test_a_run_is_as_probable_as_its_pieces_together():
    """Three characters, a half probable each; there is no run of four."""
    segment = Segment("1", "أبت", source="abc")
    forced = pieces(أ=log(0.5), ب=log(0.5), ت=log(0.5))
    score = METRICS["source_expected"].score(Evidence(segment, forced_source=forced))
    assert score.value == pytest.approx((0.5 + 0.25 + 0.125) / 3)


def test_texts_that_are_copies_are_unscored():
    segment = Segment("1", "NATO Istanbul Ankara", source="NATO Istanbul Ankara")
    forced = pieces(NATO=0.0, Istanbul=0.0, Ankara=0.0)
    score = METRICS["source_expected"].score(Evidence(segment, forced_source=forced))
    assert math.isnan(score.value)
    assert score.explanation == TOO_FEW


def test_information_needs_both_sides_of_the_comparison():
    segment = Segment("1", ARABIC, source="Russians met")
    long = Evidence(segment, recovered=pieces(a=-1.0, b=-1.0, c=-1.0), source_alone=())
    assert math.isnan(METRICS["source_information"].score(long).value)
    assert METRICS["source_information"].score(Evidence(segment, recovered=())) is None


def test_shape_counts_letters_of_other_scripts():
    evidence = Evidence(Segment("1", "في NATO 2024"), translation("in NATO"))
    assert METRICS["arabic_share"].score(evidence).value == pytest.approx(2 / 6)
    assert METRICS["word_length"].score(evidence).value == 2.0
    foreign = Evidence(Segment("1", "NATO 2024"), translation("NATO"))
    assert METRICS["arabic_share"].score(foreign) is None


def test_relative_length_compares_words_and_needs_some():
    def of(source):
        segment = Segment("1", "وصل الوفد أمس", source=source)
        return METRICS["relative_length"].score(Evidence(segment, translation("They arrived")))

    assert of("The delegation came yesterday evening here").value == pytest.approx(log(1 / 2))
    assert of("Arrived").value == pytest.approx(log(3))
    assert of(" ") is None


def test_empty_reference_is_unscored_not_zero():
    evidence = Evidence(Segment("1", " "), round_trip=translation("نص", Role.ROUND_TRIP))
    score = METRICS["round_trip_chrf"].score(evidence)
    assert math.isnan(score.value)
    assert score.explanation == "there is nothing to compare with"


def test_ter_is_not_computed_for_very_long_texts():
    long = "كلمة " * (TER_LIMIT + 1)
    evidence = Evidence(Segment("1", long), round_trip=translation(long, Role.ROUND_TRIP))
    assert math.isnan(METRICS["round_trip_ter"].score(evidence).value)
    assert METRICS["round_trip_chrf"].score(evidence).value == 100.0


def test_worst_window_names_the_words():
    evidence = Evidence(
        Segment("1", ARABIC),
        Translation(
            "1",
            "the cat sat down",
            Role.BACK_TRANSLATION,
            "engine",
            "hash",
            (
                Token("the", -0.1, 0, 3),
                Token(" cat", -5.0, 3, 7),
                Token(" sat", -5.0, 7, 11),
                Token(" down", -5.0, 11, 16),
                Token("", -0.1, 16, 16),
            ),
        ),
    )
    assert METRICS["confidence_worst"].score(evidence).explanation == "worst at “cat sat down”"


def test_worst_window_of_fewer_tokens_than_the_window():
    assert worst_window(tokens(-2.0)) == (-2.0, 0)
