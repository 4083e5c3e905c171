"""`gatherwell redirects`: rules of a server for old addresses that are a number, `/?p=123`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import root_option
from generator.ground.errors import SiteError
from generator.outputs.redirect_rules import RULES, numbered_in


@click.command("redirects")
@click.argument("server", type=click.Choice(sorted(RULES)))
@root_option
@click.option(
    "--from",
    "folder",
    metavar="HOST",
    default="",
    help="The folder below site/ of one host, where conditions have hosts of their own.",
)
def command(server: str, root: Path, folder: str) -> None:
    """Print rules for SERVER that lead old addresses like /?p=123 to their pages; build first.

    Netlify needs none: it reads them in `_redirects`. Other old addresses lead on by pages, on every server.
    """
    file = root / "site" / folder / "_redirects"
    try:
        moved = numbered_in(file.read_text("utf-8").splitlines())
    except OSError as error:
        hint = "run `gatherwell build` first; with hosts of their own name one with --from"
        raise SiteError(f"{file} cannot be read ({error.strerror})", hint=hint) from None
    if not moved:
        raise SiteError("no page here has an alias like /?p=123", hint="an import of WordPress writes them")
    click.echo(RULES[server](moved), nl=False)
