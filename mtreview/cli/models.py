"""``mtreview models``: which models there are, where they come from, and how good they are."""

from __future__ import annotations

import io
from typing import Annotated

import typer
from rich.table import Table

from mtreview.cli._context import messages
from mtreview.cli._output import print_result
from mtreview.cli._tables import console_for
from mtreview.cli.exit_codes import ExitCode
from mtreview.engines.packs import Pack, find_pack, installed_packs, pull, verify
from mtreview.metrics._family import families, forbids_commercial_use

models = typer.Typer(
    no_args_is_help=True, help="List, fetch, verify and describe the translation models."
)


@models.command("list")
def list_models() -> None:
    """List the packs that can be used now: embedded ones, and those that were pulled."""
    table = Table()
    for heading in ("pack", "version", "directions", "size", "licence"):
        table.add_column(heading, no_wrap=heading != "licence")
    for pack in installed_packs():
        directions = ", ".join(direction.name for direction in pack.directions)
        table.add_row(pack.id, pack.version, directions, f"{_megabytes(pack):.0f} MB", pack.licence)
    text = io.StringIO()
    console_for(text).print(table)
    print_result(text.getvalue())


@models.command()
def info(
    name: Annotated[
        str | None, typer.Argument(metavar="PACK", help="Default: every pack there is.")
    ] = None,
) -> None:
    """Describe packs: what they were made from, under which licence, and what they score."""
    packs = [find_pack(name)] if name else installed_packs()
    for pack in packs:
        print_result(f"{_description(pack)}\n")


@models.command("verify")
def verify_models(
    name: Annotated[
        str | None, typer.Argument(metavar="PACK", help="Default: every pack there is.")
    ] = None,
) -> None:
    """Compare the files of packs with their recorded checksums."""
    packs = [find_pack(name)] if name else installed_packs()
    broken = False
    for pack in packs:
        problems = verify(pack)
        broken = broken or bool(problems)
        print_result(f"{pack.id} {pack.version}: {'; '.join(problems) or 'all files good'}\n")
    raise typer.Exit(ExitCode.NO_MODEL if broken else ExitCode.GOOD)


@models.command("pull")
def pull_model(
    hub_id: Annotated[
        str, typer.Argument(metavar="HUB_ID", help="Such as Helsinki-NLP/opus-mt-ar-en.")
    ],
) -> None:
    """Fetch a model from the hub, convert it once, and keep it in the cache folder.

    Afterwards its id can be given to --engine. Needs the [hub] extra and a network.
    """
    pack = pull(hub_id, lambda step: messages.print(step, markup=False))
    print_result(f"{pack.id} {pack.version}: {pack.path}\n")


@models.command("metrics")
def list_metric_models() -> None:
    """List the models that `score --metric` can add, their licences, and what each needs."""
    text = io.StringIO()
    console = console_for(text)
    for family in families().values():
        table = Table(title=f"{family.id}: {family.title}", title_justify="left")
        for heading in ("model", "licence", "commercial use", "notes"):
            table.add_column(heading, no_wrap=heading != "notes")
        for model in family.models:
            use = "forbidden" if forbids_commercial_use(model.licence) else "–"
            table.add_row(model.id, model.licence, use, model.note)
        console.print(table)
        console.print(f"Needs: {family.needs}\n", markup=False)
    print_result(text.getvalue())


def _megabytes(pack: Pack) -> float:
    """Return the size of a pack on disk."""
    return sum(file.stat().st_size for file in pack.path.rglob("*") if file.is_file()) / 1e6


def _description(pack: Pack) -> str:
    """Return everything a person should know of a pack, as text."""
    lines = [
        f"{pack.id} {pack.version}: {pack.title}",
        f"  folder        {pack.path}",
        f"  kind          {pack.kind}, {pack.quantization}, {_megabytes(pack):.0f} MB",
        f"  directions    {', '.join(direction.name for direction in pack.directions)}",
        f"  licence       {pack.licence}"
        + (f" (text in {pack.licence_file})" if pack.licence_file else ""),
        f"  trained on    {pack.trained_on or 'not stated'}",
        *(f"  credit        {credit}" for credit in pack.attribution),
    ]
    for measured in pack.measured:
        search = f"beam of {measured.beam_size}" if measured.beam_size > 1 else "greedy"
        lines += [
            f"  measured      {measured.direction} on {measured.set}, {measured.sentences}"
            f" sentences, {search}: BLEU {measured.bleu:.1f}, chrF {measured.chrf:.1f}",
            f"                {measured.bleu_signature}",
            f"                {measured.chrf_signature}",
        ]
    return "\n".join([*lines, ""])
