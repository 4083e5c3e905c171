"""`gatherwell desk queue|approve|reject|hold`: moderation from a terminal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.cli.options import root_option
from generator.cli.store import store_name, store_option, worded


@click.group("desk")
def command() -> None:
    """Moderation from a terminal."""


@command.command("queue")
@root_option
@store_option
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many at most."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def queue_command(root: Path, store: str | None, limit: int, as_json: bool) -> None:
    """What waits for an editor, the most urgent first."""
    from widgets.function.commands import queue

    with worded():
        waiting = queue(store_name(root, store), limit)
    if as_json:
        click.echo(json.dumps([_public(comment) for comment in waiting], ensure_ascii=False, indent=1))
        return
    for comment in waiting:
        written = dt.datetime.fromtimestamp(comment.created, dt.UTC)
        reasons = ", ".join(comment.held) or "flagged"
        click.secho(f"{comment.id}  {comment.thread}  {written:%Y-%m-%d %H:%M}  ({reasons})", bold=True)
        click.echo(f"  {comment.pseudonym}: {comment.text}\n")
    click.echo(f"{len(waiting)} waiting" if waiting else "Nothing waits.")


def _public(comment: Any) -> dict[str, Any]:
    names = ("id", "thread", "pseudonym", "text", "lang", "held", "urgency", "created")
    return {name: getattr(comment, name) for name in names} | {"state": str(comment.state)}


def _decision(name: str, help_text: str) -> Callable[..., None]:
    @command.command(name, help=help_text)
    @click.argument("comment")
    @root_option
    @store_option
    def decide(comment: str, root: Path, store: str | None) -> None:
        from widgets.function import commands

        with worded():
            changed = getattr(commands, name)(store_name(root, store), comment)
        click.echo(f"{changed.id}: {changed.state}")

    return decide


approve_command = _decision("approve", "Publish a comment.")
reject_command = _decision("reject", "Refuse a comment.")
hold_command = _decision("hold", "Take a comment back into the queue.")
