"""`gatherwell serve`."""

from __future__ import annotations

import functools
import http.server
from pathlib import Path

import click

from generator.cli.options import drafts_option, jobs_option, make_options, make_project, root_option
from generator.cli.words import echo_warnings


@click.command("serve")
@root_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
@drafts_option
@jobs_option
def command(root: Path, host: str, port: int, drafts: bool, jobs: int) -> None:
    """Build, then serve the folder."""
    from generator.build import build

    project = make_project(root, root / ".gatherwell" / "preview")
    result = build(project, make_options(root, None, drafts, jobs), lambda text: click.echo(text, err=True))
    echo_warnings(result.warnings)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(project.out))
    with http.server.ThreadingHTTPServer((host, port), handler) as server:
        click.echo(f"http://{host}:{server.server_port}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("")
