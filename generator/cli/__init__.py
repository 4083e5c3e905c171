"""The command line: one file a command; the only place that prints or exits."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, NoReturn

import click

from generator import __version__
from generator.cli.extras import lacking
from generator.cli.groups import LazyGroup
from generator.cli.typed import as_typed
from generator.ground.errors import RequestError, SiteError, SiteErrors

COMMANDS = {
    "build": "Build the sites into the output folder.",
    "check": "Say everything that is wrong, and write nothing.",
    "deploy": "Send the built site to an S3 bucket, only what changed.",
    "desk": "Moderate from a terminal: queue, approve, reject, hold.",
    "doctor": "List what is still to be completed before people are invited.",
    "export": "Write everything into a folder: content, comments, tallies, results.",
    "function": "Serve the function, pack it for AWS Lambda, check or back up its store.",
    "import": "Bring in a site of WordPress, Hugo or Jekyll, and comments of Disqus or Isso.",
    "init": "Begin a community of one's own.",
    "insights": "Write a private report for editors on what a month brought.",
    "new": "Begin an article, a condition, a person or an event.",
    "redirects": "Print rules of a server for old addresses like /?p=123.",
    "results": "Fetch public tallies and comments, for pages to bake in.",
    "review": "List the pages that want a review, and when.",
    "schema": "Print the JSON Schema of front matter, for editors.",
    "serve": "Open a preview that rebuilds as you write.",
    "stories": "Adopt a member's story into the content, where its writer agreed to the archive.",
    "surveys": "Export the raw rows of a survey, on the operator's machine alone.",
}
MODULES = {"import": "import_content"}


class Commands(LazyGroup):
    lazy = COMMANDS
    modules = MODULES

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            error.message = as_typed(error.message)  # type: ignore[misc]  # each kind of it words itself from this
            raise


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gatherwell")
def cli() -> None:
    """Gatherwell: fast, complete, private sites for communities that live with a health condition."""


def main(arguments: list[str] | None = None) -> Any:
    """The `gatherwell` command: exit 0 done, 1 the content is at fault, 2 wrong usage."""
    # Imported modules live as long as the process: collecting garbage meanwhile would take a tenth of the start.
    gc.set_threshold(100_000, 50, 1000)
    try:
        return cli(arguments)
    except SiteError as error:
        _refuse(error)
    except ModuleNotFoundError as error:
        missing = lacking(error)
        if missing is None:
            raise
        _refuse(missing)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def _refuse(error: SiteError) -> NoReturn:
    click.echo(as_typed(_told(error)), err=True)
    sys.exit(2 if isinstance(error, RequestError) else 1)


def _told(error: SiteError) -> str:
    if not isinstance(error, SiteErrors):
        return str(error)
    from generator.cli.grouped import shortened

    return shortened(error.problems)


def run() -> None:
    """The installed command. It ends the process at once: freeing the values of thousands of articles would take time.

    All files are closed and all workers have ended by then.
    """
    try:
        main()
    except SystemExit as stop:
        if sys.argv[1:2] not in (["build"], ["check"]):
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(stop.code if isinstance(stop.code, int) else bool(stop.code))
