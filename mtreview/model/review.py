"""What people decided: appended decisions, and the review they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mtreview.model.document import Document
from mtreview.model.names import Severity, Verdict
from mtreview.model.results import Score, SegmentResult


@dataclass(frozen=True, slots=True)
class Mark:
    """An error that a reviewer marked: a span of the Arabic as it was then, and what is wrong.

    Attributes:
        category: MQM id, a key of ``mtreview.mqm.ITS_TYPES``.
    """

    start: int
    end: int
    category: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer did to a segment, as it is appended to the store.

    Attributes:
        at: Time in UTC, ISO 8601.
        before: The Arabic before the decision.
        after: The Arabic after it; equal to ``before`` unless the verdict is ``edit``.
        flag: Fingerprint of the flag that was dismissed, for ``dismiss_flag``.
        revision: Number of the decision within its segment, from 1; 0 before it is stored.
        mark: The error span, for ``mark_error``; its offsets are into ``before``.
    """

    segment_id: str
    verdict: Verdict
    reviewer: str
    at: str
    before: str
    after: str
    flag: str | None = None
    comment: str = ""
    revision: int = 0
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A scored document with the decisions taken so far: what report, page and exporters read."""

    document: Document
    results: tuple[SegmentResult, ...]
    decisions: tuple[Decision, ...] = ()
    scores: tuple[Score, ...] = field(default=())

    def current_targets(self) -> dict[str, str]:
        """Return the Arabic of each edited segment as it stands, undone edits taken back."""
        targets: dict[str, str] = {}
        for segment_id, decisions in self.standing().items():
            edits = [d for d in decisions if d.verdict is Verdict.EDIT]
            if edits:
                targets[segment_id] = edits[-1].after
        return targets

    def states(self) -> dict[str, Verdict]:
        """Return the last verdict that stands on each segment decided as a whole."""
        return {
            segment_id: decision.verdict
            for segment_id, decisions in self.standing().items()
            for decision in decisions
            if decision.verdict.settles
        }

    def dismissals(self) -> dict[str, frozenset[str]]:
        """Return the fingerprints of the dismissed flags of each segment that has any."""
        return {
            segment_id: frozenset(found)
            for segment_id, decisions in self.standing().items()
            if (found := [d.flag for d in decisions if d.flag is not None])
        }

    def state(self, segment_id: str) -> Verdict | None:
        """Return the last verdict that stands on a segment; for many ask ``states`` once."""
        return self.states().get(segment_id)

    def dismissed(self, segment_id: str) -> frozenset[str]:
        """Return the dismissed flags of a segment; for many ask ``dismissals`` once."""
        return self.dismissals().get(segment_id, frozenset())

    def with_decisions(self, decisions: Sequence[Decision]) -> Review:
        """Return the review with more decisions at the end."""
        return replace(self, decisions=(*self.decisions, *decisions))

    def standing(self) -> dict[str, list[Decision]]:
        """Return the decisions by segment, each undo having taken back the one before it."""
        standing: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            decisions = standing.setdefault(decision.segment_id, [])
            if decision.verdict is Verdict.UNDO:
                if decisions:
                    decisions.pop()
            else:
                decisions.append(decision)
        return standing
