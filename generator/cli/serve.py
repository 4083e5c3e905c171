"""`gatherwell serve`."""

from __future__ import annotations

import asyncio
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

from generator.cli.extras import demand
from generator.cli.grouped import echo_warnings
from generator.cli.messages import count, told_left_out
from generator.cli.options import (
    drafts_option,
    jobs_option,
    make_options,
    make_project,
    now_option,
    root_option,
)
from generator.cli.store import PREVIEW_STORE, own_claims, own_replies, worded
from generator.ground.errors import SiteError
from generator.ground.project import STATE_DIR
from generator.preview.addresses import EVERYWHERE, is_loopback, shown_host
from generator.site.left_out import left_out

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
    from generator.preview.server import PreviewSettings, fixed_clock, serve, system_clock

    options = make_options(root, now_text, drafts, jobs)
    clock = fixed_clock(options.now) if now_text else system_clock

    def opened(what: Opened) -> None:
        _say_where(what, host, port, now_text, options.now)
        if open_browser:
            # Opening some browsers blocks until their window is closed.
            threading.Thread(target=webbrowser.open, args=(what.addresses[""],), daemon=True).start()

    settings = PreviewSettings(
        host=host,
        port=port,
        editor=editor,
        make_mounted=lambda origins, manifest: make_function(root, host, origins, manifest),
        invite=lambda: invite_editor(root),
        opened=opened,
    )
    serve(make_project(root, None), options, clock, settings, lambda text: click.echo(text, err=True))
    click.echo("")


def _say_where(opened: Opened, host: str, port: int, now_text: str | None, now: dt.datetime) -> None:
    address = opened.addresses[""]
    if opened.plan is not None:
        echo_warnings(opened.plan.problems)
        pages = sum(1 for plan in opened.plan.planned.values() if plan.chrome)
        click.echo(f"{count(pages, 'page')} at {address}")
        if told := told_left_out(left_out(opened.plan.site, opened.plan.organized.part)):
            click.echo(told)
    else:
        click.echo(f"The content has errors; they are shown at {address}")
    for condition, other in opened.addresses.items():
        if condition:
            click.echo(f"{condition} has a host of its own: {other}")
    if port and opened.host_ports.port_of("") != port:
        click.echo(f"Port {port} is taken; this is the next that is free.")
    if is_loopback(host) or host in EVERYWHERE:
        near = shown_host(host) if is_loopback(host) and ":" not in host else "localhost"
        try:
            demand("function")
        except SiteError as error:
            click.echo(f"Polls, comments and the desk do not answer here: {error}", err=True)
        else:
            click.echo(
                f"The moderators' desk, from this machine: http://{near}:{opened.host_ports.port_of('')}{DESK}"
            )
            click.echo("    open it: it lets this browser in as an editor, and nothing has to be typed")
    if now_text:
        click.echo(f"The site is shown as of {now.isoformat()}.")
    if not is_loopback(host):
        import segno

        segno.make(address).terminal(compact=True)
        click.echo("Everyone in this network can see the preview, drafts included where they are shown.")
    click.echo("Ctrl-C ends it.")


def make_function(root: Path, host: str, origins: tuple[str, ...], manifest: Callable[[], bytes]) -> ASGIApp:
    """The function, its desk with it, on a SQLite file of the preview's own; SiteError where it is not installed."""
    demand("function")
    from widgets.app import create_app
    from widgets.function.state.settings import Settings

    settings = Settings(
        manifest=manifest,
        store=_store(root),
        secret=_secret(root / STATE_DIR / "preview.secret"),
        manifest_refresh=0.5,
        claims=own_claims(root),
        replies=own_replies(root),
        extra_origins=origins,
        # Over plain http a browser keeps secure cookies for this machine alone.
        secure_cookie=is_loopback(host),
    )
    with worded():
        return create_app(settings)


def invite_editor(root: Path) -> str:
    """The path that lets one browser into the desk as an editor of this preview."""
    from widgets.adapters.commands import invite
    from widgets.store.sqlite import SqliteStore

    path = root / STATE_DIR / PREVIEW_STORE
    with worded():
        if not path.exists():  # the function makes it with its first request, which may come later
            asyncio.run(SqliteStore(path).close())
        _, token = invite(_store(root), name="Preview editor", role="editor")
    return f"/desk/enter?t={token}"


def _store(root: Path) -> str:
    return f"sqlite:{root / STATE_DIR / PREVIEW_STORE}"


def _secret(path: Path) -> bytes:
    """The secret of the preview's function, made once; votes in the preview are only trials."""
    with contextlib.suppress(FileNotFoundError):
        known = path.read_bytes()
        if len(known) >= _SECRET_BYTES:
            return known
    made = secrets.token_bytes(_SECRET_BYTES)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(made)
    return made
