"""The command line: every command, put together."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mtreview import __version__
from mtreview.cli._context import complain, messages
from mtreview.cli.checks import checks
from mtreview.cli.exit_codes import ExitCode
from mtreview.cli.export import apply, export
from mtreview.cli.flags import flags
from mtreview.cli.models import models
from mtreview.cli.review import review
from mtreview.cli.reviews import reviews
from mtreview.cli.score import score
from mtreview.errors import MtReviewError


class Commands(TyperGroup):
    """The commands; what a user can cause ends in one line and a documented exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except MtReviewError as error:
            raise typer.Exit(complain(error)) from None
        except (KeyboardInterrupt, typer.Abort):
            messages.print("mtreview: stopped", style="red")
            raise typer.Exit(ExitCode.INTERRUPTED) from None


app = typer.Typer(
    cls=Commands,
    name="mtreview",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Review machine-translated Arabic: back-translate, score, flag, correct and export.",
)
app.command()(score)
app.command()(flags)
app.command()(review)
app.command()(export)
app.command()(apply)
app.add_typer(reviews, name="reviews")
app.add_typer(models, name="models")
app.add_typer(checks, name="checks")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mtreview {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Review machine-translated Arabic: back-translate, score, flag, correct and export."""
