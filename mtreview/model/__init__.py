"""The values that flow through mtreview. All are frozen; a later step wraps, it never mutates.

Names come from XLIFF (document, segment, target), ITS 2.0 and MQM (flag category, severity) and
sacrebleu (score, signature). Offsets are half-open ``[start, end)`` code points of the stored text,
never of a normalised copy.
"""

from mtreview.model.document import Document, Segment
from mtreview.model.names import (
    Basis,
    Reason,
    Role,
    SegmentKind,
    Severity,
    Side,
    Verdict,
    content_hash,
)
from mtreview.model.results import Flag, Score, SegmentResult, Token, Translation
from mtreview.model.review import Decision, Mark, Review

__all__ = [
    "Basis",
    "Decision",
    "Document",
    "Flag",
    "Mark",
    "Reason",
    "Review",
    "Role",
    "Score",
    "Segment",
    "SegmentKind",
    "SegmentResult",
    "Severity",
    "Side",
    "Token",
    "Translation",
    "Verdict",
    "content_hash",
]
