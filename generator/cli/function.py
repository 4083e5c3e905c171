"""`gatherwell function serve|package`: the function on one machine, or as a zip for AWS Lambda."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from generator.cli.extras import demand
from generator.cli.function_import import import_command
from generator.cli.manifest_age import told_manifest
from generator.cli.options import root_option
from generator.cli.store import own_claims, own_replies, store_name, store_option, worded
from generator.cli.typed import as_typed
from generator.ground.project import STATE_DIR


@click.group("function")
def command() -> None:
    """The function behind polls, reactions and comments."""


command.add_command(import_command)


@command.command("serve")
@root_option
@store_option
@click.option("--manifest", help="Path or address of manifest.json; by default ROOT/site/manifest.json.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8787, show_default=True, help="The port to listen on."
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="GATHERWELL_SECRET_FILE",
    help="Made at the first use; keep it. By default ROOT/.gatherwell/function.secret.",
)
@click.option("--origin", "origins", multiple=True, help="A further origin that may write; may be repeated.")
@click.option(
    "--trusted-proxy", "proxies", multiple=True, metavar="NETWORK", help="Whose forwarding header counts."
)
@click.option("--no-access-log", is_flag=True, help="Log nothing of requests.")
def serve_command(
    root: Path,
    store: str | None,
    manifest: str | None,
    host: str,
    port: int,
    workers: int,
    secret_file: Path | None,
    origins: tuple[str, ...],
    proxies: tuple[str, ...],
    no_access_log: bool,
) -> None:
    """Serve the function with uvicorn until it is stopped."""
    demand("function")
    from widgets.adapters.commands import serve

    (root / STATE_DIR).mkdir(exist_ok=True)
    place = manifest or str(root / "site" / "manifest.json")
    with worded():
        serve(
            manifest=place,
            store=store_name(root, store),
            ready=lambda: _say_what(f"http://{host}:{port}", store_name(root, store), place),
            secret_file=str(secret_file or root / STATE_DIR / "function.secret"),
            host=host,
            port=port,
            workers=workers,
            origins=origins,
            trusted_proxies=proxies,
            access_log=not no_access_log,
            claims=str(own_claims(root) or ""),
            replies=str(own_replies(root) or ""),
        )


def _say_what(address: str, store: str, manifest: str) -> None:
    """Where the function answers, what it keeps and what it knows; standard output holds nothing else."""
    from widgets.adapters.commands import has_alerts

    click.echo(f"The function answers at {address}/api/v1, the desk at {address}/desk/.")
    click.echo(f"Store: {store}")
    click.echo(as_typed(f"Manifest: {told_manifest(manifest)}"))
    click.echo(f"Alerts: {'a channel is set' if has_alerts(os.environ) else 'nobody is called'}")
    click.echo("Ctrl-C ends it.")


@command.command("package")
@click.option(
    "--arch",
    type=click.Choice(["arm64", "x86_64"]),
    default="arm64",
    show_default=True,
    help="Lambda's processor.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="The zip; by default gatherwell-ARCH.zip."
)
@root_option
def package_command(arch: Literal["arm64", "x86_64"], out: Path | None, root: Path) -> None:
    """Write the zip that AWS Lambda runs."""
    demand("aws")
    from widgets.adapters.commands import package

    with worded():
        written = package(
            out or Path(f"gatherwell-{arch}.zip"), arch, claims=own_claims(root), replies=own_replies(root)
        )
    click.echo(f"{written} ({written.stat().st_size / 1e6:.1f} MB)")


@command.command("check")
@root_option
@store_option
def check_command(root: Path, store: str | None) -> None:
    """Look the store over: every tally against its rows, and the file itself."""
    from widgets.adapters.commands import NOBODY_CALLED, check, has_alerts

    with worded():
        faults = check(store_name(root, store))
        called = has_alerts(os.environ)
    if not called:
        click.echo(as_typed(f"warning: {NOBODY_CALLED}"), err=True)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("The store is sound.")


@command.command("arrivals")
@root_option
@store_option
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Of which day, by UTC; by default of today.")
def arrivals_command(root: Path, store: str | None, day: datetime | None) -> None:
    """How many first votes came on a day, by poll, version and way: with a proof, by a form, or with no proof asked for."""
    from widgets.adapters.commands import arrivals

    with worded():
        found = arrivals(store_name(root, store), f"{day or datetime.now(UTC):%Y-%m-%d}")
    for name, count in sorted(found.items()):
        click.echo(f"{count:8,}  {name}")


@command.command("backup")
@root_option
@store_option
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The copy."
)
def backup_command(root: Path, store: str | None, target: Path) -> None:
    """Copy a SQLite store while it is in use; limits and day keys are left out on purpose."""
    from widgets.adapters.commands import back_up

    with worded():
        back_up(store_name(root, store), target)
    click.echo(str(target))


@command.command("restore")
@root_option
@store_option
@click.option(
    "--from",
    "copy",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    required=True,
    help="The copy.",
)
@click.option(
    "--erasures",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The log of erasures; by default the one beside the store.",
)
@click.option(
    "--without-erasures", is_flag=True, help="Accept that what was erased since the copy comes back."
)
def restore_command(
    root: Path, store: str | None, copy: Path, erasures: Path | None, without_erasures: bool
) -> None:
    """Go back to a copy of a SQLite store while the function is stopped. What was erased since is erased again."""
    from widgets.adapters.commands import restore

    with worded():
        done = restore(store_name(root, store), copy, erasures, without_erasures=without_erasures)
    for what, n in done.erased.items():
        click.echo(f"{_ERASED[what]}: {n}")
    if done.kept is not None:
        click.echo(f"The store of before is {done.kept}: delete it as soon as the restored one is right.")
    click.echo("Sessions and links of the desk have ended. Start the function again.")


@command.command("rotate")
@root_option
@store_option
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="GATHERWELL_SECRET_FILE",
    help="By default ROOT/.gatherwell/function.secret.",
)
@click.option(
    "--replace-secret", is_flag=True, help="Replace the secret too: what that loses is asked first."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def rotate_command(
    root: Path, store: str | None, secret_file: Path | None, replace_secret: bool, yes: bool
) -> None:
    """Replace keys: the day's key of addresses, challenges, the desk's sessions and links; nothing is lost by that."""
    from widgets.adapters import commands

    path = secret_file or root / STATE_DIR / "function.secret"
    if replace_secret:
        click.echo(_LOST)
        if not yes:
            click.confirm("Replace it?", abort=True)
    with worded():
        ended = commands.rotate(store_name(root, store))
        click.echo(f"Sessions and links of the desk that ended: {ended}. Limits begin anew.")
        if replace_secret:
            click.echo(f"A new secret is in {path}; the old one is {commands.replace_secret(path)}.")
    click.echo("Restart the function.")


_LOST = """A new secret cuts what was written off from those who wrote it:
- Nobody can change, withdraw or erase an earlier comment, vote or reaction, or see it under "your contributions".
- Who has voted can vote once more; who bears a pseudonym cannot write under it again.
- Published words, tallies, the queue and the audit stay. Moderators can erase for those who ask.
Do it where somebody has read the secret together with the store: until then the old one protects who voted what."""

_ERASED = {
    "comments": "Comments erased or changed since the copy, erased",
    "held": "Comments taken off the page since the copy, held for the queue",
    "votes": "Votes taken back since the copy, erased",
    "marks": "Reactions taken back since the copy, erased",
    "desk": "Rows of the desk deleted since the copy, deleted",
    "responses": "Responses to surveys withdrawn since the copy, erased",
    "texts": "Free texts of surveys erased since the copy, erased",
    "voices": "Stories and questions withdrawn since the copy, erased",
    "watches": "Wishes to be told of answers taken back since the copy, erased",
}
