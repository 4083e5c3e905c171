"""`gatherwell results pull`: public tallies, published comments and results of surveys become a build input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.function_origin import function_origin
from generator.cli.messages import count
from generator.cli.options import root_option
from generator.cli.store import worded
from generator.content.config import Config, read_config
from generator.content.snapshot import SNAPSHOT, read_snapshot
from generator.content.surveys.files import read_survey_files
from generator.content.surveys.review_file import format_reviewed
from generator.content.surveys.reviewed import reviewed_path
from generator.disk.content_tree import read_tree
from generator.ground.errors import ConfigError, ContentError, raise_errors
from generator.site.surveys import parse_surveys

if TYPE_CHECKING:
    from widgets.adapters.pull import Pulled


@click.group("results")
def command() -> None:
    """Public tallies, published comments and results of surveys."""


@command.command("pull")
@root_option
@click.option(
    "--endpoint", help="The function's origin, such as https://example.org; by default that of base_url."
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    hidden=True,
    help="No longer needed: the function knows what exists.",
)
@click.option(
    "--review",
    is_flag=True,
    help="Also write the tables of surveys to content/_results/, for a pull request; pages then show these.",
)
def pull_command(root: Path, endpoint: str | None, manifest: Path | None, review: bool) -> None:
    """Fetch what the function shows to everybody, for pages to bake in."""
    from widgets.adapters.commands import pull

    config = read_config(root)[0]
    if not config.widgets.endpoint and not endpoint:
        hint = "set `widgets: {endpoint: /api/v1}`, or name one with --endpoint"
        raise ConfigError("no function is configured", "gatherwell.yaml", hint=hint)
    with worded():
        held = pull(
            endpoint=function_origin(config, endpoint),
            out=root / SNAPSHOT,
        )
    click.echo(f"{in_words(held)}: build again to show them")
    if review:
        write_reviews(root, config)


def in_words(held: Pulled) -> str:
    """``4 polls, 1 thread, 2 stories and questions``; the last only where there are any."""
    found = [count(held.polls, "poll"), count(held.threads, "thread")]
    if held.voices:
        found.append("1 story or question" if held.voices == 1 else f"{held.voices:,} stories and questions")
    return ", ".join(found)


def write_reviews(root: Path, config: Config) -> None:
    """Write what the snapshot has of each survey to its file for review; say what was written, and what was not and why."""
    snapshot, _ = read_snapshot(root)
    instruments, problems = parse_surveys(read_survey_files(read_tree(root)), config)
    raise_errors(problems)
    known = {instrument.id: instrument for instrument in instruments}
    for name, results in sorted(snapshot.surveys.items()):
        instrument = known.get(name)
        if instrument is None:
            click.echo(f"{name}: there is no such survey here; left out")
        elif results is None or not results.tables:
            click.echo(f"{name}: nothing is published yet")
        elif results.version != instrument.version:
            told = f"of version {results.version}, while {instrument.source_path} is at {instrument.version}"
            click.echo(f"{name}: its results are {told}; left out")
        else:
            _write_reviewed(root, name, format_reviewed(results))


def _write_reviewed(root: Path, name: str, text: str) -> None:
    path = reviewed_path(name)
    file = root / path
    if file.exists() and file.read_text("utf-8") == text:
        click.echo(f"{path}: as it was")
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    except OSError as error:
        raise ContentError(f"cannot be written ({error.strerror})", path) from None
    click.echo(f"{path}: written; read it, commit it and open a pull request")
