"""Open a file in any known format, and write a review in any.

The format is the one that the user named, or that of the file's ending. Formats are the modules of
this package with a ``FORMAT``, and the entry points of the group ``mtreview.formats``.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from mtreview.errors import InputError, OutputError
from mtreview.formats._encoding import SIZE_LIMIT, check_lines, check_text_lines
from mtreview.formats._format import Format, ReadOptions
from mtreview.model import Document, Review
from mtreview.plugins import discover
from mtreview.text.characters import has_arabic

_ANY_LINE_LENGTH = frozenset({"html"})
"""Formats in which a line means nothing."""


def formats() -> dict[str, Format]:
    """Return all formats by id."""
    return discover("mtreview.formats", "FORMAT")


def read(path: Path, options: ReadOptions, format_id: str | None = None) -> Document:
    """Read a file.

    Args:
        path: The file.
        options: What the user said of it.
        format_id: Id of its format; None takes that of the ending.

    Raises:
        InputError: It cannot be read, or holds no Arabic text.
    """
    format_of(path.name, format_id)  # an unknown ending is told before a large file is read
    return read_bytes(read_file(path), path.name, options, format_id)


def read_bytes(
    data: bytes, name: str, options: ReadOptions, format_id: str | None = None
) -> Document:
    """Read a file that is in memory.

    Args:
        data: Its bytes.
        name: Its name, whose ending tells the format unless ``format_id`` does.
        options: What the user said of it.
        format_id: Id of its format.

    Raises:
        InputError: It cannot be read, or holds no Arabic text.
    """
    chosen = format_of(name, format_id)
    if chosen.read is None:
        raise InputError(f"the format {chosen.id!r} can only be written", where=name)
    if chosen.id not in _ANY_LINE_LENGTH:
        check_lines(data, name)
    document = chosen.read(data, name, options)
    if chosen.id not in _ANY_LINE_LENGTH:
        check_text_lines(document.text, name)
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
        format_id: Id of the format to write.
        language: Code of the language of reasons, where the format holds any.

    Raises:
        OutputError: The format is not known, or cannot be written.
    """
    chosen = formats().get(format_id)
    if chosen is None or chosen.write is None:
        known = ", ".join(sorted(key for key, each in formats().items() if each.write))
        raise OutputError(
            f"cannot write the format {format_id!r}", hint=f"Formats to write: {known}."
        )
    return chosen.write(review, language)


def format_of(name: str, format_id: str | None = None) -> Format:
    """Return the format of a file name, or the one of an id.

    Raises:
        InputError: The ending or the id is not known.
    """
    known = {key: each for key, each in formats().items() if each.read}
    if format_id is not None:
        if format_id not in known:
            raise InputError(
                f"unknown format {format_id!r}",
                where=name,
                hint=f"Formats to read: {', '.join(sorted(known))}.",
            )
        return known[format_id]
    suffix = PurePath(name).suffix.lower()
    for each in known.values():
        if suffix in each.suffixes:
            return each
    suffixes = ", ".join(sorted(suffix for each in known.values() for suffix in each.suffixes))
    raise InputError(
        f"no known format has the ending {suffix!r}" if suffix else "the name has no ending",
        where=name,
        hint=f"Known are {suffixes}; or name the format ({', '.join(sorted(known))}).",
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
