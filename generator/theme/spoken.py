"""Markup that scripts fetch when they need it: templates under ``spoken/``, rendered once for each language."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator.theme.environment import Environment, make_environment, theme_error
from generator.theme.words import Theme

FOLDER = "spoken/"
# This one belongs to the elements; any other to the theme's script of the same name.
ELEMENTS = "elements"


def render_spoken(
    templates: Mapping[str, str],
    paths: Mapping[str, str],
    strings: Mapping[str, Mapping[str, str]],
    bytecode_dir: Path | None = None,
) -> dict[str, dict[str, str]]:
    """For each template of the folder, by its bare name, its HTML in every language that has strings.

    Raises:
        ThemeError: a template is at fault; names its file and line.
    """
    if not any(name.startswith(FOLDER) for name in templates):
        return {}
    return _rendered(msgspec.msgpack.encode((dict(templates), dict(paths), dict(strings))), bytecode_dir)


@functools.lru_cache(maxsize=4)
def _rendered(source: bytes, bytecode_dir: Path | None) -> dict[str, dict[str, str]]:
    """The same for the encoded (templates, paths, strings): compiling them costs as much as reading all else."""
    templates, paths, strings = msgspec.msgpack.decode(
        source, type=tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]]]
    )
    names = [name for name in templates if name.startswith(FOLDER)]
    theme = Theme(
        name="",
        templates=templates,
        template_paths=paths,
        strings=strings,
        directions={},
        files=(),
        urls={},
        digest="",
    )
    environments = {language: make_environment(theme, language, bytecode_dir) for language in strings}
    return {
        name.removeprefix(FOLDER).removesuffix(".html"): {
            language: _render(name, environment, theme) for language, environment in environments.items()
        }
        for name in names
    }


def _render(name: str, environment: Environment, theme: Theme) -> str:
    try:
        return environment.get_template(name).render()
    except Exception as error:
        raise theme_error(error, theme, name) from error
