"""Read an export that a person edited: which segments were corrected, and to what.

What: the rows whose corrected translation differs from the machine's. Why: an editor may prefer a
spreadsheet to the review page. Leaves alone: rows with a blank correction (not "delete this"), and
every other column. A row that was corrected in the review and is back at the machine's wording is a
correction too. Whether the ids belong to the review is for the caller to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from mtreview.errors import InputError
from mtreview.formats import _export_rows as names
from mtreview.formats._encoding import decode
from mtreview.formats._guard import unguard
from mtreview.formats.delimited import table
from mtreview.formats.jsonl import as_text, objects
from mtreview.model import Verdict

_CSV_NAMES = {"machine": names.MACHINE, "corrected": names.CORRECTED}
_JSON_NAMES = {"machine": "target", "corrected": "corrected"}


class Correction(NamedTuple):
    """A segment with the wording that an editor gave it.

    Attributes:
        id: Id of the segment.
        machine: The machine translation as the file has it, to see whether it is the same review;
            None if the file does not say.
        corrected: The new Arabic.
        comment: What the editor remarked.
        reviewer: Who the file says it was, "" if it does not.
        decided_at: When the segment had been decided before the export, "" if it had not; None if
            the file does not say.
    """

    id: str
    machine: str | None
    corrected: str
    comment: str = ""
    reviewer: str = ""
    decided_at: str | None = None


def read_corrections(data: bytes, name: str, encoding: str | None = None) -> list[Correction]:
    """Return what may be corrections in an edited export, in the order of the file.

    A row that had been decided before the export is one of them, whatever its wording: the review
    tells whether it was touched since.

    Args:
        data: The bytes of the file.
        name: Its name; the ending tells CSV, TSV or JSON lines.
        encoding: That of the file; None to detect it.

    Raises:
        InputError: It cannot be read, lacks a column, or names a segment twice.
    """
    corrections = []
    seen: dict[str, int] = {}
    for line, cells, keys in _records(data, name, encoding):
        where = f"{name}, line {line}"
        identifier = cells.get(names.ID, "").strip()
        if not identifier:
            raise InputError("the row has no id", where=where)
        if identifier in seen:
            raise InputError(
                f"the id {identifier!r} stands on line {seen[identifier]} too", where=where
            )
        seen[identifier] = line
        machine, corrected = cells.get(keys["machine"]), cells.get(keys["corrected"], "")
        state, decided_at = cells.get(names.STATE, ""), cells.get(names.DECIDED_AT)
        may_be_taken_back = state == Verdict.EDIT.value or bool(state and decided_at)
        if corrected.strip() and (corrected != machine or may_be_taken_back):
            correction = Correction(
                id=identifier,
                machine=machine,
                corrected=corrected,
                comment=cells.get(names.COMMENT, ""),
                reviewer=cells.get(names.REVIEWER, "").strip(),
                decided_at=decided_at,
            )
            corrections.append(correction)
    return corrections


def _records(
    data: bytes, name: str, encoding: str | None
) -> Iterator[tuple[int, Mapping[str, str], Mapping[str, str]]]:
    """Yield line, cells and names of the columns of each row."""
    suffix = PurePath(name).suffix.lower()
    text, _ = decode(data, name, encoding)
    if suffix in (".jsonl", ".ndjson"):
        for line, record in objects(text, name):
            _require(record, [names.ID, _JSON_NAMES["corrected"]], f"{name}, line {line}")
            if not isinstance(record[_JSON_NAMES["corrected"]], str | None):
                raise InputError("'corrected' is no text", where=f"{name}, line {line}")
            yield line, {key: as_text(value) for key, value in record.items()}, _JSON_NAMES
    elif suffix in (".csv", ".tsv", ".tab"):
        (_, header), *rows = table(text, name, "csv" if suffix == ".csv" else "tsv")
        header = [cell.strip() for cell in header]
        _require(header, [names.ID, names.CORRECTED], name)
        for line, cells in rows:
            yield line, dict(zip(header, map(unguard, cells), strict=True)), _CSV_NAMES
    else:
        raise InputError(
            "corrections are read from a .csv, .tsv or .jsonl export",
            where=name,
            hint="Export the review with --format csv, and edit that file.",
        )


def _require(present: Sequence[str] | Mapping[str, Any], wanted: Sequence[str], where: str) -> None:
    """Refuse a row or header without the columns that are needed."""
    missing = [key for key in wanted if key not in present]
    if missing:
        raise InputError(
            f"no column {' and no column '.join(map(repr, missing))}; "
            f"there are {', '.join(map(repr, present)) or 'none'}",
            where=where,
            hint="Edit a file that `mtreview export` wrote, and keep its columns.",
        )
