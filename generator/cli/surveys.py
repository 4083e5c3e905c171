"""`gatherwell surveys export`: what a survey's rows hold, on the operator's machine alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import click

from generator.cli.messages import count
from generator.cli.options import root_option
from generator.cli.store import store_name, store_option, worded
from generator.ground.errors import SiteError

_WARNING: Final = """These are the answers of single people about their health. Few answers together name somebody: a year, a region, a rare
symptom. The file is for the purpose that the consent names and for nobody else:
- It may not be published, sent, or put into git; what is published are the tables of `gatherwell results pull`.
- Who withdraws is deleted from the store and not from this file: export anew instead of keeping it, then delete it.
- This export stands in the audit."""


@click.group("surveys")
def command() -> None:
    """Responses to surveys."""


@command.command("export")
@click.argument("survey")
@click.option("--raw", is_flag=True, required=True, help="Say that you want the answers of single people.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file, one JSON a line.",
)
@click.option("--version", type=click.IntRange(1), help="Of this version alone; by default of all.")
@root_option
@store_option
def export_command(
    survey: str, raw: bool, target: Path, version: int | None, root: Path, store: str | None
) -> None:
    """Write every response to SURVEY that is kept, without its writer's hash, its receipt or any free text."""
    from widgets.adapters.commands import export_survey

    if target.exists():
        raise SiteError(f"{target} is there already", hint="name another file, or delete it first")
    if not target.parent.is_dir():  # before the audit tells of an export that nobody got
        raise SiteError(f"{target.parent} is no folder", hint="make it first, or name a file elsewhere")
    click.echo(_WARNING, err=True)
    with worded():
        rows = export_survey(store_name(root, store), survey, version)
        lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        with os.fdopen(
            os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(lines)
    click.echo(f"{target}: {count(len(rows), 'response')}")
