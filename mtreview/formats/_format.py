"""What a format is: suffixes, a reader from bytes to a Document, and a writer of a Review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mtreview.model import Document, Review


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said of a file.

    Attributes:
        target_column: Column or key of the Arabic; None looks for the usual names.
        source_column: Column or key of the English source; None looks for the usual names.
        reference_column: Column or key of a human translation; None looks for the usual names.
        id_column: Column or key of an identifier; None looks for ``id``.
        split: Cut texts into sentences; None does what is right for the format.
        encoding: Codec name; None detects it.
    """

    target_column: str | None = None
    source_column: str | None = None
    reference_column: str | None = None
    id_column: str | None = None
    split: bool | None = None
    encoding: str | None = None
    source_language: str = "en"
    target_language: str = "ar"


Read = Callable[[bytes, str, ReadOptions], Document]
Write = Callable[[Review, str], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        id: Short name, as in ``--format``.
        suffixes: File name endings, lower case, with the dot.
        title: What a person calls it.
        read: From the bytes, the file name and the options; raises ``InputError``. None if the
            format can only be written.
        write: The corrected translation as bytes, with reasons in the language of that code. None
            if the format can only be read.
    """

    id: str
    suffixes: tuple[str, ...]
    title: str
    read: Read | None = None
    write: Write | None = None
