"""MQM: error categories, severity weights, the mapping to ITS 2.0, and the MQM score.

Category ids are those of MQM-Core 2021 (https://themqm.org). Severity weights are those of the
MQM scoring model with linear calibration: neutral 0, minor 1, major 5, critical 25. The mapping to
the ``locQualityIssueType`` values follows the table of ITS 2.0, section 8.17
(https://www.w3.org/TR/its20/#lqissue).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from mtreview.model import Flag, Severity

SEVERITY_WEIGHTS: Final[dict[Severity, float]] = {
    Severity.NEUTRAL: 0.0,
    Severity.MINOR: 1.0,
    Severity.MAJOR: 5.0,
    Severity.CRITICAL: 25.0,
}

ITS_TYPES: Final[dict[str, str]] = {
    # accuracy
    "accuracy": "mistranslation",
    "mistranslation": "mistranslation",
    "number": "numbers",
    "date-time": "numbers",
    "entity": "inconsistent-entities",
    "overly-literal": "mistranslation",
    "mt-hallucination": "addition",
    "addition": "addition",
    "omission": "omission",
    "untranslated": "untranslated",
    # linguistic conventions, whose id in MQM is "fluency"
    "fluency": "other",
    "grammar": "grammar",
    "word-form": "grammar",
    "agreement": "grammar",
    "word-order": "grammar",
    "function-words": "grammar",
    "punctuation": "typographical",
    "unpaired-marks": "typographical",
    "spelling": "misspelling",
    "transliteration": "misspelling",
    "unintelligible": "other",
    "character-encoding": "characters",
    "textual-conventions": "style",
    "duplication": "duplication",
    "whitespace": "whitespace",
    "pattern-problem": "pattern-problem",
    "corpus-conformance": "non-conformance",
    # style, terminology, locale, design
    "style": "style",
    "awkward": "style",
    "unidiomatic": "style",
    "register": "register",
    "terminology": "terminology",
    "wrong-term": "terminology",
    "term-inconsistency": "inconsistency",
    "number-format": "locale-violation",
    "locale-specific-punctuation": "locale-violation",
    "markup": "markup",
    "local-formatting": "formatting",
    "missing-text": "omission",
    "truncation-text-expansion": "length",
}
"""MQM category id -> ITS 2.0 ``locQualityIssueType``; its keys are the ids a check may use."""

ITS_SEVERITIES: Final[dict[Severity, float]] = {
    Severity.NEUTRAL: 0.0,
    Severity.MINOR: 20.0,
    Severity.MAJOR: 60.0,
    Severity.CRITICAL: 100.0,
}
"""ITS 2.0 ``locQualityIssueSeverity``, 0 to 100."""


def penalty(flags: Iterable[Flag]) -> float:
    """Return the sum of the severity weights of flags, in penalty points."""
    return sum(SEVERITY_WEIGHTS[flag.severity] for flag in flags)


def mqm_score(penalty_points: float, words: int) -> float:
    """Return the MQM overall quality score, 100 at best; NaN without words.

    It is 100 less 100 times the penalty points per word: one minor error in 100 words takes one
    point. It is not floored at 0, so that two bad texts can still be told apart.

    >>> mqm_score(5.0, 100)
    95.0
    """
    return 100.0 - 100.0 * penalty_points / words if words else math.nan


def penalty_per_thousand_words(penalty_points: float, words: int) -> float:
    """Return penalty points per 1,000 words; NaN without words.

    >>> penalty_per_thousand_words(5.0, 100)
    50.0
    """
    return 1000.0 * penalty_points / words if words else math.nan
