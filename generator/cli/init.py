"""`gatherwell init`: a project that builds, small enough to be read in a minute."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.cli.beginnings import front_matter, slug_of, write_new, yaml_text
from generator.config import CONFIG_NAME
from generator.errors import OutputError
from generator.matter import RESERVED_SLUGS
from generator.tree import CONTENT_DIR

_CONFIG = """\
# The settings of this portfolio. A key that is not known is an error that names the nearest one that is.

# The name above all conditions.
title: {title}

# Where the built site will stand; it may carry a path.
base_url: https://gatherwell.example/

# The language of files without a language in their name; `name.es.md` is the Spanish `name.md`.
language: en

# The time zone in which dates without a time of day begin and end.
time_zone: UTC
"""
_WELCOME = """\
Say here what this condition is, and whom these pages are for.

A good first step is [a first article](first-steps.md).
"""
_ARTICLE = """\
This is an article. It lies in `{path}`; change it, and build again.

## What comes next {{#next}}

- `gatherwell serve` shows the site and rebuilds it as you write.
- `gatherwell new article "A title"` begins another article.
- `gatherwell check` says everything that is wrong.
"""
_ABOUT = """\
Say who writes these pages, who answers for them and who pays for them.
"""


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="Our community", show_default=True, help="The name of the portfolio.")
@click.option("--condition", "name", default="Our condition", show_default=True, help="The first condition.")
def command(folder: Path, title: str, name: str) -> None:
    """Begin a project in DIR that builds."""
    for taken in (CONFIG_NAME, CONTENT_DIR):
        if (folder / taken).exists():
            raise OutputError(
                f"there is a project already: it has {taken}", str(folder), hint="choose another folder"
            )
    slug = slug_of(name, None, "--condition", ascii_only=True)
    if slug in RESERVED_SLUGS or slug == "en":
        raise click.UsageError(f"'{slug}' is a reserved address; choose another with --condition.")
    for path, text in _files(slug, title, name).items():
        write_new(folder, path, text)
    click.echo(f"gatherwell serve --root {folder}", err=True)


def _files(slug: str, title: str, name: str) -> dict[str, str]:
    hub = f"{CONTENT_DIR}/{slug}"
    first = f"{hub}/first-steps.md"
    today = dt.datetime.now(dt.UTC).date().isoformat()
    summary = "Where to begin with these pages."
    return {
        CONFIG_NAME: _CONFIG.format(title=yaml_text(title)),
        f"{hub}/_index.md": front_matter(
            "hub",
            {"title": yaml_text(name), "description": "Plain words from people who live with it."},
            ("short_title", "synonyms", "codes", "accent", "start_here"),
            _WELCOME,
        ),
        first: front_matter(
            "article",
            {"title": "First steps", "date": today, "type": "basics", "summary": summary},
            ("authors", "topics", "references"),
            _ARTICLE.format(path=first),
        ),
        f"{CONTENT_DIR}/_pages/about.md": front_matter(
            "page", {"title": "About these pages"}, ("updated",), _ABOUT
        ),
        ".gitignore": "/site/\n/.gatherwell/\n",
    }
