"""`gatherwell serve`."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import (
    drafts_option,
    jobs_option,
    make_options,
    make_project,
    now_option,
    root_option,
)
from generator.cli.store import own_claims, worded
from generator.cli.words import count, echo_warnings
from generator.preview.addresses import EVERYWHERE, is_loopback
from generator.project import STATE_DIR

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from generator.preview.server import Opened

_SECRET_BYTES = 32
DESK = "/__preview/desk"


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
            # Some browsers end only when their window is closed; the preview waits for none.
            threading.Thread(target=webbrowser.open, args=(what.addresses[""],), daemon=True).start()

    serve(
        make_project(root, None),
        options,
        clock,
        Wishes(host, port, editor),
        lambda origins, manifest: make_function(root, host, origins, manifest),
        lambda: invite_editor(root),
        opened,
        lambda text: click.echo(text, err=True),
    )
    click.echo("")


def _say_where(opened: Opened, host: str, port: int, now_text: str | None, now: dt.datetime) -> None:
    address = opened.addresses[""]
    if opened.proof is not None:
        echo_warnings(opened.proof.site_warnings)
        pages = sum(1 for plan in opened.proof.planned.values() if plan.chrome)
        click.echo(f"{count(pages, 'page')} at {address}")
    else:
        click.echo(f"The content has errors; they are shown at {address}")
    for condition, other in opened.addresses.items():
        if condition:
            click.echo(f"{condition} has a host of its own: {other}")
    if port and opened.doors.port_of("") != port:
        click.echo(f"Port {port} is taken; this is the next that is free.")
    if is_loopback(host) or host in EVERYWHERE:
        near = host if is_loopback(host) and ":" not in host else "127.0.0.1"
        click.echo(f"The moderators' desk, from this machine: http://{near}:{opened.doors.port_of('')}{DESK}")
    if now_text:
        click.echo(f"The site is shown as of {now.isoformat()}.")
    if not is_loopback(host):
        import segno

        segno.make(address).terminal(compact=True)
        click.echo("Everyone in this network can see the preview, drafts included where they are shown.")
    click.echo("Ctrl-C ends it.")


def make_function(root: Path, host: str, origins: tuple[str, ...], manifest: Callable[[], bytes]) -> ASGIApp:
    """The function, its desk with it, on a SQLite file of the preview's own."""
    from widgets.function.app import create_app
    from widgets.function.settings import Settings

    settings = Settings(
        manifest=manifest,
        store=_store(root),
        secret=_secret(root / STATE_DIR / "preview.secret"),
        manifest_refresh=0.5,
        claims=own_claims(root),
        extra_origins=origins,
        # Over plain http a browser keeps secure cookies for this machine alone.
        secure_cookie=is_loopback(host),
    )
    with worded():
        return create_app(settings)


def invite_editor(root: Path) -> str:
    """The path that lets one browser into the desk as an editor of this preview."""
    from widgets.function.commands import invite

    with worded():
        _, token = invite(_store(root), name="Preview editor", role="editor")
    return f"/desk/enter?t={token}"


def _store(root: Path) -> str:
    return f"sqlite:{root / STATE_DIR / 'preview-function.sqlite'}"


def _secret(path: Path) -> bytes:
    """The preview's own secret, made once: what is tried here is nobody's vote."""
    with contextlib.suppress(FileNotFoundError):
        known = path.read_bytes()
        if len(known) >= _SECRET_BYTES:
            return known
    made = secrets.token_bytes(_SECRET_BYTES)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(made)
    return made
