"""`gatherwell doctor`: what is still to be completed before people are invited."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import click

from generator.cli.messages import count
from generator.cli.options import make_options, make_project, root_option
from generator.cli.still_to_do import Seen, still_to_do
from generator.cli.typed import as_typed
from generator.content.config import read_config

_SIGNS = {"done": "✓", "open": "·", "unknown": "?"}


@click.command("doctor")
@root_option
@click.option("--offline", is_flag=True, help="Do not ask the function whether it answers.")
@click.option(
    "--backups",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="GATHERWELL_BACKUPS",
    help="The folder that holds backups of the store.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(root: Path, offline: bool, backups: Path | None, as_json: bool) -> None:
    """List what is still to be completed before people are invited; exit 1 while anything is.

    What cannot be seen from here (a backup elsewhere) counts as open.
    """
    from generator.build.check import find_problems

    options = make_options(root, None, drafts=False, jobs=1)
    found = find_problems(make_project(root, None), options, lambda _: None)
    errors = sum(problem.severity == "error" for problem in found.problems) or (not found.complete)
    now = dt.datetime.now(dt.UTC)
    seen = Seen(
        root, read_config(root)[0], os.environ, now, int(errors), found.next_change, not offline, backups
    )
    items = list(still_to_do(seen))
    left = sum(item.state != "done" for item in items)
    if as_json:
        click.echo(
            json.dumps({"open": left, "items": [item._asdict() for item in items]}, ensure_ascii=False)
        )
    else:
        for item in items:
            click.echo(f"{_SIGNS[item.state]} {as_typed(item.said)}")
            if item.state != "done" and item.remedy:
                click.echo(f"    {as_typed(item.remedy)}")
        click.echo(f"{count(left, 'thing')} still to do" if left else "Nothing is left to do.")
    if left:
        raise SystemExit(1)
