"""`gatherwell new`: begins an article, an event, a condition, a person or a survey."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import get_args

import click

from generator.cli import new_survey
from generator.cli.asking import Wanted, ask_wanted, on_a_terminal
from generator.cli.new_paths import Place, article_path, find_condition
from generator.cli.options import root_option
from generator.cli.starting_texts import front_matter, refuse_reserved, slug_of, write_new, yaml_text
from generator.cli.taken_addresses import refuse_taken
from generator.cli.type_folders import folder_of_type
from generator.cli.typed import as_typed
from generator.content.config import Config, read_config
from generator.content.front_matter.schema import ARTICLE_TYPES, Role
from generator.content.surveys.files import FOLDER
from generator.disk.content_tree import CONTENT_DIR
from generator.schema.convert import Invalid
from generator.schema.dates import canonical_moment

_ARTICLE_KEYS = ("summary", "authors", "topics", "stage", "content_notes", "image", "image_alt", "references")
_EVENT_KEYS = ("end", "place", "online_url", "organiser", "summary", "topics")
_FIRST_WORDS = (
    "Write the text here, in Markdown. Begin with what a reader on a bad day needs to know first.\n"
)
_WELCOME = """\
:::tip[To complete]
Welcome those who have just heard the word {name}, in a few sentences of your own, and take this box out.
:::
"""
_WEEKS_AHEAD = 4


@click.group("new")
def command() -> None:
    """Begin an article, a condition, a person, an event or a survey."""


command.add_command(new_survey.command)


_subject = click.argument("subject", nargs=-1, required=True, metavar="[CONDITION] TITLE")
_condition_option = click.option(
    "--condition", metavar="C", help="The condition's folder, if it does not stand before the title."
)
_folder_option = click.option(
    "--folder",
    metavar="F",
    help="A folder inside of the condition: living-with; . is the condition's own. By default where most of its type lie.",
)
_slug_option = click.option("--slug", metavar="S", help="The file's name; by default made from the title.")
_language_option = click.option(
    "--language", metavar="TAG", help="The language, if it is not the site's own."
)


@command.command("article")
@_subject
@root_option
@_condition_option
@_folder_option
@_slug_option
@_language_option
@click.option("--type", "article_type", type=click.Choice(ARTICLE_TYPES), help="By default article.")
@click.option("--author", metavar="ID", default="", help="Who writes it: a file in content/_people/.")
@click.option("--topic", "topics", multiple=True, help="A topic; may be repeated.")
def article(
    subject: tuple[str, ...],
    root: Path,
    condition: str | None,
    folder: str | None,
    slug: str | None,
    language: str | None,
    article_type: str | None,
    author: str,
    topics: tuple[str, ...],
) -> None:
    """Begin an article called TITLE, as a draft. On a terminal it asks for what is not given."""
    if article_type == "event":
        raise click.UsageError(as_typed("an event needs a start; write `gatherwell new event`."))
    condition, title = _condition_and_title(subject, condition, "article")
    config = read_config(root)[0]
    folder_of_condition = find_condition(root, condition)
    # A title or a folder that cannot be used is refused before anything is asked.
    article_path(config, title, folder_of_condition, Place(folder or "", slug, language))
    wanted = Wanted(article_type or "", author, topics)
    if on_a_terminal():
        wanted = ask_wanted(root, config, folder_of_condition, wanted)
    chosen = folder_of_type(root, folder_of_condition, wanted.article_type) if folder is None else folder
    path = article_path(config, title, folder_of_condition, Place(chosen, slug, language))
    refuse_taken(root, config, path)
    written = {"title": yaml_text(title), "date": _today(config).isoformat(), "draft": "true"}
    written |= _written(wanted)
    if wanted.article_type == "survey-report":
        written |= _of_survey(root / CONTENT_DIR / folder_of_condition / FOLDER)
    first = ("because",) if wanted.article_type == "we-did" else ()
    offered = (key for key in (*first, *_ARTICLE_KEYS) if key not in written)
    write_new(root, path, front_matter("article", written, offered, _FIRST_WORDS))
    if chosen and folder is None:
        said = f"{folder_of_condition}/{chosen}/, where {wanted.article_type} articles lie"
        click.echo(f"    in {said}; --folder names another folder", err=True)
    _say_draft()


def _of_survey(folder: Path) -> dict[str, str]:
    """The keys that a report begins with: the survey, if the condition has one alone, and the finding to choose."""
    names = [path.stem for path in folder.glob("*.yaml") if "." not in path.stem]
    return {
        "survey": f"{names[0] if len(names) == 1 else ''}  # the survey's file in {FOLDER}/, without .yaml".strip(),
        "finding": "  # the key of the question whose most frequent answer the hub shows; may stay empty".strip(),
    }


def _written(wanted: Wanted) -> dict[str, str]:
    """The keys of front matter that are not left out."""
    written = {}
    if wanted.article_type not in ("", "article"):
        written["type"] = wanted.article_type
    if wanted.author:
        written["authors"] = f"[{yaml_text(wanted.author)}]"
    if wanted.topics:
        written["topics"] = json.dumps(wanted.topics, ensure_ascii=False)
    return written


@command.command("event")
@_subject
@root_option
@_condition_option
@_folder_option
@_slug_option
@_language_option
@click.option(
    "--start", metavar="ISO", help="When it begins, such as 2027-03-14T18:00; by default in four weeks."
)
def event(
    subject: tuple[str, ...],
    root: Path,
    condition: str | None,
    folder: str | None,
    slug: str | None,
    language: str | None,
    start: str | None,
) -> None:
    """Begin an event called TITLE, as a draft."""
    condition, title = _condition_and_title(subject, condition, "event")
    config = read_config(root)[0]
    today = _today(config)
    try:
        moment = canonical_moment(start) if start else f"{today + dt.timedelta(weeks=_WEEKS_AHEAD)}T18:00"
    except Invalid as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint="--start") from None
    folder_of_condition = find_condition(root, condition)
    chosen = folder_of_type(root, folder_of_condition, "event") if folder is None else folder
    path = article_path(config, title, folder_of_condition, Place(chosen, slug, language))
    refuse_taken(root, config, path)
    written = {
        "title": yaml_text(title),
        "date": today.isoformat(),
        "draft": "true",
        "type": "event",
        "start": moment,
    }
    write_new(
        root,
        path,
        front_matter("article", written, _EVENT_KEYS, "Say what happens there, and for whom it is.\n"),
    )
    _say_draft()


@command.command("condition")
@click.argument("name")
@root_option
@click.option(
    "--id", "folder", metavar="ID", help="The folder's name and address; by default made from the name."
)
def condition(name: str, root: Path, folder: str | None) -> None:
    """Begin a condition called NAME."""
    config = read_config(root)[0]
    slug = slug_of(name, folder, "--id", ascii_only=True)
    refuse_reserved(slug, config, "--id")
    offered = (
        "short_title",
        "description",
        "synonyms",
        "codes",
        "accent",
        "editor",
        "start_here",
        "comments",
    )
    path = f"{CONTENT_DIR}/{slug}/_index.md"
    refuse_taken(root, config, path)
    text = front_matter("hub", {"title": yaml_text(name)}, offered, _WELCOME.format(name=name))
    write_new(root, path, text)
    _say_next(f'gatherwell new article {slug} "A title"')


@command.command("person")
@click.argument("name")
@root_option
@click.option(
    "--id",
    "person_id",
    metavar="ID",
    help="The file's name, which articles use; by default made from the name.",
)
@click.option("--role", type=click.Choice(get_args(Role)), default="member", show_default=True)
def person(name: str, root: Path, person_id: str | None, role: str) -> None:
    """Begin the profile of a person called NAME."""
    read_config(root)
    slug = slug_of(name, person_id, "--id")
    offered = ("conditions", "credential", "disclosures", "photo", "photo_alt", "since", "summary")
    written = {"name": yaml_text(name), "role": role}
    write_new(
        root,
        f"{CONTENT_DIR}/_people/{slug}.md",
        front_matter(
            "person", written, offered, "<!-- A few words about this person, for everybody to read. -->\n"
        ),
    )
    click.echo(f"    articles name this person by `authors: [{slug}]`", err=True)


def _condition_and_title(
    subject: tuple[str, ...], condition: str | None, kind: str
) -> tuple[str | None, str]:
    """The condition, as an option or before the title, and the title."""
    *before, title = subject
    if not before:
        return condition, title
    if len(before) > 1 or condition is not None:
        said = f'`gatherwell new {kind} CONDITION "{" ".join(subject[1:])}"`'
        raise click.UsageError(as_typed(f"a title of several words needs quotes: {said}"))
    return before[0], title


def _say_draft() -> None:
    # On standard error: standard output holds the path alone, for scripts.
    said = "    a draft: `gatherwell serve --drafts` shows it; take out the line `draft: true` to publish it"
    click.echo(as_typed(said), err=True)


def _say_next(command_line: str) -> None:
    click.echo(as_typed(f"    next: `{command_line}`"), err=True)


def _today(config: Config) -> dt.date:
    return dt.datetime.now(config.zone).date()
