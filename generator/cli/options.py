"""Options that several commands share, and how they become a project and its options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

import widgets
from generator.content.config import read_config
from generator.ground.errors import SiteError
from generator.ground.project import Options, Project
from generator.processes.workers import default_jobs
from generator.site.schedule import parse_now

Function = TypeVar("Function", bound=Callable[..., Any])

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    show_default="this folder",
    help="The project: the folder that holds content/.",
)
now_option = click.option(
    "--now",
    "now_text",
    metavar="ISO",
    help="Build as of this moment, such as 2026-12-24 or 2026-12-24T08:00Z.",
)
drafts_option = click.option(
    "--drafts", is_flag=True, help="Show drafts, scheduled and expired articles too."
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=default_jobs,
    show_default="one a processor",
    help="Worker processes.",
)


def make_project(root: Path, out: Path | None) -> Project:
    elements = widgets.ELEMENTS_DIR
    return Project(root, out if out is not None else root / "site", elements if elements.is_dir() else None)


def make_options(root: Path, now_text: str | None, drafts: bool, jobs: int, **given: Any) -> Options:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if now_text:
        zone = read_config(root)[0].zone
        try:
            now = parse_now(now_text, zone)
        except SiteError as error:
            raise click.UsageError(f"{error.message}; {error.hint}") from None
    return Options(now=now, drafts=drafts, jobs=jobs, **given)
