"""From rows with named columns to a document. Shared by delimited tables and JSON lines.

The column of the Arabic is the one that the user named, or the first of the usual names that is
there; the same for source, reference and identifier. All other columns are kept. A row is one
segment unless the user asks to split; then the pieces of row ``7`` are ``7.1``, ``7.2`` and so on.
A row whose cells are all blank is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final, NamedTuple

from mtreview.errors import InputError
from mtreview.formats._format import ReadOptions
from mtreview.model import Document, Segment, SegmentKind
from mtreview.text.characters import has_arabic
from mtreview.text.residue import is_residue
from mtreview.text.segment import sentences

TARGET_NAMES: Final = (
    *("target", "machine_translation", "mt", "translation", "hypothesis", "hyp", "arabic", "ar"),
    *("tgt", "trg", "output", "mt_output", "translated", "target_text", "ar_text", "text_ar"),
    *("الترجمة", "العربية", "النص"),
)
SOURCE_NAMES: Final = (
    *("source", "src", "english", "en", "original", "source_text", "en_text", "text_en"),
    *("الأصل", "المصدر", "الإنجليزية"),
)
REFERENCE_NAMES: Final = ("reference", "ref", "human", "human_translation", "gold", "المرجع")
ID_NAMES: Final = ("id", "segment_id", "seg_id", "segid", "key", "uid", "identifier")
KIND_NAME: Final = "kind"
_KINDS: Final = frozenset(kind.value for kind in SegmentKind)


class Row(NamedTuple):
    """A row of a file: its cells by column, and the line where it begins, from 1."""

    line: int
    cells: Mapping[str, str]


class Columns(NamedTuple):
    """Which column is what; None where there is none."""

    target: str
    source: str | None
    reference: str | None
    identifier: str | None


def document_of(
    rows: Sequence[Row],
    names: Sequence[str],
    name: str,
    options: ReadOptions,
    *,
    format_id: str,
    encoding: str,
) -> Document:
    """Return a document with a segment for each row, or for each sentence of it.

    Args:
        rows: The rows in their order.
        names: The columns in their order.
        name: Name of the file, for errors.
        options: What the user said.
        format_id: Id of the format.
        encoding: Codec that reproduces the bytes of the file.

    Raises:
        InputError: A column that is needed is not there, or there are no rows.
    """
    rows = [row for row in rows if any(map(str.strip, row.cells.values()))]
    if not rows:
        raise InputError("the table has no rows", where=name)
    columns = _columns(rows, names, name, options)
    segments: list[Segment] = []
    taken: dict[str, int] = {}
    start = 0
    for number, row in enumerate(rows):
        segment = replace(_segment(row, columns, number), start=start)
        start = segment.end + 1
        for piece in _pieces(segment, columns, options) if options.split else [segment]:
            segments.append(_with_unique_id(piece, taken))
    text = "\n".join(row.cells.get(columns.target, "") for row in rows)
    return Document(
        original=name,
        segments=tuple(segments),
        text=text,
        source_language=options.source_language,
        target_language=options.target_language,
        format=format_id,
        encoding=encoding,
    )


def _segment(row: Row, columns: Columns, number: int) -> Segment:
    """Return the segment of a row, at the begin of the text."""

    def cell(column: str | None) -> str:
        return row.cells.get(column, "") if column else ""

    kind = _kind(cell(columns.target), cell(KIND_NAME))
    used = {*columns, KIND_NAME if cell(KIND_NAME) == kind.value else None}
    return Segment(
        id=cell(columns.identifier).strip() or str(number + 1),
        target=cell(columns.target),
        source=cell(columns.source).strip() or None,
        reference=cell(columns.reference).strip() or None,
        kind=kind,
        paragraph=number,
        columns=tuple((key, value) for key, value in row.cells.items() if key not in used),
    )


def _with_unique_id(segment: Segment, taken: dict[str, int]) -> Segment:
    """Return the segment with an id that is not taken, and note it as taken.

    Args:
        segment: The segment.
        taken: Id -> up to which number it was counted.
    """
    unique, count = segment.id, taken.get(segment.id, 1)
    while unique in taken:
        count += 1
        unique = f"{segment.id}#{count}"
    taken[segment.id] = count
    taken.setdefault(unique, 1)
    if unique == segment.id:
        return segment
    note = f"the id {segment.id} is repeated in the file"
    return replace(segment, id=unique, notes=(*segment.notes, note))


def _kind(target: str, named: str) -> SegmentKind:
    """Return the kind a row names, or boilerplate for codes of a publishing system.

    Labels such as "download" are not taken for boilerplate: in a table they may be what is to be
    reviewed.
    """
    if named in _KINDS:
        return SegmentKind(named)
    return SegmentKind.BOILERPLATE if is_residue(target) else SegmentKind.BODY


def _pieces(segment: Segment, columns: Columns, options: ReadOptions) -> list[Segment]:
    """Return the sentences of a row as segments.

    Source and reference go with them where they have as many sentences; otherwise they are kept as
    columns, because a sentence must not be measured against a whole paragraph.
    """
    spans = sentences(segment.target, options.target_language)
    if len(spans) < 2:
        return [segment]
    kept = list(segment.columns)
    parts: dict[str, list[str] | None] = {}
    for role, column, text, language in (
        ("source", columns.source, segment.source, options.source_language),
        ("reference", columns.reference, segment.reference, options.target_language),
    ):
        found = sentences(text, language) if text else []
        aligned = len(found) == len(spans) and text
        parts[role] = [text[slice(*span)] for span in found] if text and aligned else None
        if text and not aligned:
            kept.append((column or role, text))
    sources, references = parts["source"], parts["reference"]
    return [
        replace(
            segment,
            id=f"{segment.id}.{number + 1}",
            target=segment.target[start:end],
            start=segment.start + start,
            source=sources[number] if sources else None,
            reference=references[number] if references else None,
            columns=tuple(kept),
        )
        for number, (start, end) in enumerate(spans)
    ]


def _columns(rows: Sequence[Row], names: Sequence[str], name: str, options: ReadOptions) -> Columns:
    """Return which column is what."""
    identifier = _find(options.id_column, ID_NAMES, names, name)
    source = _find(options.source_column, SOURCE_NAMES, names, name)
    reference = _find(options.reference_column, REFERENCE_NAMES, names, name)
    target = _find(options.target_column, TARGET_NAMES, names, name)
    if target is None:
        arabic = [key for key in names if _is_mostly_arabic(rows, key) and key != reference]
        hint = (
            f"Arabic text is in {_listed(arabic)}: name it with --target."
            if arabic
            else "Name the column of the Arabic with --target."
        )
        raise InputError(
            f"no column has a usual name for the translation; there are {_listed(names)}",
            where=name,
            hint=hint,
        )
    return Columns(target, source, reference, identifier)


def _find(wanted: str | None, usual: Sequence[str], names: Sequence[str], where: str) -> str | None:
    """Return the column the user named, or the first usual one that is there."""
    by_name = {column.strip().casefold(): column for column in reversed(names)}
    if wanted is None:
        return next((by_name[key] for key in usual if key in by_name), None)
    if wanted in names:
        return wanted
    found = by_name.get(wanted.strip().casefold())
    if found is None:
        near = get_close_matches(wanted.casefold(), by_name, n=1)
        hint = f"Did you mean {by_name[near[0]]!r}?" if near else None
        raise InputError(
            f"no column {wanted!r}; there are {_listed(names)}", where=where, hint=hint
        )
    return found


def _listed(names: Sequence[str]) -> str:
    """Return column names as they go into a message."""
    shown = [repr(key if len(key) <= 40 else f"{key[:40]}…") for key in names[:20]]
    return ", ".join([*shown, "…"] if len(names) > 20 else shown) or "none"


def _is_mostly_arabic(rows: Sequence[Row], column: str) -> bool:
    """Tell whether most of the first cells of a column hold Arabic letters."""
    cells = [row.cells.get(column, "") for row in rows[:50]]
    return sum(map(has_arabic, cells)) > len(cells) / 2
