"""Checks templates without rendering a page: syntax, missing partials and strings, each with file and line."""

from __future__ import annotations

import jinja2
from jinja2 import nodes

from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.theme.environment import make_environment
from generator.theme.template_errors import column_of, theme_error
from generator.theme.types import FALLBACK_LANGUAGE, Theme

_LOADING = (nodes.Include, nodes.Extends, nodes.FromImport, nodes.Import)


def lint_templates(theme: Theme) -> tuple[Problem, ...]:
    """The problems of the templates of *theme* that any page would have.

    Keys of strings that are computed while rendering (``"type." ~ page.type``) are not checked.
    """
    environment = make_environment(theme, FALLBACK_LANGUAGE)
    problems: list[Problem] = [*theme.unmarked]
    for name in sorted(theme.templates):
        try:
            source = environment.loader.get_source(environment, name)[0] if environment.loader else ""
            tree = environment.parse(source, name, theme.template_paths[name])
            environment.compile(source, name, theme.template_paths[name])
        except jinja2.TemplateError as error:
            problems.append(theme_error(error, theme, name).problem)
            continue
        problems += _missing(tree, name, theme)
    return tuple(problems)


def _missing(tree: nodes.Template, name: str, theme: Theme) -> list[Problem]:
    strings = theme.strings_for(FALLBACK_LANGUAGE)
    problems = []

    def tell(line: int, message: str, hint: str) -> None:
        column = column_of(theme.templates[name], line, message)
        problems.append(Problem(message, line, column, hint, theme.template_paths[name], rule="theme"))

    for node in tree.find_all(_LOADING):
        wanted = getattr(node, "template", None)
        if isinstance(wanted, nodes.Const) and wanted.value not in theme.templates:
            hint = did_you_mean(wanted.value, theme.templates)
            tell(node.lineno, f"there is no template '{wanted.value}'", hint)
    for call in tree.find_all(nodes.Call):
        function, key = _called(call)
        if function == "asset" and isinstance(key, str) and key not in theme.urls:
            tell(call.lineno, f"there is no asset '{key}'", did_you_mean(key, theme.urls))
        elif function == "url" and key is None:
            hint = 'write the path in the template: url("_pages/about.md")'
            tell(call.lineno, "'url' needs a path that is known before pages are made", hint)
        elif function in ("t", "forms") and isinstance(key, str) and not _has_default(call):
            plural = function == "forms" or any(keyword.key == "n" for keyword in call.kwargs)
            wanted_key = f"{key}.other" if plural else key
            if wanted_key not in strings:
                hint = did_you_mean(wanted_key, strings)
                tell(call.lineno, f"the theme has no string '{wanted_key}'", hint)
    return problems


def _has_default(call: nodes.Call) -> bool:
    return any(keyword.key == "default" for keyword in call.kwargs)


def _called(call: nodes.Call) -> tuple[str, object]:
    """The name of a function that is called, and its first argument where that is written out; else None."""
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    first = call.args[0] if call.args else None
    return name, first.value if isinstance(first, nodes.Const) else None
