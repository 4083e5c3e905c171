"""`gatherwell results pull`: public tallies and published comments become a build input."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import root_option
from generator.cli.store import worded
from generator.cli.words import count
from generator.config import read_config
from generator.errors import ConfigError
from generator.snapshot import SNAPSHOT


@click.group("results")
def command() -> None:
    """Public tallies and published comments."""


@command.command("pull")
@root_option
@click.option(
    "--endpoint", help="The function's origin, such as https://example.org; by default that of base_url."
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="manifest.json of the last build; by default ROOT/site/manifest.json.",
)
def pull_command(root: Path, endpoint: str | None, manifest: Path | None) -> None:
    """Fetch what the function shows to everybody, for pages to bake in."""
    from urllib.parse import urlsplit

    from widgets.function.commands import pull

    config = read_config(root)[0]
    if not config.widgets.endpoint and not endpoint:
        hint = "set `widgets: {endpoint: /api/v1}`, or name one with --endpoint"
        raise ConfigError("no function is configured", "gatherwell.yaml", hint=hint)
    own = config.widgets.endpoint if "://" in config.widgets.endpoint else config.base_url
    parts = urlsplit(endpoint or own)
    with worded():
        polls, threads = pull(
            endpoint=f"{parts.scheme}://{parts.netloc}",
            manifest=manifest or root / "site" / "manifest.json",
            out=root / SNAPSHOT,
        )
    click.echo(f"{count(polls, 'poll')}, {count(threads, 'thread')}: build again to show them")
