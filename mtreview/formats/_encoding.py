"""From bytes to text, such that ``text.encode(encoding)`` gives the same bytes again.

What: a byte order mark decides; then UTF-8; then UTF-16 without a mark; then the old Arabic
encodings, told by how often the commonest letters of Arabic occur. What is no text at all is named
(an image, a PDF, a Word document). Why: a file that was decoded wrongly is worse than one that was
refused, and a corrected file must not differ from the original but in its corrections. Leaves
alone: line ends, and the mark of UTF-16 and UTF-32, which stays in the text as its first character.
Source: the Unicode standard, section 23.8; file signatures as published by the formats' owners.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from mtreview.errors import InputError, OutputError
from mtreview.formats._limits import check_encoded_lines, check_lines
from mtreview.formats._not_text import refuse_other_than_text
from mtreview.text.characters import (
    ARABIC_LETTERS,
    ARABIC_PUNCTUATION,
    BIDI_CONTROLS,
    DIGITS,
    QUOTES,
    TASHKEEL,
    ZERO_WIDTH,
)

ARABIC_CODECS: Final = ("cp1256", "iso8859_6", "mac_arabic", "cp720")
"""The old encodings that are detected; of equally likely ones the first."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS_TEXT: Final = "Save it as plain text (.txt) or CSV first."
_TRY_ENCODING: Final = "Name the encoding with --encoding, or save the file as UTF-8."
_COMMONEST: Final = frozenset("اليمونرت")
"""They make 42 % of the letters of a sentence at the least, and 60 % as a rule (FLORES)."""
_LEAST_SHARE: Final = 0.36
_MOST_UNEXPECTED: Final = 0.05
_EXPECTED: Final = (
    ARABIC_LETTERS | TASHKEEL | DIGITS | ARABIC_PUNCTUATION | QUOTES | BIDI_CONTROLS | ZERO_WIDTH
) | frozenset("\N{ARABIC TATWEEL}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}\N{COPYRIGHT SIGN}°")
"""What is no surprise in Arabic text beside ASCII."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_ASCII_LETTER: Final = re.compile("[A-Za-z]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_SAMPLE: Final = 64 * 1024


def decode(
    data: bytes, name: str, encoding: str | None = None, *, any_line_length: bool = False
) -> tuple[str, str]:
    """Return the text of a file and the codec that gives the same bytes again.

    Args:
        data: The bytes of the file.
        name: Name of the file, for the error.
        encoding: Codec that the user named; None detects it.
        any_line_length: Lines mean nothing in this format.

    Raises:
        InputError: The file is empty, is no text, its encoding is not known, or a line is too long.
    """
    refuse_other_than_text(data, name)
    if not any_line_length:
        check_encoded_lines(data, name)
    text, codec = _decode_as(data, name, encoding) if encoding else _detected(data, name)
    if _CONTROLS.search(text[:_SAMPLE]):
        raise InputError("not a text: it holds binary data", where=name, hint=_SAVE_AS_TEXT)
    if not text.strip().strip("\ufeff"):
        raise InputError("the file holds nothing but white space", where=name)
    if not any_line_length:
        check_lines(text, name)
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


def _decode_as(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    """Return the text in an encoding that the user named."""
    try:
        data.decode(encoding)
    except UnicodeError as error:
        at = f": the byte at {error.start} does not fit" if hasattr(error, "start") else ""
        raise InputError(
            f"not {encoding}{at}", where=name, hint="Leave the encoding out to have it detected."
        ) from None
    except (LookupError, ValueError):
        raise InputError(
            f"the encoding {encoding!r} is not known",
            where=name,
            hint="Common ones: utf-8, cp1256, iso8859-6, utf-16.",
        ) from None
    marked = [codec for mark, codec in _MARKS if data.startswith(mark)]
    for codec in (encoding, *marked, f"{encoding}-le"):  # utf-16 without a mark is read as this
        again = _reproduced(data, codec)
        if again is not None:
            return again, codec
    raise InputError(
        f"the bytes cannot be written again as {encoding}", where=name, hint=_TRY_ENCODING
    )


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
            if wide is not None and _is_arabic(wide):
                return wide, codec
        raise InputError("not a text: it holds binary data", where=name, hint=_SAVE_AS_TEXT)
    if text is not None:
        return text, "utf-8"
    guesses = [(codec, _reproduced(data, codec)) for codec in ARABIC_CODECS]
    likely = [(old, codec) for codec, old in guesses if old is not None and _is_arabic(old)]
    if likely:
        return min(likely, key=lambda guess: (_unexpected(guess[0]), -_common_share(guess[0])))
    raise InputError("the encoding cannot be told", where=name, hint=_TRY_ENCODING)


def _reproduced(data: bytes, codec: str) -> str | None:
    """Return the decoded text if the codec gives the same bytes again."""
    try:
        text = data.decode(codec)
        return text if text.encode(codec) == data else None
    except (UnicodeError, LookupError):
        return None


def _is_arabic(text: str) -> bool:
    """Tell whether a decoded text is Arabic, not another language in the wrong encoding."""
    words = [word for word in _WORD.findall(text[:_SAMPLE]) if not ARABIC_LETTERS.isdisjoint(word)]
    glued = sum(_ASCII_LETTER.search(word) is not None for word in words)
    return (
        glued <= _MOST_UNEXPECTED * len(words)
        and _common_share(text) >= _LEAST_SHARE
        and _unexpected(text) <= _MOST_UNEXPECTED
        and not _CONTROLS.search(text[:_SAMPLE])
    )


def _common_share(text: str) -> float:
    """Return the share of the commonest Arabic letters among the Arabic letters."""
    letters = [character for character in text[:_SAMPLE] if character in ARABIC_LETTERS]
    return sum(letter in _COMMONEST for letter in letters) / max(1, len(letters))


def _unexpected(text: str) -> float:
    """Return the share of surprising characters among those that are not ASCII."""
    sample = [character for character in text[:_SAMPLE] if not character.isascii()]
    return sum(character not in _EXPECTED for character in sample) / max(1, len(sample))
