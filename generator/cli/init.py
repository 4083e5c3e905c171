"""`gatherwell init`: a community of one's own that builds, votes and comments."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
from pathlib import Path

import click

from generator.cli.asking import on_a_terminal
from generator.cli.community.answers import HOSTS, Answers, asked, filled
from generator.cli.community.crisis_lines import crisis_lines
from generator.cli.community.files import project_files, settings
from generator.cli.community.pinned import WHEELS, Pinned, pinned
from generator.cli.messages import count
from generator.cli.starting_texts import slug_of, write_new
from generator.cli.typed import as_typed
from generator.content.config import CONFIG_NAME, parse_config
from generator.content.front_matter.addresses import RESERVED_SLUGS
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import OutputError, SiteErrors

_COUNTRY = re.compile(r"[A-Z]{2}")


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="", help="The name of the community.")
@click.option(
    "--condition", "conditions", multiple=True, metavar="NAME", help="A condition; may be repeated."
)
@click.option("--language", "languages", multiple=True, metavar="TAG", help="A language, the main one first.")
@click.option("--address", default="", help="Where it will live: https://example.org/health/.")
@click.option("--organisation", default="", help="Who answers for it.")
@click.option(
    "--country", "countries", multiple=True, metavar="CC", help="A country of its readers: ES, GB, US."
)
@click.option(
    "--host", type=click.Choice(HOSTS), help="Where the pages will be served from; by default machine."
)
@click.option(
    "--function",
    metavar="ADDRESS",
    default="",
    help="Where the function answers: https://talk.example.org/api/v1. By default /api/v1; with --host github none.",
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
def command(folder: Path, yes: bool, host: str | None, **given: str | tuple[str, ...]) -> None:
    """Begin a community in DIR. On a terminal it asks for what is not given."""
    for taken in (CONFIG_NAME, CONTENT_DIR):
        if (folder / taken).exists():
            raise OutputError(
                f"there is a project already: it has {taken}", str(folder), hint="choose another folder"
            )
    answers = Answers(host=host or "", **given)  # type: ignore[arg-type]
    answers = filled(asked(answers) if on_a_terminal() and not yes else answers)
    answers = answers._replace(countries=tuple(country.upper() for country in answers.countries))
    slugs = _checked(answers)
    pin = pinned()
    today = dt.datetime.now(dt.UTC).date()
    files = project_files(answers, slugs, pin, today)
    for path, text in files.items():
        write_new(folder, path, text, quiet=True)
    _copy_wheel(folder, pin)
    _say_what_follows(folder, answers, pin, len(files))


def _checked(answers: Answers) -> dict[str, str]:
    """The conditions' folders by name; wrong usage where an answer cannot be used."""
    for country in answers.countries:
        if not _COUNTRY.fullmatch(country):
            raise click.BadParameter(
                f"'{country}' is not a country; write two letters: ES", param_hint="--country"
            )
    try:
        parse_config(settings(answers))
    except SiteErrors as errors:
        problem = errors.problems[0]
        hint = f"; {problem.hint}" if problem.hint else ""
        raise click.UsageError(f"{problem.message}{hint}") from None
    slugs: dict[str, str] = {}
    for name in answers.conditions:
        try:
            slug = slug_of(name, None, "--condition", ascii_only=True)
        except click.UsageError:
            raise click.UsageError(
                f"'{name}' cannot become an address; name it in the letters a-z, then change `title`."
            ) from None
        if slug in RESERVED_SLUGS or slug in answers.languages:
            raise click.UsageError(f"'{slug}' is a reserved address; choose another with --condition.")
        if slug in slugs.values():
            raise click.UsageError(
                f"two conditions would have the address '{slug}'; choose another with --condition."
            )
        slugs[name] = slug
    return slugs


def _copy_wheel(folder: Path, pin: Pinned) -> None:
    if pin.wheel is not None:
        (folder / WHEELS).mkdir(exist_ok=True)
        shutil.copyfile(pin.wheel, folder / WHEELS / pin.wheel.name)


def _say_what_follows(folder: Path, answers: Answers, pin: Pinned, files: int) -> None:
    click.echo(f"{count(files, 'file')} in {folder}: a demonstration, and every page says so.")
    for country in crisis_lines(answers.languages, answers.countries).without:
        click.echo(
            f"No crisis line with a source is known for {country}: write yours into {CONTENT_DIR}/_crisis.yaml.",
            err=True,
        )
    if not pin.known:
        click.echo("requirements.txt has a line to complete: which Gatherwell builds this site.", err=True)
    if not answers.endpoint:
        click.echo(
            "No votes and no comments: GitHub Pages runs no function. One elsewhere is named as widgets.endpoint.",
            err=True,
        )
    where = shlex.quote(str(folder))
    click.echo(as_typed(f"next: `gatherwell serve --root {where} --open`"), err=True)
    last = f"      `gatherwell doctor --root {where}` lists what is to be completed before people are invited"
    click.echo(as_typed(last), err=True)
