"""`gatherwell function serve|package`: the function on one machine, or as a zip for AWS Lambda."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from generator.cli.options import root_option
from generator.cli.store import own_claims, store_name, store_option, worded
from generator.project import STATE_DIR


@click.group("function")
def command() -> None:
    """The function behind polls, reactions and comments."""


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
    from widgets.function.commands import serve

    (root / STATE_DIR).mkdir(exist_ok=True)
    with worded():
        serve(
            manifest=manifest or str(root / "site" / "manifest.json"),
            store=store_name(root, store),
            secret_file=str(secret_file or root / STATE_DIR / "function.secret"),
            host=host,
            port=port,
            workers=workers,
            origins=origins,
            trusted_proxies=proxies,
            access_log=not no_access_log,
            claims=str(own_claims(root) or ""),
        )


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
    from widgets.function.commands import package

    with worded():
        written = package(out or Path(f"gatherwell-{arch}.zip"), arch, claims=own_claims(root))
    click.echo(f"{written} ({written.stat().st_size / 1e6:.1f} MB)")


@command.command("check")
@root_option
@store_option
def check_command(root: Path, store: str | None) -> None:
    """Look the store over: every tally against its rows, and the file itself."""
    from widgets.function.commands import check

    with worded():
        faults = check(store_name(root, store))
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("The store is sound.")


@command.command("backup")
@root_option
@store_option
@click.option(
    "--to", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The copy."
)
def backup_command(root: Path, store: str | None, target: Path) -> None:
    """Copy a SQLite store while it is in use; limits and day keys are left out on purpose."""
    from widgets.function.commands import back_up

    with worded():
        back_up(store_name(root, store), target)
    click.echo(str(target))
