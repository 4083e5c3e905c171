"""The site's theme in the colours of its conditions: read from its folders, or kept in the cache while these are equal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import msgspec

from generator.build.inputs import Inputs
from generator.build.run import Run
from generator.content.config import CONFIG_NAME, config_place
from generator.disk.cache import decode_cached
from generator.ground.errors import SiteError, ThemeError
from generator.ground.project import Project
from generator.ground.text import digest
from generator.site.context import accents
from generator.site.types import Site
from generator.theme import read_theme
from generator.theme.types import Theme

# No output folder has this name in the cache: none ends in a slash.
_STATE = "theme/"


def read_site_theme(project: Project, site: Site) -> Theme:
    """The site's theme in the colours of its conditions; raises ThemeError."""
    return _read_theme(project, site.config.theme, accents(site))


class _Kept(msgspec.Struct, frozen=True):
    """A theme as the cache holds it; *key* is a digest of all that it was made from."""

    key: str
    theme: Theme


def cached_theme(run: Run, inputs: Inputs, site: Site) -> Theme:
    """The site's theme, from the cache where no file of any theme and no accent changed; raises ThemeError."""
    folders = (*run.project.theme_path, run.project.elements or "", run.project.root)
    colours = msgspec.msgpack.encode(accents(site))
    key = digest(inputs.themes, site.config.theme, colours, *map(str, folders))
    payload = run.cache.state(_STATE)
    kept = decode_cached(payload, _Kept) if payload else None
    if kept is not None and kept.key == key:
        return kept.theme
    theme = read_site_theme(run.project, site)
    run.cache.keep_state(_STATE, msgspec.msgpack.encode(_Kept(key, theme)))
    return theme


def preload_theme(project: Project, name: str) -> None:
    """Compile ahead what the theme's scripts say, so that :func:`read_files` finds it; faults are reported there."""
    with suppress(SiteError):
        _read_theme(project, name, {})


def _read_theme(project: Project, name: str, colours: Mapping[str, str]) -> Theme:
    try:
        return read_theme(name, project.theme_path, colours, project.elements, project.bytecode)
    except ThemeError as error:
        if error.source_path:
            raise
        raise ThemeError(
            error.message, CONFIG_NAME, *config_place(project.root, "theme"), error.hint
        ) from None
