"""HTML for scripts: templates in the folder ``spoken/``, rendered once for each language and fetched when needed."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator.theme.environment import Environment, make_environment
from generator.theme.template_errors import theme_error
from generator.theme.types import Theme

FOLDER = "spoken/"
# The template for the elements. Any other belongs to the theme's script of the same name.
ELEMENTS = "elements"


def render_spoken(
    templates: Mapping[str, str],
    paths: Mapping[str, str],
    strings: Mapping[str, Mapping[str, str]],
    bytecode_dir: Path | None = None,
) -> dict[str, dict[str, str]]:
    """The HTML of each template of the folder, by name without suffix, then by language; for all languages with strings.

    Raises:
        ThemeError: an error in a template, with its file and line.
    """
    if not any(name.startswith(FOLDER) for name in templates):
        return {}
    return _rendered(msgspec.msgpack.encode((dict(templates), dict(paths), dict(strings))), bytecode_dir)


@functools.lru_cache(maxsize=4)
def _rendered(source: bytes, bytecode_dir: Path | None) -> dict[str, dict[str, str]]:
    """:func:`render_spoken` of the encoded (templates, paths, strings).

    Cached, because compiling these templates takes as long as reading all the rest of a theme.
    """
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
