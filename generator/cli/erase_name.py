"""`gatherwell desk erase-name`: on request, all that somebody wrote in an older system."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.messages import count
from generator.cli.options import root_option
from generator.cli.store import secret_of, store_name, store_option, worded


@click.command("erase-name")
@click.argument("condition")
@click.argument("name")
@root_option
@store_option
def erase_name_command(condition: str, name: str, root: Path, store: str | None) -> None:
    """Erase everything that NAME wrote in CONDITION in an older system, on request: nobody holds a key to it."""
    from widgets.adapters.commands import erase_name

    place = store_name(root, store)
    with worded():
        erased = erase_name(place, condition, name, secret_of(root, place))
    click.echo(f"{count(erased, 'comment')} erased")
