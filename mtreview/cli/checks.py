"""``mtreview checks``: what the checks are, and the manual of each."""

from __future__ import annotations

import importlib
import io
import json
from difflib import get_close_matches
from typing import Annotated

import typer
from rich.table import Table

from mtreview.checks._check import Check
from mtreview.cli._output import print_result
from mtreview.cli._tables import console_for
from mtreview.errors import ConfigError
from mtreview.plugins import discover

checks = typer.Typer(no_args_is_help=True, help="List the checks, or explain one.")


def all_checks() -> dict[str, Check]:
    """Return every check, by id in alphabetical order."""
    return dict(sorted(discover("mtreview.checks", "CHECK").items()))


def manual(check: Check) -> str:
    """Return the manual of a check: the docstring of the module that its function is in."""
    return (importlib.import_module(check.find.__module__).__doc__ or "").strip()


def markdown() -> str:
    """Return the manuals of all checks as one Markdown page."""
    rows = [
        f"| [{check.id}](#{check.id}) | {check.category} | {check.severity} | {check.needs} "
        f"| {check.title.english} |"
        for check in all_checks().values()
    ]
    pages = [f"## {check.id}\n\n{manual(check)}\n" for check in all_checks().values()]
    return "\n".join(
        [
            "# Checks",
            "",
            "Made from the checks themselves by `mtreview checks manual`. Categories are MQM ids.",
            "",
            "| check | category | severity | reads | finds |",
            "|---|---|---|---|---|",
            *rows,
            "",
            *pages,
        ]
    )


@checks.command("list")
def list_checks(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON lines.")] = False,
) -> None:
    """List all checks with MQM category, default severity, and what they read."""
    found = all_checks().values()
    if as_json:
        for check in found:
            record = {
                "id": check.id,
                "category": check.category,
                "severity": check.severity,
                "needs": check.needs,
                "title": check.title.english,
                "title_ar": check.title.arabic,
            }
            print_result(f"{json.dumps(record, ensure_ascii=False)}\n")
        return
    table = Table()
    for heading in ("check", "MQM category", "severity", "reads", "finds"):
        table.add_column(heading, no_wrap=heading == "check")
    for check in found:
        table.add_row(check.id, check.category, check.severity, check.needs, check.title.english)
    text = io.StringIO()
    console_for(text).print(table)
    print_result(text.getvalue())


@checks.command("manual")
def print_manual() -> None:
    """Print the manual of every check as Markdown: what ``docs/checks.md`` holds."""
    print_result(markdown())


@checks.command()
def explain(check_id: Annotated[str, typer.Argument(metavar="CHECK")]) -> None:
    """Print the manual of one check: what, why, what it leaves alone, where the rule is from."""
    found = all_checks()
    if check_id not in found:
        near = get_close_matches(check_id, found, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "See `mtreview checks list`."
        raise ConfigError(f"there is no check {check_id!r}", hint=hint)
    check = found[check_id]
    headline = f"{check.id} ({check.category}, {check.severity}): {check.title.english}"
    print_result(f"{headline}\n\n{manual(check)}\n")
