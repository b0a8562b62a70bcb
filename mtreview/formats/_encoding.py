"""From bytes to text, such that ``text.encode(encoding)`` gives the same bytes again.

What: a byte order mark decides; then UTF-8; then UTF-16 without a mark; then the old Arabic
encodings, told apart by charset-normalizer. What is no text at all is named (an image, a PDF, a
Word document). Why: a file that was decoded wrongly is worse than one that was refused, and a
corrected file must not differ from the original but in its corrections. Leaves alone: line ends,
and the mark of UTF-16 and UTF-32, which stays in the text as its first character. Source: the
Unicode standard, section 23.8; file signatures as published by the formats' owners.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from mtreview.errors import InputError, OutputError
from mtreview.text.characters import has_arabic

SIZE_LIMIT: Final = 200 * 1024 * 1024
"""Bytes of the largest file that is read."""

LINE_LIMIT: Final = 1_000_000
"""Characters of the longest line that is read."""

ARABIC_CODECS: Final = ("cp1256", "iso8859_6", "mac_arabic", "cp720", "cp864")

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film"),
    (b"ID3", "an MP3 sound"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
)
_ZIP: Final = b"PK\x03\x04"
_ZIP_PARTS: Final = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (.odt, .ods)"),
    (b"application/epub", "an EPUB book"),
)
_SAVE_AS_TEXT: Final = "Save it as plain text (.txt) or CSV first."
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_SAMPLE: Final = 64 * 1024


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file and the codec that gives the same bytes again.

    Args:
        data: The bytes of the file.
        name: Name of the file, for the error.
        encoding: Codec that the user named; None detects it.

    Raises:
        InputError: The file is empty, is no text, or its encoding is not known.
    """
    _refuse_other_than_text(data, name)
    if encoding is not None:
        return _decode_as(data, name, encoding)
    text, codec = _detected(data, name)
    if _CONTROLS.search(text[:_SAMPLE]):
        raise InputError("not a text: it holds binary data", where=name, hint=_SAVE_AS_TEXT)
    if not text.strip().strip("\ufeff"):
        raise InputError("the file holds nothing but white space", where=name)
    return text, codec


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of a text.

    A text that the encoding cannot hold becomes UTF-8 with a byte order mark, so that no character
    is lost and every program sees the change.

    Raises:
        OutputError: The text holds half of a surrogate pair, which no encoding can hold.
    """
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8-sig")
        except UnicodeEncodeError as error:
            raise OutputError(
                f"U+{ord(text[error.start]):04X} is half of a surrogate pair and no character",
                hint="Remove it from the correction.",
            ) from None


def check_lines(data: bytes, name: str) -> None:
    """Refuse bytes in which a line is longer than any encoding of ``LINE_LIMIT`` characters.

    It runs before decoding, so that a huge file without line ends costs no memory.

    Raises:
        InputError: There is such a line.
    """
    position, number = 0, 1
    while position < len(data):
        end = data.find(b"\n", position, position + 4 * LINE_LIMIT + 1)
        if end < 0:
            if len(data) - position > 4 * LINE_LIMIT:
                end = data.find(b"\r", position, position + 4 * LINE_LIMIT + 1)
                if end < 0:
                    raise line_too_long(name, number)
            else:
                return
        position, number = end + 1, number + 1


def check_text_lines(text: str, name: str) -> None:
    """Refuse a text with a line of more than ``LINE_LIMIT`` characters.

    Raises:
        InputError: There is such a line.
    """
    if len(text) > LINE_LIMIT:
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > LINE_LIMIT:
                raise line_too_long(name, number)


def line_too_long(name: str, number: int) -> InputError:
    """Return the error of a line that is too long."""
    return InputError(
        f"the line is longer than {LINE_LIMIT:,} characters",
        where=f"{name}, line {number}",
        hint="Put each paragraph on a line of its own.",
    )


def _refuse_other_than_text(data: bytes, name: str) -> None:
    """Refuse files that are empty, too large, or known not to be text."""
    if not data:
        raise InputError("the file is empty", where=name)
    if len(data) > SIZE_LIMIT:
        raise InputError(
            f"the file is larger than {SIZE_LIMIT // 1024 // 1024} MB",
            where=name,
            hint="Cut it into several files.",
        )
    kind = next((kind for magic, kind in _SIGNATURES if data.startswith(magic)), None)
    if data.startswith(_ZIP):
        head = data[: 8 * 1024] + data[-64 * 1024 :]
        kind = next((kind for part, kind in _ZIP_PARTS if part in head), "a ZIP archive")
    if kind is not None:
        raise InputError(f"not a text but {kind}", where=name, hint=_SAVE_AS_TEXT)


def _decode_as(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    """Return the text in an encoding that the user named."""
    try:
        data.decode(encoding)
    except LookupError:
        raise InputError(
            f"the encoding {encoding!r} is not known",
            where=name,
            hint="Common ones: utf-8, cp1256, iso8859-6, utf-16.",
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"not {encoding}: the byte at {error.start} does not fit",
            where=name,
            hint="Leave the encoding out to have it detected.",
        ) from None
    for codec in (encoding, f"{encoding}-le", f"{encoding}-be"):
        again = _reproduced(data, codec)
        if again is not None:
            return again, codec
    raise InputError(
        f"the bytes cannot be written again as {encoding}", where=name, hint=_TRY_ENCODING
    )


_TRY_ENCODING: Final = "Name the encoding with --encoding, or save the file as UTF-8."


def _detected(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the codec that were found."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = _reproduced(data, codec)
            if text is None:
                label = codec.removesuffix("-sig").upper()
                raise InputError(
                    f"damaged: it begins as {label} and goes on as something else", where=name
                )
            return text, codec
    text = _reproduced(data, "utf-8")
    if text is not None and not _CONTROLS.search(text[:_SAMPLE]):
        return text, "utf-8"
    if b"\x00" in data or b"\x06" in data:  # the high byte of ASCII, and of Arabic
        for codec in ("utf-16-le", "utf-16-be"):
            wide = _reproduced(data, codec)
            if wide is not None and _is_plausible(wide):
                return wide, codec
        raise InputError("not a text: it holds binary data", where=name, hint=_SAVE_AS_TEXT)
    if text is not None:
        return text, "utf-8"
    for codec in _arabic_guesses(data):
        old = _reproduced(data, codec)
        if old is not None and _is_plausible(old):
            return old, codec
    raise InputError("the encoding cannot be told", where=name, hint=_TRY_ENCODING)


def _arabic_guesses(data: bytes) -> list[str]:
    """Return old Arabic encodings, the likeliest first."""
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_SAMPLE], cp_isolation=list(ARABIC_CODECS))
    found = [match.encoding for match in matches]
    return [*found, *(codec for codec in ARABIC_CODECS if codec not in found)]


def _reproduced(data: bytes, codec: str) -> str | None:
    """Return the decoded text if the codec gives the same bytes again."""
    try:
        text = data.decode(codec)
        return text if text.encode(codec) == data else None
    except (UnicodeError, LookupError):
        return None


def _is_plausible(text: str) -> bool:
    """Tell whether a decoded text reads like Arabic: most of its words are of one script."""
    sample = text[:_SAMPLE]
    if _CONTROLS.search(sample):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", sample) if not word.isascii()]
    good = sum(1 for word in words if all(map(has_arabic, word)))
    return bool(words) and good >= 0.9 * len(words)
