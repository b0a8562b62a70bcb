"""Say what a file is that is no text: an image, a PDF, a Word document.

Source: the signatures that the owners of the formats publish.
"""

from __future__ import annotations

from typing import Final

from mtreview.errors import InputError
from mtreview.formats._limits import SIZE_LIMIT

_SIGNATURES: Final = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "an image, a sound or a film"),
    (b"ID3\x03", "an MP3 sound"),
    (b"ID3\x04", "an MP3 sound"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3\0", "a SQLite database"),
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
_ZIP_ENDS: Final = 64 * 1024


def refuse_other_than_text(data: bytes, name: str) -> None:
    """Refuse a file that is empty, too large, or known not to be text.

    Raises:
        InputError: It is; the message says what it is.
    """
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
        ends = data[:_ZIP_ENDS] + data[-_ZIP_ENDS:]  # the names of the parts stand at both
        kind = next((kind for part, kind in _ZIP_PARTS if part in ends), "a ZIP archive")
    if kind is not None:
        raise InputError(
            f"not a text but {kind}", where=name, hint="Save it as plain text (.txt) or CSV first."
        )
