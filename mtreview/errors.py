"""The errors that a user can meet: each says what happened, where, and what to try.

A command turns any of these into one line on standard error and a documented exit code; the
browser page shows the same line. Anything else that is raised is a defect of mtreview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtreview.model import Decision


class MtReviewError(Exception):
    """Base of every error that mtreview raises on purpose.

    Args:
        what: What went wrong, in plain words, without a full stop.
        where: The file, line, column, key or model that it happened at.
        hint: What the user can try.
    """

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """Return one line: ``where: what. hint``.

        >>> str(InputError("the file is empty", where="a.txt", hint="Give a file with text."))
        'a.txt: the file is empty. Give a file with text.'
        """
        line = f"{self.where}: {self.what}" if self.where else self.what
        if self.hint:
            line = f"{line}. {self.hint}"
        return " ".join(line.split())


class ConfigError(MtReviewError):
    """The configuration file or an option is wrong."""


class InputError(MtReviewError):
    """A file cannot be read as what it is said to be."""


class OutputError(MtReviewError):
    """A result cannot be written; nothing half-written is left behind."""


class ModelError(MtReviewError):
    """A translation model is unknown, broken, or cannot be fetched."""


class StoreError(MtReviewError):
    """The review database cannot be opened, read or written."""


class ConflictError(StoreError):
    """Somebody else decided on the same segment meanwhile; nothing was overwritten.

    Args:
        what: What went wrong, in plain words.
        current: The latest decision on the segment; None if there is none.
        hint: What the user can try.
    """

    def __init__(
        self, what: str, *, current: Decision | None = None, hint: str | None = None
    ) -> None:
        super().__init__(what, hint=hint)
        self.current = current


class PluginError(MtReviewError):
    """A check, metric, engine or format of a plug-in does not fit."""
