"""The command line: one file a command; the only place that prints or exits."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any

import click

from generator import __version__
from generator.errors import RequestError, SiteError

# Commands are imported when called: `gatherwell build` does not wait for the preview's server.
COMMANDS = {
    "build": "Build the sites into the output folder.",
    "check": "Say everything that is wrong, and write nothing.",
    "desk": "Moderate from a terminal: queue, approve, reject, hold.",
    "function": "Serve the function, pack it for AWS Lambda, check or back up its store.",
    "init": "Begin a project that builds.",
    "new": "Begin an article, a condition, a person or an event.",
    "results": "Fetch public tallies and comments, for pages to bake in.",
    "schema": "Print the JSON Schema of front matter, for editors.",
    "serve": "Open a preview that rebuilds as you write.",
}


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"generator.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gatherwell")
def cli() -> None:
    """Gatherwell: fast, complete, private sites for communities that live with a health condition."""


def main(arguments: list[str] | None = None) -> Any:
    """The `gatherwell` command: exit 0 done, 1 the content is at fault, 2 wrong usage."""
    # What is imported lives as long as the process: looking for garbage meanwhile costs a tenth of starting.
    gc.set_threshold(100_000, 50, 1000)
    try:
        return cli(arguments)
    except SiteError as error:
        click.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, RequestError) else 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def run() -> None:
    """The installed command. A build ends at once: what it holds of thousands of articles goes with the process,
    and need not be freed piece by piece first. All files are closed and all workers gone by then.
    """
    try:
        main()
    except SystemExit as stop:
        if sys.argv[1:2] != ["build"]:
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(stop.code if isinstance(stop.code, int) else bool(stop.code))
