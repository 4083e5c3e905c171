"""Every template looked at without a page: syntax, missing partials and strings, with file and line."""

from __future__ import annotations

import jinja2
from jinja2 import nodes

from generator.errors import Problem
from generator.text import did_you_mean
from generator.theme.environment import make_environment, theme_error
from generator.theme.words import FALLBACK_LANGUAGE, Theme

_LOADING = (nodes.Include, nodes.Extends, nodes.FromImport, nodes.Import)


def lint_templates(theme: Theme) -> tuple[Problem, ...]:
    """What is wrong with the templates of *theme*, whichever page they would be rendered for.

    Keys that are put together while rendering (``"type." ~ page.type``) are found only then.
    """
    environment = make_environment(theme, FALLBACK_LANGUAGE)
    problems: list[Problem] = []
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
    place = theme.template_paths[name]
    strings = theme.strings_for(FALLBACK_LANGUAGE)
    problems = []
    for node in tree.find_all(_LOADING):
        wanted = getattr(node, "template", None)
        if isinstance(wanted, nodes.Const) and wanted.value not in theme.templates:
            hint = did_you_mean(wanted.value, theme.templates)
            problems.append(
                Problem(f"there is no template '{wanted.value}'", node.lineno, 1, hint, place, rule="theme")
            )
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args):
            continue
        key = call.args[0]
        if not isinstance(key, nodes.Const):
            continue
        plural = any(keyword.key == "n" for keyword in call.kwargs)
        wanted_key = f"{key.value}.other" if plural else key.value
        if wanted_key not in strings:
            hint = did_you_mean(wanted_key, strings)
            problems.append(
                Problem(f"the theme has no string '{wanted_key}'", call.lineno, 1, hint, place, rule="theme")
            )
    return problems
