"""A review as a table that a spreadsheet program opens and ``mtreview apply`` reads again.

UTF-8 with a byte order mark, without which Excel shows Arabic as gibberish. Cells are guarded
against being run as formulas; see ``_guard``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from mtreview.formats import _export_rows as names
from mtreview.formats._encoding import encode
from mtreview.formats._export_rows import ExportRow, export_rows
from mtreview.formats._guard import guard
from mtreview.model import Review

_AFTER_SOURCE: Final = (
    names.MACHINE,
    names.CORRECTED,
    names.STATE,
    names.REVIEWER,
    names.COMMENT,
    names.DECIDED_AT,
    "quality",
    "flags",
    "flag_checks",
    "flag_reasons",
    "back_translation",
)


def write_table(review: Review, language: str, delimiter: str) -> bytes:
    """Return a review as a delimited table.

    Args:
        review: The review.
        language: Code of the language of the reasons.
        delimiter: The character between two cells.
    """
    rows = list(export_rows(review))
    header = [names.ID, names.KIND]
    header += [names.SOURCE] if any(row.segment.source is not None for row in rows) else []
    header += [names.REFERENCE] if any(row.segment.reference is not None for row in rows) else []
    header += _AFTER_SOURCE
    columns = list(dict.fromkeys(key for row in rows for key, _ in row.segment.columns))
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(guard, [*header, *_distinct(columns, header)]))
    for row in rows:
        ours, theirs = _cells(row, language), dict(row.segment.columns)
        cells = [ours[key] for key in header] + [theirs.get(key, "") for key in columns]
        writer.writerow(map(guard, cells))
    return encode(output.getvalue(), "utf-8-sig")


def _cells(row: ExportRow, language: str) -> dict[str, str]:
    """Return the cells of a row by column."""
    segment, result, settled = row.segment, row.result, row.settled
    flags = [flag for flag, is_dismissed in row.flags if not is_dismissed]
    scored = result is not None and result.quality.is_scored
    back_translation = result.back_translation if result else None
    return {
        names.ID: segment.id,
        names.KIND: segment.kind.value,
        names.SOURCE: segment.source or "",
        names.REFERENCE: segment.reference or "",
        names.MACHINE: segment.target,
        names.CORRECTED: row.corrected,
        names.STATE: settled.verdict.value if settled else "",
        names.REVIEWER: settled.reviewer if settled else "",
        names.COMMENT: row.comment,
        names.DECIDED_AT: settled.at if settled else "",
        "quality": f"{result.quality.value:.2f}" if result and scored else "",
        "flags": str(len(flags)) if result else "",
        "flag_checks": "; ".join(flag.check for flag in flags),
        "flag_reasons": " | ".join(flag.reason.in_language(language) for flag in flags),
        "back_translation": back_translation.text if back_translation else "",
    }


def _distinct(columns: Sequence[str], header: Sequence[str]) -> list[str]:
    """Return the names of the columns of the original, those that we use ourselves prefixed."""
    taken = set(header)
    distinct = []
    for column in columns:
        name = column
        while name in taken:
            name = f"original {name}"
        taken.add(name)
        distinct.append(name)
    return distinct
