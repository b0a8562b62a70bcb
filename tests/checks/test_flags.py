"""From findings to flags: ids, ordinals, spans, severities, and which checks run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mtreview.checks import _flags
from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.checks._flags import flags_of, select
from mtreview.config import CheckSettings
from mtreview.errors import ConfigError, PluginError
from mtreview.model import (
    Document,
    Reason,
    Role,
    Segment,
    SegmentKind,
    Severity,
    Side,
    Translation,
)

REASON = Reason("the letter x", "الحرف x")


def check_of(*findings: Finding, **changes) -> Check:
    def find(segment: Segment, context: Context) -> Iterator[Finding]:
        yield from findings

    return replace(Check("x", "spelling", Severity.MAJOR, REASON, find), **changes)


def context_of(text: str, back_translation: str | None = None, **changes) -> Context:
    segment = Segment("7", text, **changes)
    translation = None
    if back_translation is not None:
        translation = Translation("7", back_translation, Role.BACK_TRANSLATION, "e", "0")
    return Context(Document("d", (segment,), text), 0, translation)


def flags(check: Check, context: Context, severity: Severity | None = None):
    return list(flags_of(check, context.segment, context, severity))


def test_flag_holds_the_characters_it_marks():
    finding = Finding(2, 3, REASON, evidence="seen", suggestion="")
    (flag,) = flags(check_of(finding), context_of("abxab"))
    assert (flag.excerpt, flag.start, flag.end, flag.segment_id) == ("x", 2, 3, "7")
    assert (flag.check, flag.category, flag.severity) == ("x", "spelling", Severity.MAJOR)
    assert (flag.evidence, flag.suggestion, flag.reason) == ("seen", "", REASON)


def test_equal_excerpts_are_told_apart_in_order_of_their_start():
    findings = [Finding(start, start + 1, REASON) for start in (4, 0, 2)]
    found = flags(check_of(*findings), context_of("xyx x"))
    assert [(flag.start, flag.excerpt, flag.ordinal) for flag in found] == [
        (0, "x", 0),
        (2, "x", 1),
        (4, "x", 2),
    ]
    assert len({flag.fingerprint for flag in found}) == 3


def test_sides_count_their_own_excerpts():
    findings = (Finding(0, 1, REASON), Finding(0, 1, REASON, side=Side.BACK_TRANSLATION))
    found = flags(check_of(*findings), context_of("xy", "xz"))
    assert [flag.ordinal for flag in found] == [0, 0]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 4), (9, 10)])
def test_a_span_outside_the_text_names_the_check(start: int, end: int):
    with pytest.raises(PluginError, match="check x, segment 7"):
        flags(check_of(Finding(start, end, REASON)), context_of("abc"))


def test_a_span_in_a_missing_back_translation_is_an_error():
    finding = Finding(0, 1, REASON, side=Side.BACK_TRANSLATION)
    with pytest.raises(PluginError, match="back_translation text of 0"):
        flags(check_of(finding), context_of("abc"))


def test_severity_of_the_configuration_wins_over_the_finding_over_the_check():
    context = context_of("x")
    check = check_of(Finding(0, 1, REASON, severity=Severity.NEUTRAL))
    assert flags(check_of(Finding(0, 1, REASON)), context)[0].severity is Severity.MAJOR
    assert flags(check, context)[0].severity is Severity.NEUTRAL
    assert flags(check, context, Severity.MINOR)[0].severity is Severity.MINOR


def test_boilerplate_is_left_to_the_checks_that_ask_for_it():
    context = context_of("x", kind=SegmentKind.BOILERPLATE)
    finding = Finding(0, 1, REASON)
    assert flags(check_of(finding), context) == []
    assert len(flags(check_of(finding, on_boilerplate=True), context)) == 1


def test_a_check_without_what_it_needs_does_not_run():
    finding = Finding(0, 1, REASON)
    by_translation = check_of(finding, needs=Needs.BACK_TRANSLATION)
    by_source = check_of(finding, needs=Needs.SOURCE)
    assert flags(by_translation, context_of("x")) == []
    assert flags(by_source, context_of("x")) == []
    assert len(flags(by_translation, context_of("x", "y"))) == 1
    assert len(flags(by_source, context_of("x", source="y"))) == 1


@pytest.fixture
def two_checks(monkeypatch: pytest.MonkeyPatch):
    checks = {check_id: check_of(id=check_id) for check_id in ("double-space", "tatweel")}
    monkeypatch.setattr(_flags, "discover", lambda package, attribute: checks)


@pytest.mark.parametrize(
    ("settings", "ids"),
    [
        (CheckSettings(), ["double-space", "tatweel"]),
        (CheckSettings(disable=("tatweel",)), ["double-space"]),
        (CheckSettings(enable=("tatweel",)), ["tatweel"]),
    ],
)
@pytest.mark.usefixtures("two_checks")
def test_select_follows_the_configuration(settings: CheckSettings, ids: list[str]):
    assert [check.id for check in select(settings)] == ids


@pytest.mark.usefixtures("two_checks")
def test_select_takes_over_severities():
    double_space, tatweel = select(CheckSettings(severity={"tatweel": Severity.NEUTRAL}))
    assert (double_space.severity, tatweel.severity) == (Severity.MAJOR, Severity.NEUTRAL)


@pytest.mark.parametrize(
    "settings",
    [
        CheckSettings(disable=("tatwel",)),
        CheckSettings(enable=("tatwel",)),
        CheckSettings(severity={"tatwel": Severity.MINOR}),
        CheckSettings(options={"tatwel": {}}),
    ],
)
@pytest.mark.usefixtures("two_checks")
def test_an_unknown_check_is_an_error_with_the_near_name(settings: CheckSettings):
    with pytest.raises(ConfigError, match=r"no check 'tatwel'.*Did you mean tatweel"):
        select(settings)


@pytest.mark.usefixtures("two_checks")
def test_a_name_like_no_other_is_answered_with_all():
    with pytest.raises(ConfigError, match="Known: double-space, tatweel"):
        select(CheckSettings(disable=("1234",)))
