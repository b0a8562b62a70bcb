"""Write results: to standard output, or to a file that is whole or not there at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from stat import S_IMODE
from typing import Final

from mtreview.errors import OutputError

TEMPORARY: Final = ".mtreview-"
"""How the names of temporary files begin; with the result's own name they could be too long."""


def write_output(data: bytes, path: Path | None) -> None:
    """Write bytes to a file, or to standard output when there is none.

    The bytes go to a temporary file in the same folder, which then takes the name: a full disk or
    a kill leaves what stood there before.

    Raises:
        OutputError: The file cannot be written.
    """
    if path is None:
        _write_to_stdout(data)
        return
    temporary: Path | None = None
    place = path.resolve()  # a link stays one
    try:
        if path.is_dir():
            raise IsADirectoryError("it is a folder")
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a pipe or a device cannot be replaced, only written to
            return
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=TEMPORARY, delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~_umask())
        temporary.replace(place)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write the result ({error.strerror or error})",
            where=str(path),
            hint="Choose another place with -o.",
        ) from None


def print_result(text: str) -> None:
    """Write a text to standard output.

    Raises:
        OutputError: It cannot be written.
    """
    write_output(text.encode("utf-8"), None)


def _write_to_stdout(data: bytes) -> None:
    """Write bytes to standard output; a reader that has gone, as ``head`` does, is no error."""
    try:
        if sys.stdout is None:
            raise OSError("it is closed")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        if sys.stdout is not None:
            # What is left in the buffer would make Python complain when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise OutputError(
                f"cannot write the result ({error.strerror or error})",
                where="standard output",
                hint="Give a file with -o.",
            ) from None


def _umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def check_output(path: Path | None, *, folder: bool = False) -> None:
    """Make sure that a result can be written before the work begins.

    Args:
        path: Where the result will go; None is standard output.
        folder: The path is a folder that takes several files; it is made if it is missing.

    Raises:
        OutputError: It cannot.
    """
    if path is None:
        return
    where = path if folder else path.parent
    try:
        if folder:
            if path.exists() and not path.is_dir():
                raise NotADirectoryError("it is a file; several results go to a folder")
            path.mkdir(parents=True, exist_ok=True)
        elif path.is_dir():
            raise IsADirectoryError("it is a folder")
        if not where.is_dir():
            raise FileNotFoundError(f"there is no folder {where}")
        is_device = path.exists() and not (path.is_file() or folder)  # written to, not replaced
        if not os.access(path if is_device else where, os.W_OK):
            raise PermissionError("writing there is not permitted")
    except OSError as error:
        raise OutputError(
            f"cannot write the result ({error.strerror or error})",
            where=str(path),
            hint="Choose another place with -o.",
        ) from None
