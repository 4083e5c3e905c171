"""`gatherwell serve`."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import secrets
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import (
    drafts_option,
    jobs_option,
    make_options,
    make_project,
    now_option,
    root_option,
)
from generator.cli.words import count, echo_warnings

if TYPE_CHECKING:
    from generator.preview.server import Opened

_SECRET_BYTES = 32


@click.command("serve")
@root_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for phones too."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to begin at."
)
@drafts_option
@now_option
@jobs_option
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in the browser.")
@click.option(
    "--editor",
    envvar="GATHERWELL_EDITOR",
    default="vscode",
    show_default=True,
    help="What findings open in: vscode, vscodium, cursor, zed, idea, sublime, none, "
    "or an address with {path}, {line} and {column}.",
)
def command(
    root: Path,
    host: str,
    port: int,
    drafts: bool,
    now_text: str | None,
    jobs: int,
    open_browser: bool,
    editor: str,
) -> None:
    """Open a preview that rebuilds as you write."""
    from generator.preview.server import Wishes, fixed_clock, serve, system_clock

    options = make_options(root, now_text, drafts, jobs)
    clock = fixed_clock(options.now) if now_text else system_clock

    def opened(what: Opened) -> None:
        _say_where(what, host, port, now_text, options.now)
        if open_browser:
            webbrowser.open(what.addresses[""])

    serve(
        make_project(root, None),
        options,
        clock,
        Wishes(host, port, editor),
        lambda origins, manifest: make_function(root, host, origins, manifest),
        opened,
        lambda text: click.echo(text, err=True),
    )
    click.echo("")


def _say_where(opened: Opened, host: str, port: int, now_text: str | None, now: dt.datetime) -> None:
    from generator.preview.addresses import is_loopback

    address = opened.addresses[""]
    if opened.proof is not None:
        echo_warnings(opened.proof.warnings)
        pages = sum(1 for plan in opened.proof.planned.values() if plan.chrome)
        click.echo(f"{count(pages, 'page')} at {address}")
    else:
        click.echo(f"The content has errors; they are shown at {address}")
    for condition, other in opened.addresses.items():
        if condition:
            click.echo(f"{condition} has a host of its own: {other}")
    if port and opened.doors.port_of("") != port:
        click.echo(f"Port {port} is taken; this is the next that is free.")
    if now_text:
        click.echo(f"The site is shown as of {now.isoformat()}.")
    if not is_loopback(host):
        import segno

        segno.make(address).terminal(compact=True)
        click.echo("Everyone in this network can see the preview, drafts included where they are shown.")
    click.echo("Ctrl-C ends it.")


def make_function(
    root: Path, host: str, origins: tuple[str, ...], manifest: Callable[[], bytes]
) -> Mapping[str, Any]:
    """The function on a SQLite file of the preview's own, and the desk, as far as this installation has them."""
    app = _imported("widgets.function.app")
    if app is None:
        return {}
    settings = importlib.import_module("widgets.function.settings").Settings(
        manifest=manifest,
        store=f"sqlite:{root / '.gatherwell' / 'preview-function.sqlite'}",
        secret=_secret(root / ".gatherwell" / "preview-secret"),
        manifest_refresh=0.5,
        extra_origins=origins,
        secure_cookie=host in ("127.0.0.1", "localhost", "::1"),
    )
    function = app.create_app(settings)
    mounts = {"/api/v1": function}
    desk = _imported("widgets.desk.app")
    if desk is not None:
        mounts["/desk"] = desk.create_app(function.state.services)
    return mounts


def _imported(name: str) -> Any:
    """A part of the widgets, or None where this installation was made without it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and name.startswith(error.name):
            return None
        raise


def _secret(path: Path) -> bytes:
    """The preview's own secret, made once; votes of a preview are nobody else's."""
    try:
        known = path.read_bytes()
    except FileNotFoundError:
        known = b""
    if len(known) >= _SECRET_BYTES:
        return known
    made = secrets.token_bytes(_SECRET_BYTES)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(made)
    return made
