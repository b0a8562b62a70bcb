"""The command line: ``mtreview score``, ``flags``, ``review``, ``export`` and more."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; whatever happens ends in one line and a documented exit code.

    What a user can cause is told by the commands themselves. Anything else is a defect of mtreview,
    whose traceback is printed if the environment variable ``MTREVIEW_TRACEBACK`` is set.
    """
    from mtreview.cli._context import messages
    from mtreview.cli.app import app
    from mtreview.cli.exit_codes import ExitCode

    try:
        app()
    except Exception as error:
        if os.environ.get("MTREVIEW_TRACEBACK"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())
        messages.print(
            f"mtreview: a defect of mtreview ({what}). Set MTREVIEW_TRACEBACK=1, run it again, "
            "and report what it prints.",
            markup=False,
            style="red",
        )
        sys.exit(ExitCode.DEFECT)
