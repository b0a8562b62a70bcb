"""JSON lines: an object on each line, with the keys that a table has as columns.

Read: UTF-8 (other encodings are detected); values that are no text are kept as JSON. Blank lines
are left out. Written: everything that is known of a segment, one object on a line; see the schema
in ``docs/formats.md``.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from mtreview.errors import InputError
from mtreview.formats import _export_rows as names
from mtreview.formats._encoding import decode, encode
from mtreview.formats._export_rows import ExportRow, export_rows
from mtreview.formats._format import Format, ReadOptions
from mtreview.formats._rows import Row, document_of
from mtreview.model import Document, Review
from mtreview.serialize import SCHEMA_VERSION, decision_to_record, segment_to_record, to_record

_BYTE_ORDER_MARK: Final = "\ufeff"
_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """Return the document of a file of JSON lines.

    Raises:
        InputError: A line is no JSON object, or there is no key for the translation.
    """
    text, encoding = decode(data, name, options.encoding)
    rows = [
        Row(number, {key: as_text(value) for key, value in record.items()})
        for number, record in objects(text, name)
    ]
    names = list(dict.fromkeys(key for row in rows for key in row.cells))
    return document_of(rows, names, name, options, format_id="jsonl", encoding=encoding)


def write(review: Review, language: str) -> bytes:
    """Return everything that is known of each segment, one JSON object on a line."""
    lines = (
        json.dumps(_record(row, review, language), ensure_ascii=False, allow_nan=False)
        for row in export_rows(review)
    )
    return encode("".join(f"{line}\n" for line in lines), "utf-8")


def _record(row: ExportRow, review: Review, language: str) -> dict[str, Any]:
    """Return the record of a segment: that of the result, and what people decided."""
    segment, result, settled = row.segment, row.result, row.settled
    scored: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    if result is not None:
        scored = to_record(result, language)
        for flag, (_, is_dismissed) in zip(scored["flags"], row.flags, strict=True):
            flag["dismissed"] = is_dismissed
    return {
        **scored,
        **segment_to_record(segment),
        "document": review.document.original,
        "corrected": row.corrected,
        "scored": _scored_text(row),
        names.STATE: settled.verdict.value if settled else None,
        names.REVIEWER: settled.reviewer if settled else None,
        names.COMMENT: row.comment,
        names.DECIDED_AT: settled.at if settled else None,
        "decisions": [decision_to_record(decision) for decision in row.history],
    }


def _scored_text(row: ExportRow) -> str:
    """Return which text the scores are about."""
    scored = row.result.segment.target if row.result else row.segment.target
    if scored == row.segment.target:
        return "target"
    return "corrected" if scored == row.corrected else "earlier correction"


def objects(text: str, name: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the objects of JSON lines with their line numbers, from 1.

    Raises:
        InputError: A line is no JSON object, or holds half a surrogate pair.
    """
    found = []
    for number, line in enumerate(text.removeprefix(_BYTE_ORDER_MARK).split("\n"), 1):
        if line.strip():
            found.append((number, _object(line, f"{name}, line {number}")))
    return found


def _object(line: str, where: str) -> dict[str, Any]:
    """Return the object on a line."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(
            f"not JSON ({error.msg.lower()} at column {error.colno})",
            where=where,
            hint="Each line must be one complete JSON object.",
        ) from None
    except (ValueError, RecursionError):
        raise InputError("a number or a nesting too large to read", where=where) from None
    if not isinstance(record, dict):
        raise InputError(
            "the line is no JSON object",
            where=where,
            hint='Write objects with keys, such as {"target": "…"}.',
        )
    try:
        if _SURROGATE_ESCAPE.search(line):
            json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InputError(
            "half of a surrogate pair, which is no character",
            where=where,
            hint=r"Remove the escape \ud800 to \udfff that stands alone.",
        ) from None
    return record


def as_text(value: Any) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


FORMAT = Format("jsonl", (".jsonl", ".ndjson"), "JSON lines", read, write)
