"""Tables as text: comma-separated and tab-separated values, with a header line.

Read: the delimiter is the tab for ``.tsv``; for ``.csv`` it is the comma, semicolon, tab or bar
that the header uses most. Cells may be quoted; in a tab-separated file in which quotes do not pair,
they are taken as text. Leaves alone: cells as they are, line breaks inside them included.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from mtreview.errors import InputError
from mtreview.formats._encoding import decode
from mtreview.formats._export_rows import CORRECTED, MACHINE
from mtreview.formats._format import Format, Read, ReadOptions, Write
from mtreview.formats._guard import unguard
from mtreview.formats._limits import LINE_LIMIT
from mtreview.formats._rows import Row, document_of
from mtreview.formats._table_export import write_table
from mtreview.model import Document, Review

_DELIMITERS: Final = ",;\t|"
_BYTE_ORDER_MARK: Final = "\ufeff"

Table = list[tuple[int, list[str]]]
"""Line number and cells of each row that is not blank, the header first."""


def table(text: str, name: str, format_id: str) -> Table:
    """Return the rows of a delimited text.

    Raises:
        InputError: A row has more cells than the header, or quotes do not pair.
    """
    text = text.removeprefix(_BYTE_ORDER_MARK)
    delimiter = "\t" if format_id == "tsv" else _delimiter(text)
    try:
        rows = _checked(_parse(text, delimiter, quoted=True), name)
    except (InputError, csv.Error) as error:
        if delimiter == "\t":
            return _checked(_parse(text, delimiter, quoted=False), name)
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"not a table of values ({error})", where=name, hint="Do the quotes pair?"
        ) from None
    if delimiter == "\t":
        # Two stray quotes may pair over several rows; then the rows are whole without quoting.
        plain = _parse(text, delimiter, quoted=False)
        if len(plain) > len(rows) and len({len(cells) for _, cells in plain}) == 1:
            return plain
    return rows


def _parse(text: str, delimiter: str, *, quoted: bool) -> Table:
    """Return the rows as the csv module reads them."""
    csv.field_size_limit(LINE_LIMIT)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=quoted,
    )
    rows, line = [], 1
    for cells in reader:
        if any(map(str.strip, cells)):
            rows.append((line, cells))
        line = reader.line_num + 1
    return rows


def _checked(rows: Table, name: str) -> Table:
    """Return the rows, each filled up to the width of the header."""
    if not rows:
        raise InputError("the table is empty", where=name)
    width = len(rows[0][1])
    checked = []
    for line, cells in rows:
        if any(map(str.strip, cells[width:])):
            raise InputError(
                f"the row has {len(cells)} cells, and the header {width}",
                where=f"{name}, line {line}",
                hint="Put quotes around a cell that holds the delimiter.",
            )
        checked.append((line, (cells + [""] * width)[:width]))
    return checked


def _delimiter(text: str) -> str:
    """Return the delimiter that the header uses most; the comma if it uses none."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count)


def _reader(format_id: str) -> Read:
    """Return the reader of one of the two formats."""

    def read(data: bytes, name: str, options: ReadOptions) -> Document:
        text, encoding = decode(data, name, options.encoding)
        (_, header), *rows = table(text, name, format_id)
        names = _column_names(header)
        if {MACHINE, CORRECTED} <= set(names):  # an export of ours
            rows = [(line, [unguard(cell) for cell in cells]) for line, cells in rows]
        records = [Row(line, dict(zip(names, cells, strict=True))) for line, cells in rows]
        return document_of(records, names, name, options, format_id=format_id, encoding=encoding)

    return read


def _writer(delimiter: str) -> Write:
    """Return the writer of one of the two formats."""

    def write(review: Review, language: str) -> bytes:
        return write_table(review, language, delimiter)

    return write


def _column_names(header: list[str]) -> list[str]:
    """Return the names of the columns, made distinct and none empty."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = cell.strip() or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


FORMAT = (
    Format("csv", (".csv",), "Comma-separated values", _reader("csv"), _writer(",")),
    Format("tsv", (".tsv", ".tab"), "Tab-separated values", _reader("tsv"), _writer("\t")),
)
