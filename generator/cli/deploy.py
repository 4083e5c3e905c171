"""`gatherwell deploy s3`: the built site into a bucket, only what changed."""

from __future__ import annotations

import importlib.util
import itertools
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import click

from generator.cli.asking import on_a_terminal
from generator.cli.extras import missing_extra
from generator.cli.messages import count
from generator.cli.options import make_project, root_option
from generator.content.config import read_config
from generator.disk.lock import build_lock
from generator.ground.errors import SiteError

if TYPE_CHECKING:
    from generator.deploy.aws import Bucket
    from generator.deploy.changes import Changes


@click.group("deploy")
def command() -> None:
    """Send the built site to where readers fetch it."""


@command.command("s3")
@root_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The built site; by default site/."
)
@click.option("--bucket", required=True, envvar="GATHERWELL_BUCKET", help="The name of the bucket.")
@click.option(
    "--prefix", help="The folder of the bucket; by default the path of base_url, which is mostly none."
)
@click.option(
    "--distribution",
    envvar="GATHERWELL_DISTRIBUTION",
    metavar="ID",
    help="The CloudFront distribution that is told what to forget.",
)
@click.option(
    "--most-paths",
    type=click.IntRange(1, 3000),
    default=60,
    show_default=True,
    help="Above so many paths the distribution forgets all.",
)
@click.option(
    "--most-deleted",
    type=click.IntRange(0, 100),
    default=20,
    show_default=True,
    metavar="PERCENT",
    help="Refuse to delete more of the bucket without --yes.",
)
@click.option("--keep", is_flag=True, help="Delete nothing.")
@click.option("--whole", is_flag=True, help="Send every file, changed or not.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and deleted, and do nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing, and delete as much as is gone.")
def s3_command(
    root: Path,
    out: Path | None,
    bucket: str,
    prefix: str | None,
    distribution: str | None,
    most_paths: int,
    most_deleted: int,
    keep: bool,
    whole: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Send what changed to an S3 bucket, delete what is gone, and tell CloudFront.

    Credentials are found by boto3's own chain: a profile, a role, the environment.
    """
    if importlib.util.find_spec("boto3") is None:
        raise missing_extra("aws")
    from generator.deploy.aws import open_bucket, open_distribution
    from generator.deploy.changes import compare
    from generator.deploy.invalidation import paths_of
    from generator.deploy.objects import read_objects

    folder = _prefix(prefix if prefix is not None else urlsplit(read_config(root)[0].base_url).path)
    project = make_project(root, out)
    with build_lock(project.state, lambda: click.echo("a build is at work here; waiting for it", err=True)):
        objects = read_objects(project.out, folder)
        place = open_bucket(bucket, folder)
        changes = compare(objects, place.listing(), whole)
        if keep:
            changes = changes._replace(gone=())
        if dry_run:
            _say_plan(changes)
            return
        _allow_deletions(changes, most_deleted, yes)
        _carry_out(place, changes)
    if distribution and changes.stale:
        forget = open_distribution(distribution, _references())
        paths = paths_of(changes.stale, most_paths)
        try:
            forget(paths)
        except SiteError as error:
            hint = f"{error.hint}; all files are in place: run this again with --whole once it may".lstrip(
                "; "
            )
            raise SiteError(error.message, hint=hint) from None
        click.echo(
            f"{count(len(paths), 'path')} for CloudFront to forget: {', '.join(paths[:5])}{' …'[: 2 * (len(paths) > 5)]}"
        )


def _prefix(written: str) -> str:
    folder = unquote(written).strip("/")
    return f"{folder}/" if folder else ""


def _references() -> Iterator[str]:
    """A name for each request to CloudFront, which takes none twice."""
    run = secrets.token_hex(8)
    return (f"gatherwell-{run}-{number}" for number in itertools.count(1))


def _say_plan(changes: Changes) -> None:
    for sign, keys in (
        ("+", [each.key for each in changes.new]),
        ("~", [each.key for each in changes.changed]),
        ("-", changes.gone),
    ):
        for key in keys:
            click.echo(f"{sign} {key}")
    click.echo(
        f"{count(len(changes.new), 'file')} new, {len(changes.changed)} changed, {len(changes.gone)} to delete;"
        " nothing was done"
    )


def _allow_deletions(changes: Changes, most: int, yes: bool) -> None:
    """Raise SiteError where more would be deleted than is plausible; on a terminal somebody is asked first."""
    from generator.deploy.changes import too_many_gone

    if yes or not changes.gone:
        return
    shown = ", ".join(changes.gone[:5]) + (" …" if len(changes.gone) > 5 else "")
    if too_many_gone(changes, most):
        hint = "look with --dry-run whether this is the right bucket, folder and build; --yes deletes them, --keep keeps them"
        message = f"{len(changes.gone)} of the {count(changes.held, 'file')} there would be deleted: {shown}"
        raise SiteError(message, hint=hint)
    if on_a_terminal():
        click.confirm(f"Delete {count(len(changes.gone), 'file')} ({shown})?", abort=True, err=True)


def _carry_out(place: Bucket, changes: Changes) -> None:
    """Send first and delete last: whoever reads meanwhile finds every file that a page names."""
    total = len(changes.sent)
    with click.progressbar(length=total, label="Sending", hidden=not on_a_terminal()) as bar:
        for stage in changes.stages:
            place.send(stage, lambda _: bar.update(1))
    place.delete(changes.gone)
    same = changes.held - len(changes.gone) - len(changes.changed)
    click.echo(
        f"{count(total, 'file')} sent ({len(changes.new)} new), {len(changes.gone)} deleted, {same} as they were"
    )
