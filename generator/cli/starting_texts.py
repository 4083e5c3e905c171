"""New files as `new` and `init` begin them: front matter with a word on each key that may be added."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from generator.cli.schema_notes import NOTES
from generator.content.config import Config
from generator.content.front_matter.addresses import RESERVED_SLUGS
from generator.ground.errors import OutputError, SiteError
from generator.ground.text import slugify
from generator.schema.yaml_source import parse_yaml

_MOST_BYTES = 80
# Latin letters that are no letter with an accent, as people write them where they are missing.
_SPELT = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}


def write_new(root: Path, path: str, text: str, quiet: bool = False) -> None:
    """Write *text* to a new file and print its path, unless *quiet*; raises OutputError where one is there already or the disk refuses."""
    target = root / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise OutputError(
            "is there already; nothing was changed", path, hint="open it, or choose another name"
        ) from None
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})", path, hint="check its folder's permissions"
        ) from None
    if not quiet:
        click.echo(path)


def slug_of(text: str, given: str | None, option: str, ascii_only: bool = False) -> str:
    """The file's name for *text*, or *given*; wrong usage where neither can stand in an address."""
    made = slugify(in_plain_letters(text) if ascii_only else text)
    slug = given if given is not None else _shortened(made)
    if given is not None and slugify(given) != given:
        better = slugify(given)
        raise click.UsageError(
            f"'{given}' cannot stand in an address" + (f"; write {option} {better}" if better else "")
        )
    if not slug or (ascii_only and not slug.isascii()):
        letters = "a-z, 0-9 and hyphens" if ascii_only else "letters, digits and hyphens"
        raise click.UsageError(f"'{text}' cannot become an address; name one with {option} ({letters}).")
    return slug


def in_plain_letters(text: str) -> str:
    """*text* in small letters, those of Latin without their accents: *Épilepsie* becomes *epilepsie*."""
    spelt = "".join(_SPELT.get(letter, letter) for letter in text.casefold())
    return "".join(part for part in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(part))


def refuse_reserved(slug: str, config: Config, option: str) -> None:
    if slug in RESERVED_SLUGS or slug in config.all_languages:
        raise click.UsageError(f"'{slug}' is a reserved address; choose another with {option}.")


def _shortened(slug: str) -> str:
    while len(slug.encode()) > _MOST_BYTES:
        head, hyphen, _ = slug.rpartition("-")
        slug = head if hyphen else slug[:-1]
    return slug


def front_matter(kind: str, written: Mapping[str, str], offered: Iterable[str], body: str) -> str:
    """A whole file: *written* are YAML values by key, *offered* keys follow as comments with their notes."""
    notes = NOTES[kind]
    lines = [f"{key}: {value}" for key, value in written.items()]
    lines += ["", "# What follows may be left out; take away the # to use a line."]
    for key in offered:
        lines += [f"# {notes[key]}", f"# {key}:"]
    block = "\n".join(lines)
    return f"---\n{block}\n---\n\n{body}\n"


def yaml_text(text: str) -> str:
    """*text* as one YAML value, in quotes only where it needs them; wrong usage where YAML cannot hold it."""
    text = " ".join(text.split())
    for written in (text, json.dumps(text, ensure_ascii=False), json.dumps(text)):
        try:
            if text and parse_yaml(f"key: {written}", "").value == {"key": text}:
                return written
        except SiteError:
            continue
    raise click.UsageError("a title needs words, and no control characters.")
