"""What `new` and `init` ask on a terminal, and what they offer: conditions, people and topics that exist."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from generator.cli.typed import as_typed
from generator.content.config import Config
from generator.content.front_matter.schema import ARTICLE_TYPES
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import SiteError
from generator.ground.text import did_you_mean
from generator.schema.yaml_source import parse_yaml
from generator.site.data_files import TOPICS

# So many articles are looked through for their topics; more would keep people waiting.
_LOOKED_THROUGH = 500
_HEAD = 8192
_OFFERED = 12


class Wanted(NamedTuple):
    """What a new article begins with beside its title."""

    article_type: str
    author: str
    topics: tuple[str, ...]


def on_a_terminal() -> bool:
    """Whether somebody is there to answer; scripts and pipes are asked nothing."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str = "") -> str:
    """An answer typed on the terminal, without blanks at its ends; *default* where nothing was typed."""
    answer: str = click.prompt(question, default=default, show_default=bool(default), err=True)
    return answer.strip()


def ask_one_of(question: str, known: Sequence[str], default: str = "") -> str:
    """One of *known*; asked again, with the nearest one, where it is something else."""
    while True:
        answer = ask(f"{question} ({', '.join(known)})", default)
        if answer in known:
            return answer
        click.echo(did_you_mean(answer, known) or f"'{answer}' is none of these.", err=True)


def ask_wanted(root: Path, config: Config, condition: str, given: Wanted) -> Wanted:
    """*given*, and what of it is empty asked for, with what exists; an empty answer leaves it out."""
    article_type = given.article_type or ask_one_of("Type", _types(), "article")
    author = given.author
    people = known_people(root, config)
    if not author and people:
        author = _ask_known("Author", people)
    topics = given.topics
    if not topics:
        known = known_topics(root, condition)
        so_far = f"; so far: {', '.join(known[:_OFFERED])}" if known else ""
        answer = ask(f"Topics, with commas between (Enter for none{so_far})")
        topics = tuple(dict.fromkeys(part.strip() for part in answer.split(",") if part.strip()))
    return Wanted(article_type, author, topics)


def _types() -> tuple[str, ...]:
    # An event has a start: it is begun with `gatherwell new event`.
    return tuple(name for name in ARTICLE_TYPES if name != "event")


def _ask_known(question: str, known: Sequence[str]) -> str:
    while True:
        answer = ask(f"{question} (Enter for none; {', '.join(known[:_OFFERED])})")
        if not answer or answer in known:
            return answer
        near = did_you_mean(answer, known) or "begin it with `gatherwell new person`"
        click.echo(as_typed(f"There is no profile '{answer}' in content/_people/; {near}"), err=True)


def known_conditions(root: Path) -> list[str]:
    """The folders of conditions, in order."""
    folders = (path for path in (root / CONTENT_DIR).iterdir() if path.is_dir())
    return sorted(path.name for path in folders if not path.name.startswith(("_", ".")))


def known_people(root: Path, config: Config) -> list[str]:
    """The ids of all profiles, in order."""
    stems = (path.stem for path in (root / CONTENT_DIR / "_people").glob("*.md"))
    return sorted(
        stem for stem in stems if stem.rpartition(".")[2] not in config.all_languages or "." not in stem
    )


def known_topics(root: Path, condition: str) -> list[str]:
    """The topics that ``_topics.yaml`` names and that articles of *condition* have, in order."""
    found = set(_yaml_of(root / TOPICS))
    for path in articles_of(root, condition):
        listed = front_matter_of(path).get("topics")
        found.update(map(str, listed if isinstance(listed, list) else [listed] if listed else []))
    return sorted(found)


def articles_of(root: Path, condition: str) -> list[Path]:
    """The first texts of *condition*, in order, as many as may be looked through."""
    return sorted((root / CONTENT_DIR / condition).rglob("*.md"))[:_LOOKED_THROUGH]


def _yaml_of(path: Path) -> dict[str, object]:
    try:
        value = parse_yaml(path.read_text("utf-8-sig"), "").value
    except (OSError, UnicodeDecodeError, SiteError):
        return {}
    return value if isinstance(value, dict) else {}


def front_matter_of(path: Path) -> dict[str, object]:
    """The front matter of an article; nothing where it cannot be read: `check` says what is wrong with it."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = file.read(_HEAD)
        block = head.removeprefix("---\n").partition("\n---")[0] if head.startswith("---\n") else ""
        value = parse_yaml(block, "").value if block else {}
    except (OSError, UnicodeDecodeError, SiteError):
        return {}
    return value if isinstance(value, dict) else {}
