"""Exit codes of every command: one enum, documented in ``docs/commands.md``."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from mtreview.errors import (
    ConfigError,
    InputError,
    ModelError,
    MtReviewError,
    OutputError,
    PluginError,
    StoreError,
)


class ExitCode(IntEnum):
    """What a command says to the shell when it ends."""

    GOOD = 0
    BELOW_GATE = 1
    USAGE = 2
    BAD_INPUT = 3
    NO_MODEL = 4
    NO_OUTPUT = 5
    STORE = 6
    DEFECT = 70
    INTERRUPTED = 130


_CODES: Final[tuple[tuple[type[MtReviewError], ExitCode], ...]] = (
    (ConfigError, ExitCode.USAGE),
    (PluginError, ExitCode.USAGE),
    (InputError, ExitCode.BAD_INPUT),
    (ModelError, ExitCode.NO_MODEL),
    (OutputError, ExitCode.NO_OUTPUT),
    (StoreError, ExitCode.STORE),
)


def code_of(error: MtReviewError) -> ExitCode:
    """Return the exit code of an error.

    >>> code_of(InputError("empty"))
    <ExitCode.BAD_INPUT: 3>
    """
    return next((code for kind, code in _CODES if isinstance(error, kind)), ExitCode.USAGE)
