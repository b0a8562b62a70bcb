"""The MQM tables and the score."""

from __future__ import annotations

import math

import pytest

from mtreview import mqm
from mtreview.model import Flag, Reason, Severity, Side

# The values of locQualityIssueType in ITS 2.0 that a checker of translations may use.
ITS_VALUES = frozenset(
    {
        "terminology",
        "mistranslation",
        "omission",
        "untranslated",
        "addition",
        "duplication",
        "inconsistency",
        "grammar",
        "legal",
        "register",
        "locale-specific-content",
        "locale-violation",
        "style",
        "characters",
        "misspelling",
        "typographical",
        "formatting",
        "inconsistent-entities",
        "numbers",
        "markup",
        "pattern-problem",
        "whitespace",
        "internationalization",
        "length",
        "non-conformance",
        "uncategorized",
        "other",
    }
)


def flag(severity: Severity) -> Flag:
    return Flag("1", Side.TARGET, 0, 1, "grammar", severity, Reason("a", "ب"), "check")


def test_every_severity_has_a_weight_and_worse_ones_weigh_more():
    for table in (mqm.SEVERITY_WEIGHTS, mqm.ITS_SEVERITIES):
        weights = [table[severity] for severity in Severity]
        assert weights == sorted(set(weights))
        assert len(table) == len(Severity)


def test_categories_map_to_types_of_its():
    assert set(mqm.ITS_TYPES.values()) <= ITS_VALUES


@pytest.mark.parametrize(
    ("severities", "points"),
    [
        ([], 0.0),
        ([Severity.NEUTRAL], 0.0),
        ([Severity.MINOR, Severity.MINOR], 2.0),
        ([Severity.MINOR, Severity.MAJOR, Severity.CRITICAL], 31.0),
    ],
)
def test_penalty(severities, points):
    assert mqm.penalty(map(flag, severities)) == points


@pytest.mark.parametrize(
    ("points", "words", "score", "per_thousand"),
    [(0.0, 10, 100.0, 0.0), (1.0, 100, 99.0, 10.0), (25.0, 20, -25.0, 1250.0)],
)
def test_score(points, words, score, per_thousand):
    assert mqm.mqm_score(points, words) == pytest.approx(score)
    assert mqm.penalty_per_thousand_words(points, words) == pytest.approx(per_thousand)


def test_without_words_there_is_no_number():
    assert math.isnan(mqm.mqm_score(0.0, 0))
    assert math.isnan(mqm.penalty_per_thousand_words(0.0, 0))
