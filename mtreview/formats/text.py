"""Plain text: each line is a paragraph, cut into sentences.

Read: any encoding that can be told; line ends stay as they are. Written: the same bytes but for the
corrections. A document that came from a table or JSON lines is written as one translation on a
line, line breaks inside one becoming spaces. If a correction holds a character that the file's
encoding lacks, the whole file is written as UTF-8 with a byte order mark, so that no character is
lost and every program sees the change of encoding.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from mtreview.formats._encoding import decode, encode
from mtreview.formats._format import Format, ReadOptions
from mtreview.formats._paragraphs import segments_of
from mtreview.model import Document, Review
from mtreview.text.kinds import line_kinds

RUNNING_TEXT: Final = ("text", "html")
"""Ids of the formats whose documents are running text, not rows."""

_LINE_BREAK: Final = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\N{LINE SEPARATOR}\u2029]+\s*")


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """Return the document of a text file.

    Raises:
        InputError: The file is empty, no text, or its encoding cannot be told.
    """
    text, encoding = decode(data, name, options.encoding)
    split = options.split is not False
    return Document(
        original=name,
        segments=segments_of(text, line_kinds, split=split, language=options.target_language),
        text=text,
        source_language=options.source_language,
        target_language=options.target_language,
        format="text",
        encoding=encoding,
    )


def write(review: Review, language: str) -> bytes:
    """Return the corrected translation as a text file; the language is not used."""
    document = review.document
    corrections = review.current_targets()
    if document.format in RUNNING_TEXT:
        text, encoding = document.corrected(corrections), document.encoding
    else:
        text, encoding = _rows(document.with_targets(corrections)), "utf-8"
    return encode(text, encoding)


def on_one_line(text: str) -> str:
    r"""Return a text that holds a line end with a space in its place; any other as it is.

    >>> on_one_line("نعم\n لا.\n"), on_one_line("نعم. ")
    ('نعم لا.', 'نعم. ')
    """
    return _LINE_BREAK.sub(" ", text.strip()) if _LINE_BREAK.search(text) else text


def _rows(document: Document) -> str:
    """Return the translation of each row on a line of its own."""
    rows = []
    for _, group in groupby(document.segments, lambda segment: segment.paragraph):
        segments = list(group)
        row = document.text[segments[0].start : segments[-1].end]
        rows.append(on_one_line(row.strip()) + "\n")
    return "".join(rows)


FORMAT = Format("text", (".txt", ".text"), "Plain text", read, write)
