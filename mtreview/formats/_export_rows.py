"""What the exports say of each segment: the one place that turns a review into rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from mtreview.model import Decision, Flag, Review, Segment, SegmentResult

ID: Final = "id"
KIND: Final = "kind"
SOURCE: Final = "source"
REFERENCE: Final = "reference"
MACHINE: Final = "machine_translation"
CORRECTED: Final = "corrected_translation"
STATE: Final = "state"
REVIEWER: Final = "reviewer"
COMMENT: Final = "comment"
DECIDED_AT: Final = "decided_at"


class ExportRow(NamedTuple):
    """Everything that is known of a segment and of what people decided on it.

    Attributes:
        segment: The segment as it was read: its target is the machine translation.
        result: What was computed; None if the segment was not scored.
        corrected: The Arabic as it stands.
        settled: The last decision that stands on the segment as a whole.
        comment: The comments that stand, in their order.
        flags: The flags of ``result``, each with whether it was dismissed.
        history: All decisions on the segment, those that were taken back included.
    """

    segment: Segment
    result: SegmentResult | None
    corrected: str
    settled: Decision | None
    comment: str
    flags: tuple[tuple[Flag, bool], ...]
    history: tuple[Decision, ...]


def export_rows(review: Review) -> Iterator[ExportRow]:
    """Yield a row for each segment of a review, in the order of the document."""
    results = {result.segment.id: result for result in review.results}
    targets, standing, dismissals = (
        review.current_targets(),
        review.standing(),
        review.dismissals(),
    )
    history: dict[str, list[Decision]] = {}
    for decision in review.decisions:
        history.setdefault(decision.segment_id, []).append(decision)
    for segment in review.document.segments:
        result = results.get(segment.id)
        decisions = standing.get(segment.id, [])
        settling = [decision for decision in decisions if decision.verdict.settles]
        dismissed = dismissals.get(segment.id, frozenset())
        yield ExportRow(
            segment=segment,
            result=result,
            corrected=targets.get(segment.id, segment.target),
            settled=settling[-1] if settling else None,
            comment=" / ".join(decision.comment for decision in decisions if decision.comment),
            flags=tuple(
                (flag, flag.fingerprint in dismissed) for flag in (result.flags if result else ())
            ),
            history=tuple(history.get(segment.id, ())),
        )
