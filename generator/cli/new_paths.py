"""Where a new article lies: the condition's folder, folders inside of it, the file's name with its language."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from generator.cli.asking import ask_one_of, known_conditions, on_a_terminal
from generator.cli.starting_texts import refuse_reserved, slug_of
from generator.cli.typed import as_typed
from generator.content.config import Config
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.errors import ContentError
from generator.ground.text import did_you_mean, slugify


class Place(NamedTuple):
    """What was asked for: *folder* inside of the condition, *slug* and *language*, each perhaps empty."""

    folder: str
    slug: str | None
    language: str | None


def article_path(config: Config, title: str, condition: str, place: Place) -> str:
    """The path of a new article, relative to the project; wrong usage where it cannot stand in an address."""
    name = slug_of(title, place.slug, "--slug")
    refuse_reserved(name, config, "--slug")
    parts = [part for part in place.folder.replace("\\", "/").split("/") if part not in ("", ".")]
    for part in parts:
        if slugify(part) != part:
            raise click.BadParameter(
                f"'{part}' is no plain folder name; use letters, digits and hyphens.", param_hint="--folder"
            )
    suffix = _suffix(config, place.language)
    return "/".join([CONTENT_DIR, condition, *parts, f"{name}{suffix}.md"])


def _suffix(config: Config, language: str | None) -> str:
    if not language or language == config.language:
        return ""
    if language not in config.all_languages:
        hint = did_you_mean(language, config.all_languages)
        hint = hint or "add it to `languages` in gatherwell.yaml first."
        raise click.BadParameter(
            f"'{language}' is not a language of this site; {hint}", param_hint="--language"
        )
    return f".{language}"


def find_condition(root: Path, wanted: str | None) -> str:
    """The condition's folder: the one asked for, the only one there is, or the one chosen on a terminal."""
    if not (root / CONTENT_DIR).is_dir():
        hint = "name the project with --root, or begin one with `gatherwell init`"
        raise ContentError("there is no folder content/ here", CONTENT_DIR, hint=hint)
    known = known_conditions(root)
    if wanted is None:
        if len(known) == 1:
            return known[0]
        if known and on_a_terminal():
            return ask_one_of("Condition", known)
        names = f"one of: {', '.join(known)}" if known else as_typed("after `gatherwell new condition NAME`")
        raise click.UsageError(f"name the condition with --condition, {names}.")
    if wanted not in known:
        hint = did_you_mean(wanted, known) or as_typed("begin it with `gatherwell new condition NAME`.")
        raise click.BadParameter(f"there is no condition '{wanted}'; {hint}", param_hint="--condition")
    return wanted
