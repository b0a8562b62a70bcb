"""``mtreview reviews``: what is in the store."""

from __future__ import annotations

import io
from typing import Annotated

import typer
from rich.table import Table

from mtreview.cli import _options as options
from mtreview.cli._context import load_config, messages, open_store
from mtreview.cli._output import print_result
from mtreview.cli._tables import console_for

reviews = typer.Typer(no_args_is_help=True, help="List the stored reviews, or delete one.")


@reviews.command("list")
def list_reviews(config_file: options.ConfigFile = None) -> None:
    """List all reviews, the latest first, with how far each is."""
    summaries = open_store(load_config(config_file)).reviews()
    table = Table()
    for heading in ("review", "file", "created", "segments", "scored", "flagged", "decided"):
        table.add_column(heading, no_wrap=heading == "review")
    for summary in summaries:
        table.add_row(
            summary.id,
            summary.name,
            summary.created_at[:16].replace("T", " "),
            *(str(n) for n in (summary.segments, summary.scored, summary.flagged, summary.decided)),
        )
    text = io.StringIO()
    console_for(text).print(table)
    print_result(text.getvalue())


@reviews.command()
def delete(
    review: options.ReviewName,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    config_file: options.ConfigFile = None,
) -> None:
    """Delete a review with all its corrections; it cannot be brought back."""
    store = open_store(load_config(config_file))
    review_id = store.find(review)
    if not yes:
        typer.confirm(f"Delete review {review_id} and its corrections?", abort=True, err=True)
    store.delete(review_id)
    messages.print(f"review {review_id} deleted", markup=False)
