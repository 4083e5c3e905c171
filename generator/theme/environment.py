"""The template engine, restricted so that a template sees its view, its theme's strings and nothing else."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2
import jinja2.bccache
from jinja2 import nodes
from markupsafe import Markup, escape

from generator.disk.version import software_digest
from generator.ground.text import did_you_mean, digest
from generator.theme.codegen import LeanCode, render_template
from generator.theme.language import PLACEHOLDER, plural_strings
from generator.theme.locales import PLURAL_FORMS, format_number, list_separator, plural_form
from generator.theme.rewriting import Rewriting, rewritten
from generator.theme.template_errors import MissingStringError, MissingValue
from generator.theme.types import PARENT, Theme

# Filters whose results depend on chance or on memory addresses, or that give access to private attributes.
_REFUSED_FILTERS = ("random", "pprint", "attr", "xmlattr")
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)

Translate = Callable[..., Markup]


class _Loader(jinja2.BaseLoader):
    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source = self._theme.templates.get(template)
        if source is None:
            raise jinja2.TemplateNotFound(template)
        # Indentation is removed to make pages smaller. Line breaks stay, so that errors name the right lines.
        return _INDENTATION.sub("", source), self._theme.template_paths[template], None

    def list_templates(self) -> list[str]:
        return sorted(self._theme.templates)


class Environment(jinja2.Environment):
    """Jinja without its default globals, which generates the code of :class:`LeanCode`.

    *words* are the strings without placeholders by key, escaped for HTML; *replaced* are the names of the parents'
    templates that others extend under their own name.
    """

    words: Mapping[str, str] = MappingProxyType({})
    replaced: frozenset[str] = frozenset()
    code_generator_class = LeanCode

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_templates: dict[str, jinja2.Template] = {}
        self.kept_modules: dict[str, Any] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        return rewritten(parsed, Rewriting(self.words, self.replaced, name, filename))


def make_environment(
    theme: Theme,
    language: str,
    bytecode_dir: Path | None = None,
    asset: Callable[[str], str] | None = None,
    url: Callable[[str], str] | None = None,
) -> Environment:
    """An environment for pages in *language*, with ``t``, ``part`` and the filter ``number``.

    *bytecode_dir* keeps compiled templates between runs; it is valid on one machine only and may be deleted.
    ``asset`` and ``url`` are known to templates where they are given.
    """
    spoken = theme.language_of_strings(language)
    strings = theme.strings_for(language)
    words = {key: str(escape(text)) for key, text in strings.items() if not PLACEHOLDER.search(text)}
    replaced = frozenset(name for name in theme.templates if name.startswith(PARENT))
    cache = _bytecode_cache(bytecode_dir, words, replaced) if bytecode_dir else None
    environment = Environment(
        loader=_Loader(theme),
        autoescape=True,
        # Constant folding finds hardly anything in our templates and takes a twelfth of the time of compiling.
        optimized=False,
        undefined=MissingValue,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=cache,
    )
    number = make_number(strings, spoken)
    environment.words, environment.replaced = words, replaced
    environment.globals.clear()
    environment.globals["part"] = make_part(environment)
    environment.globals["t"] = make_translate(strings, number, spoken)
    environment.globals["forms"] = make_forms(strings)
    environment.globals.update({name: call for name, call in (("asset", asset), ("url", url)) if call})
    for name in _REFUSED_FILTERS:
        environment.filters.pop(name, None)
    environment.filters["number"] = number
    environment.filters["listed"] = make_list(spoken)
    return environment


def _bytecode_cache(folder: Path, words: Mapping[str, str], replaced: frozenset[str]) -> jinja2.BytecodeCache:
    """The cache of compiled templates; one folder for each set of strings and of templates that are extended under
    their own name, because these are compiled into them.
    """
    strings_digest = digest(*sorted(replaced), *(part for pair in sorted(words.items()) for part in pair))
    own_folder = folder / f"templates-{software_digest()[:16]}-{strings_digest[:16]}"
    own_folder.mkdir(parents=True, exist_ok=True)
    return BytecodeFiles(str(own_folder), "%s")


class BytecodeFiles(jinja2.FileSystemBytecodeCache):
    """Compiled templates in files; one that cannot be written is skipped and compiled again by the next build."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def make_part(environment: jinja2.Environment) -> Callable[..., Markup]:
    """``part(name, **values)``: a template rendered with *values* alone, cached by them.

    Many lists show the same cards. A part sees nothing else, so equal values give equal HTML.
    """

    @functools.lru_cache(maxsize=2048)
    def render(name: str, values: tuple[tuple[str, Any], ...]) -> Markup:
        return Markup(render_template(environment, name, dict(values)))

    def part(name: str, **values: Any) -> Markup:
        return render(name, tuple(values.items()))

    return part


def make_look_up(kind: str, known: Mapping[str, str]) -> Callable[[str], str]:
    """``asset(name)`` and ``url(path)``: the address that *known* has for a name."""

    def look_up(name: str) -> str:
        found = known.get(name)
        if found is None:
            raise MissingStringError(f"there is no {kind} '{name}'", did_you_mean(name, known))
        return found

    return look_up


def make_number(strings: Mapping[str, str], language: str) -> Callable[[int], str]:
    """The filter ``number``: writes whole numbers as *language* groups them, from ``number.from`` on.

    Spanish writes 9999, but 10.000.
    """
    least = int(strings.get("number.from", "1000"))

    def number(value: int) -> str:
        return str(value) if abs(value) < least else format_number(value, language)

    return number


def make_list(language: str) -> Callable[[Iterable[str]], str]:
    """The filter ``listed``: joins texts with the list separator of *language*."""

    def listed(texts: Iterable[str]) -> str:
        return list_separator(language).join(texts)

    return listed


def make_forms(strings: Mapping[str, str]) -> Callable[[str], Markup]:
    """``forms(key)``: all plural forms of a string in CLDR's order, for scripts: ``|{n} page||||{n} pages``."""

    def forms(key: str) -> Markup:
        if f"{key}.other" not in strings:
            raise MissingStringError(f"the theme has no string '{key}.other'", did_you_mean(key, strings))
        return Markup("|".join(escape(strings.get(f"{key}.{form}", "")) for form in PLURAL_FORMS))

    return forms


def make_translate(strings: Mapping[str, str], number: Callable[[int], str], language: str) -> Translate:
    """``t(key)``: the string of a key, escaped for HTML; with ``n=`` the plural form that *language* needs."""
    plurals = plural_strings(strings)
    plain = {key: escape(text) for key, text in strings.items() if not PLACEHOLDER.search(text)}
    # "a {b} c" → ("a ", "b", " c"): escaped texts and names of placeholders alternate.
    patterns = {
        key: tuple(str(escape(part)) for part in PLACEHOLDER.split(text))
        for key, text in strings.items()
        if key not in plain
    }

    def t(key: str, n: int | None = None, default: str | None = None, **values: object) -> Markup:
        if n is not None:
            values["n"] = number(n)
            key = f"{key}.{plural_form(language, n, plurals.get(key, ()))}"
        found = plain.get(key)
        if found is not None:
            return found
        pattern = patterns.get(key)
        if pattern is None:
            if default is not None:
                return escape(default)
            raise MissingStringError(f"the theme has no string '{key}'", did_you_mean(key, strings))
        parts = list(pattern)
        for at in range(1, len(pattern), 2):
            if pattern[at] not in values:
                raise MissingStringError(
                    f"string '{key}' needs a value for {{{pattern[at]}}}", f"t('{key}', {pattern[at]}=…)"
                )
            parts[at] = escape(values[pattern[at]])
        return Markup("".join(parts))

    return t
