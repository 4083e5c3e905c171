"""`gatherwell import disqus|isso`: comments of other systems become a file that the function takes in."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from generator.cli.messages import count
from generator.cli.options import root_option
from generator.cli.store import store_name, store_option, worded
from generator.cli.typed import as_typed
from generator.content.config import read_config

if TYPE_CHECKING:
    from generator.importing.comments.names import Shortening
    from generator.importing.comments.old import CommentSource
    from generator.importing.comments.run import CommentsFile
    from generator.importing.report import Report

names_option = click.option(
    "--names",
    type=click.Choice(["first", "initials", "full"]),
    default="first",
    show_default=True,
    help="What stays of the names of those who commented.",
)
_dry_run = click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the whole report as one JSON object.")


@click.command("disqus")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@root_option
@names_option
@_dry_run
@_as_json
def disqus_command(file: Path, root: Path, names: str, dry_run: bool, as_json: bool) -> None:
    """Write the comments of FILE, an export of Disqus, for `gatherwell function import`."""
    from generator.importing.comments.disqus import DisqusComments

    _run(DisqusComments(file), root, names, dry_run, as_json)


@click.command("isso")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@root_option
@names_option
@_dry_run
@_as_json
def isso_command(file: Path, root: Path, names: str, dry_run: bool, as_json: bool) -> None:
    """Write the comments of FILE, the database of Isso, for `gatherwell function import`."""
    from generator.importing.comments.isso import IssoComments

    _run(IssoComments(file), root, names, dry_run, as_json)


@click.command("gatherwell")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@root_option
@store_option
@click.option("--no-store", is_flag=True, help="The project's files alone.")
def gatherwell_command(folder: Path, root: Path, store: str | None, no_store: bool) -> None:
    """Make a project of FOLDER, which `gatherwell export` wrote: files first, then comments, tallies and results."""
    from generator.importing.project_files import SNAPSHOT_COPY, copy_in, demand_export
    from widgets.adapters.commands import demand_contributions, demand_snapshot, import_contributions

    demand_export(folder)
    with worded():
        if (folder / SNAPSHOT_COPY).is_file():
            demand_snapshot(folder / SNAPSHOT_COPY)
        if not no_store:
            demand_contributions(folder)
    root.mkdir(parents=True, exist_ok=True)
    click.echo(f"{count(copy_in(folder, root), 'file')} written")
    if no_store or not (folder / "contributions").is_dir():
        return
    with worded():
        restored = import_contributions(store_name(root, store), folder)
    for kind in dict.fromkeys((*restored.stored, *restored.known)):
        known = restored.known.get(kind, 0)
        click.echo(
            f"{restored.stored.get(kind, 0):8,}  {kind}"
            + (f" ({known:,} were there already)" if known else "")
        )


def _run(source: CommentSource, root: Path, names: str, dry_run: bool, as_json: bool) -> None:
    from generator.importing.report import Report

    report = Report()
    tell(report, dry_run, as_json, file_of_comments(source, names, root, dry_run, report), root)


def file_of_comments(
    source: CommentSource, names: str, root: Path, dry_run: bool, report: Report
) -> CommentsFile:
    from generator.importing.comments.run import CommentSettings, write_comments

    language = read_config(root)[0].language
    return write_comments(source, CommentSettings(root, cast("Shortening", names), language, dry_run), report)


def tell(
    report: Report,
    dry_run: bool,
    as_json: bool,
    written: CommentsFile | None,
    root: Path,
    menu: tuple[str, ...] = (),
) -> None:
    """Print the report, and what to do with the comments; ends with code 1 where the source is damaged."""
    if as_json:
        told: dict[str, object] = (
            {"comments": written.comments, "comments_file": written.path} if written else {}
        )
        told |= {"menu": list(menu)} if menu else {}
        click.echo(json.dumps({**report.as_json(dry_run), **told}, ensure_ascii=False))
    else:
        lines = list(report.lines(dry_run))
        only_comments = written is not None and not report.counts.written + report.counts.unchanged
        click.echo("\n".join(lines[1:] if only_comments else lines).strip())
        if menu:
            click.echo("\nThe old menu, as lines for gatherwell.yaml:")
            click.echo("\n".join(menu))
        if written is not None and written.comments:
            click.echo(as_typed(f"\n{count(written.comments, 'comment')} {_where(written, dry_run, root)}"))
    if report.damaged:
        sys.exit(1)


def _where(written: CommentsFile, dry_run: bool, root: Path) -> str:
    if dry_run:
        return "would come."
    state = f"{'is' if written.comments == 1 else 'are'} in{'' if written.changed else ', unchanged,'}"
    path = root / written.path
    there = "" if root == Path() else f" --root {shlex.quote(str(root))}"
    return (
        f"{state} {path}. Build the site, then: `gatherwell function import {shlex.quote(str(path))}{there}`"
    )
