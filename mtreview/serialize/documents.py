"""Documents and their segments as JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mtreview.model import Document, Segment, SegmentKind
from mtreview.serialize.version import SCHEMA_VERSION, Record


def segment_to_record(segment: Segment) -> Record:
    """Return a segment as plain JSON values."""
    return {
        "id": segment.id,
        "kind": segment.kind.value,
        "target": segment.target,
        "source": segment.source,
        "reference": segment.reference,
        "start": segment.start,
        "paragraph": segment.paragraph,
        "notes": list(segment.notes),
        "columns": [list(column) for column in segment.columns],
    }


def segment_from_record(record: Mapping[str, Any]) -> Segment:
    """Return the segment that a record was made from."""
    return Segment(
        id=record["id"],
        target=record["target"],
        source=record["source"],
        reference=record["reference"],
        kind=SegmentKind(record["kind"]),
        start=record["start"],
        paragraph=record["paragraph"],
        notes=tuple(record["notes"]),
        columns=tuple((name, value) for name, value in record["columns"]),
    )


def document_to_record(document: Document) -> Record:
    """Return a document, its text and its segments as plain JSON values."""
    return {
        "schema_version": SCHEMA_VERSION,
        "original": document.original,
        "format": document.format,
        "encoding": document.encoding,
        "source_language": document.source_language,
        "target_language": document.target_language,
        "text": document.text,
        "segments": [segment_to_record(segment) for segment in document.segments],
    }


def document_from_record(record: Mapping[str, Any]) -> Document:
    """Return the document that a record was made from."""
    return Document(
        original=record["original"],
        segments=tuple(segment_from_record(segment) for segment in record["segments"]),
        text=record["text"],
        source_language=record["source_language"],
        target_language=record["target_language"],
        format=record["format"],
        encoding=record["encoding"],
    )
