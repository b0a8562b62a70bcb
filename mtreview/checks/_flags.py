"""From what a check found to flags: which checks run, and the flags of one segment.

A check does not know the ids of a segment, how severe a desk takes it to be, nor whether it is
switched on; that is added here, and the spans are verified, so that a plug-in with a wrong offset
is named instead of marking other characters than it meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from mtreview.checks._check import Check, Context, Finding, Needs
from mtreview.config import CheckSettings
from mtreview.errors import ConfigError, PluginError
from mtreview.model import Flag, Segment, SegmentKind, Severity, Side
from mtreview.plugins import discover


def select(settings: CheckSettings) -> list[Check]:
    """Return the checks that are switched on, by id, with the severities of the configuration.

    Raises:
        ConfigError: The configuration names a check or an option that does not exist.
    """
    checks: dict[str, Check] = discover("mtreview.checks", "CHECK")
    named = (
        ("checks.disable", settings.disable),
        ("checks.enable", settings.enable),
        ("checks.severity", settings.severity),
        ("checks.options", settings.options),
    )
    for key, check_ids in named:
        for check_id in check_ids:
            if check_id not in checks:
                near = get_close_matches(check_id, checks, n=3)
                known = f"Did you mean {' or '.join(near)}?" if near else _all(checks)
                raise ConfigError(f"there is no check {check_id!r}", where=key, hint=known)
    for check_id, options in settings.options.items():
        for option in options:
            if option not in checks[check_id].options:
                known = ", ".join(checks[check_id].options) or "none"
                raise ConfigError(
                    f"the check has no option {option!r}",
                    where=f"checks.options.{check_id}",
                    hint=f"Its options: {known}.",
                )
    return [
        replace(check, severity=settings.severity.get(check_id, check.severity))
        for check_id, check in sorted(checks.items())
        if settings.runs(check_id)
    ]


def applies(check: Check, segment: Segment, context: Context) -> bool:
    """Tell whether a check has what it needs on a segment, and runs on its kind."""
    if segment.kind is SegmentKind.BOILERPLATE and not check.on_boilerplate:
        return False
    if check.needs is Needs.BACK_TRANSLATION:
        return context.back_translation is not None
    if check.needs is Needs.ENGLISH:
        return segment.source is not None or context.back_translation is not None
    return check.needs is Needs.TARGET or segment.source is not None


def flags_of(
    check: Check, segment: Segment, context: Context, severity: Severity | None = None
) -> Iterator[Flag]:
    """Yield the flags of one check on one segment, by side and start; none if it does not apply.

    Args:
        check: The check to run.
        segment: The segment it reads, which is ``context.segment``.
        context: Where the segment stands.
        severity: What the configuration says this check is worth; it wins over the severity of the
            check and of its findings.

    Raises:
        PluginError: The check yielded a span that is empty or outside its text.
    """
    if not applies(check, segment, context):
        return
    seen: Counter[tuple[Side, str]] = Counter()
    findings = check.find(segment, context)
    for finding in sorted(findings, key=lambda found: (found.side, found.start, found.end)):
        excerpt = _excerpt(check, finding, segment, context)
        yield Flag(
            segment_id=segment.id,
            side=finding.side,
            start=finding.start,
            end=finding.end,
            category=check.category,
            severity=severity or finding.severity or check.severity,
            reason=finding.reason,
            check=check.id,
            evidence=finding.evidence,
            suggestion=finding.suggestion,
            excerpt=excerpt,
            ordinal=seen[finding.side, excerpt],
        )
        seen[finding.side, excerpt] += 1


def _excerpt(check: Check, finding: Finding, segment: Segment, context: Context) -> str:
    """Return the characters that a finding is about."""
    text = segment.target
    if finding.side is Side.BACK_TRANSLATION:
        text = context.back_translation.text if context.back_translation else ""
    if not 0 <= finding.start < finding.end <= len(text):
        raise PluginError(
            f"the span {finding.start}-{finding.end} is not within the {finding.side.value} text "
            f"of {len(text)} characters",
            where=f"check {check.id}, segment {segment.id}",
            hint="Disable the check, and tell whoever wrote it.",
        )
    return text[finding.start : finding.end]


def _all(checks: dict[str, Check]) -> str:
    return f"Known: {', '.join(sorted(checks))}."
