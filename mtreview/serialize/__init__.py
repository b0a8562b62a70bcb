"""Values to JSON and back: the one shape that the store keeps and the command line prints.

A record is a dict of plain JSON values. Not-a-number becomes ``null`` (its explanation stands
beside it), infinities become ``"inf"`` and ``"-inf"``, so that every JSON reader can read it.
``segment_id`` is written inside a record only where it differs from the ``id`` of the segment.

With a language a reason is one text in that language, a translation is its text, and token
log-probabilities are left out: that is what people and scripts read. With ``language=None`` nothing
is left out and ``from_record(to_record(result, None)) == result`` holds: that is what the store
keeps.
"""

from mtreview.serialize.decisions import decision_from_record, decision_to_record
from mtreview.serialize.documents import (
    document_from_record,
    document_to_record,
    segment_from_record,
    segment_to_record,
)
from mtreview.serialize.results import (
    flag_from_record,
    flag_to_record,
    from_record,
    score_from_record,
    score_to_record,
    to_record,
)
from mtreview.serialize.version import SCHEMA_VERSION, Record

__all__ = [
    "SCHEMA_VERSION",
    "Record",
    "decision_from_record",
    "decision_to_record",
    "document_from_record",
    "document_to_record",
    "flag_from_record",
    "flag_to_record",
    "from_record",
    "score_from_record",
    "score_to_record",
    "segment_from_record",
    "segment_to_record",
    "to_record",
]
