"""The command line: ``mtreview score``, ``flags``, ``review``, ``export`` and more."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; what a user can cause ends in one line and a documented exit code."""
    from mtreview.cli._context import complain
    from mtreview.cli.app import app
    from mtreview.cli.exit_codes import ExitCode
    from mtreview.errors import MtReviewError

    try:
        app()
    except MtReviewError as error:
        sys.exit(complain(error))
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader has gone (as ``head`` does); keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.GOOD)
