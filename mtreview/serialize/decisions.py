"""Decisions as JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mtreview.model import Decision, Mark, Severity, Verdict
from mtreview.serialize.version import Record


def decision_to_record(decision: Decision) -> Record:
    """Return a decision as plain JSON values."""
    return {
        "segment_id": decision.segment_id,
        "revision": decision.revision,
        "verdict": decision.verdict.value,
        "reviewer": decision.reviewer,
        "at": decision.at,
        "before": decision.before,
        "after": decision.after,
        "flag": decision.flag,
        "comment": decision.comment,
        "mark": _mark_to_record(decision.mark),
    }


def decision_from_record(record: Mapping[str, Any]) -> Decision:
    """Return the decision that a record was made from."""
    mark = record["mark"]
    return Decision(
        segment_id=record["segment_id"],
        verdict=Verdict(record["verdict"]),
        reviewer=record["reviewer"],
        at=record["at"],
        before=record["before"],
        after=record["after"],
        flag=record["flag"],
        comment=record["comment"],
        revision=record["revision"],
        mark=Mark(**{**mark, "severity": Severity(mark["severity"])}) if mark else None,
    )


def _mark_to_record(mark: Mark | None) -> Record | None:
    if mark is None:
        return None
    return {
        "start": mark.start,
        "end": mark.end,
        "category": mark.category,
        "severity": mark.severity.value,
    }
