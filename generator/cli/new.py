"""`gatherwell new`: begins an article, an event, a condition or a person, and asks nothing it can know."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import click

from generator.cli.beginnings import front_matter, refuse_reserved, slug_of, write_new, yaml_text
from generator.cli.options import root_option
from generator.config import Config, read_config
from generator.errors import ContentError
from generator.matter import ARTICLE_TYPES, Role
from generator.moments import canonical_moment
from generator.strict import Invalid
from generator.text import did_you_mean, slugify
from generator.tree import CONTENT_DIR

_ARTICLE_KEYS = ("summary", "authors", "topics", "stage", "content_notes", "image", "image_alt", "references")
_EVENT_KEYS = ("end", "place", "online_url", "organiser", "summary", "topics")
_FIRST_WORDS = (
    "Write the text here, in Markdown. Begin with what a reader on a bad day needs to know first.\n"
)
_WEEKS_AHEAD = 4


@click.group("new")
def command() -> None:
    """Begin an article, a condition, a person or an event."""


_condition_option = click.option(
    "--condition", metavar="C", help="The condition's folder; needed where there are several."
)
_folder_option = click.option(
    "--folder", default="", metavar="F", help="A folder inside of the condition: living-with."
)
_slug_option = click.option("--slug", metavar="S", help="The file's name; by default made from the title.")
_language_option = click.option(
    "--language", metavar="TAG", help="The language, if it is not the site's own."
)


@command.command("article")
@click.argument("title")
@root_option
@_condition_option
@_folder_option
@_slug_option
@_language_option
@click.option(
    "--type", "article_type", type=click.Choice(ARTICLE_TYPES), default="article", show_default=True
)
def article(
    title: str,
    root: Path,
    condition: str | None,
    folder: str,
    slug: str | None,
    language: str | None,
    article_type: str,
) -> None:
    """Begin an article called TITLE, as a draft."""
    if article_type == "event":
        raise click.UsageError("an event needs a start; write `gatherwell new event`.")
    config = read_config(root)[0]
    path = _article_path(root, config, title, condition, folder, slug, language)
    written = {"title": yaml_text(title), "date": _today(config).isoformat(), "draft": "true"}
    if article_type != "article":
        written["type"] = article_type
    write_new(root, path, front_matter("article", written, _ARTICLE_KEYS, _FIRST_WORDS))


@command.command("event")
@click.argument("title")
@root_option
@_condition_option
@_folder_option
@_slug_option
@_language_option
@click.option(
    "--start", metavar="ISO", help="When it begins, such as 2027-03-14T18:00; by default in four weeks."
)
def event(
    title: str,
    root: Path,
    condition: str | None,
    folder: str,
    slug: str | None,
    language: str | None,
    start: str | None,
) -> None:
    """Begin an event called TITLE, as a draft."""
    config = read_config(root)[0]
    today = _today(config)
    try:
        moment = canonical_moment(start) if start else f"{today + dt.timedelta(weeks=_WEEKS_AHEAD)}T18:00"
    except Invalid as error:
        raise click.BadParameter(f"{error}; {error.hint}", param_hint="--start") from None
    path = _article_path(root, config, title, condition, folder or "events", slug, language)
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
    text = front_matter(
        "hub", {"title": yaml_text(name)}, offered, f"Welcome those who have just heard the word {name}.\n"
    )
    write_new(root, f"{CONTENT_DIR}/{slug}/_index.md", text)


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
        front_matter("person", written, offered, "A few words about this person.\n"),
    )


def _today(config: Config) -> dt.date:
    return dt.datetime.now(config.zone).date()


def _article_path(
    root: Path,
    config: Config,
    title: str,
    condition: str | None,
    folder: str,
    slug: str | None,
    language: str | None,
) -> str:
    name = slug_of(title, slug, "--slug")
    refuse_reserved(name, config, "--slug")
    parts = [part for part in folder.replace("\\", "/").split("/") if part]
    for part in parts:
        if slugify(part) != part:
            raise click.BadParameter(
                f"'{part}' is no plain folder name; use letters, digits and hyphens.", param_hint="--folder"
            )
    suffix = ""
    if language and language != config.language:
        if language not in config.all_languages:
            hint = (
                did_you_mean(language, config.all_languages)
                or "add it to `languages` in gatherwell.yaml first."
            )
            raise click.BadParameter(
                f"'{language}' is not a language of this site; {hint}", param_hint="--language"
            )
        suffix = f".{language}"
    return "/".join([CONTENT_DIR, _condition(root, condition), *parts, f"{name}{suffix}.md"])


def _condition(root: Path, wanted: str | None) -> str:
    """The condition's folder: the one asked for, or the only one there is."""
    content = root / CONTENT_DIR
    if not content.is_dir():
        hint = "name the project with --root, or begin one with `gatherwell init`"
        raise ContentError("there is no folder content/ here", CONTENT_DIR, hint=hint)
    known = sorted(
        path.name for path in content.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))
    )
    if wanted is None:
        if len(known) == 1:
            return known[0]
        names = f"one of: {', '.join(known)}" if known else "after `gatherwell new condition NAME`"
        raise click.UsageError(f"name the condition with --condition, {names}.")
    if wanted not in known:
        hint = did_you_mean(wanted, known) or "begin it with `gatherwell new condition NAME`."
        raise click.BadParameter(f"there is no condition '{wanted}'; {hint}", param_hint="--condition")
    return wanted
