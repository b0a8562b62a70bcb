"""Open a file in any known format, and write a review in any.

The format is the one that the user named, or that of the file's ending. Formats are the modules of
this package with a ``FORMAT``, and the entry points of the group ``mtreview.formats``.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from mtreview.errors import ConfigError, InputError
from mtreview.formats._format import Format, Read, ReadOptions
from mtreview.formats._limits import SIZE_LIMIT
from mtreview.model import Document, Review
from mtreview.plugins import discover
from mtreview.text.characters import has_arabic


def formats() -> dict[str, Format]:
    """Return all formats by id."""
    return discover("mtreview.formats", "FORMAT")


def read(path: Path, options: ReadOptions, format_id: str | None = None) -> Document:
    """Read a file.

    Args:
        path: The file.
        options: What the user said of it.
        format_id: Id or ending of its format; None takes that of the file.

    Raises:
        ConfigError: There is no such format.
        InputError: It cannot be read, or holds no Arabic text.
    """
    # A name in another encoding than the system's has halves of surrogate pairs for its bytes.
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return read_bytes(read_file(path), name, options, format_id)


def read_bytes(
    data: bytes, name: str, options: ReadOptions, format_id: str | None = None
) -> Document:
    """Read a file that is in memory.

    Args:
        data: Its bytes.
        name: Its name, whose ending tells the format unless ``format_id`` does.
        options: What the user said of it.
        format_id: Id or ending of its format.

    Raises:
        ConfigError: There is no such format.
        InputError: It cannot be read, or holds no Arabic text.
    """
    document = _reader_of(name, format_id)(data, name, options)
    _require_arabic(document)
    return document


def read_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        InputError: It is not there, is a folder, is too large, or may not be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", where=str(path)) from None
    except IsADirectoryError:
        raise InputError("a folder, not a file", where=str(path)) from None
    except PermissionError:
        raise InputError("you may not read this file", where=str(path)) from None
    except (OSError, ValueError) as error:
        raise InputError(f"the file cannot be read ({error})", where=str(path)) from None


def write(review: Review, format_id: str, language: str = "en") -> bytes:
    """Return a review with its corrections as the bytes of a file.

    Args:
        review: The scored document with the decisions taken so far.
        format_id: Id of the format to write, or an ending of it, such as ``txt``.
        language: Code of the language of reasons, where the format holds any.

    Raises:
        ConfigError: The format is not known, or cannot be written.
        OutputError: The text cannot be written in the format.
    """
    writers = {key: each.write for key, each in formats().items() if each.write}
    chosen = writers.get(_id_of(format_id))
    if chosen is None:
        known = ", ".join(sorted(writers))
        raise ConfigError(
            f"cannot write the format {format_id!r}", hint=f"Formats to write: {known}."
        )
    return chosen(review, language)


def _id_of(name: str) -> str:
    """Return the id of the format of that id or ending (with or without the dot), or ""."""
    suffix = f".{name.lower().lstrip('.')}"
    return next(
        (key for key, each in formats().items() if key == name or suffix in each.suffixes), ""
    )


def _reader_of(name: str, format_id: str | None) -> Read:
    """Return the reader of a format id, or of a file name.

    Raises:
        ConfigError: The id is not known.
        InputError: The ending is not known.
    """
    readers = {key: each.read for key, each in formats().items() if each.read}
    suffix = PurePath(name).suffix
    chosen = readers.get(_id_of(suffix if format_id is None else format_id))
    if chosen is not None:
        return chosen
    if format_id is not None:
        raise ConfigError(
            f"unknown format {format_id!r}",
            hint=f"Formats to read: {', '.join(sorted(readers))}.",
        )
    suffixes = [each for key in readers for each in formats()[key].suffixes]
    raise InputError(
        f"no known format has the ending {suffix!r}" if suffix else "the name has no ending",
        where=name,
        hint=f"Known are {', '.join(sorted(suffixes))}; "
        f"or name the format: {', '.join(sorted(readers))}.",
    )


def _require_arabic(document: Document) -> None:
    """Refuse a document that should be Arabic and has no Arabic letter."""
    if document.target_language.partition("-")[0] != "ar" or has_arabic(document.text):
        return
    begin = " ".join(document.text[:200].split())[:60]
    raise InputError(
        f"no Arabic letters in the text; it begins “{begin}”",
        where=document.original,
        hint="Is it the right file, and the right column?",
    )
