"""The template engine, held to what a page may depend on: its view, its strings and nothing else."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

import jinja2
import jinja2.bccache
import msgspec
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from generator.errors import ThemeError
from generator.software import software_digest
from generator.text import did_you_mean, digest
from generator.theme.compiling import LeanCode, render_template
from generator.theme.language import PLACEHOLDER
from generator.theme.words import Theme

# Filters whose result depends on chance or on memory addresses, or that reach behind the views.
_REFUSED_FILTERS = ("random", "pprint", "attr", "xmlattr")
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)

Translate = Callable[..., Markup]


class MissingStringError(Exception):
    """A template asked for a string that the theme lacks, or left out one of its values."""

    def __init__(self, message: str, hint: str) -> None:
        self.hint = hint
        super().__init__(message)


class MissingValue(jinja2.StrictUndefined):
    """An undefined value that knows what its owner could have offered."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        owner = self._undefined_obj
        if isinstance(owner, msgspec.Struct):
            fields = [field.name for field in msgspec.structs.fields(type(owner))]
            hint = did_you_mean(str(self._undefined_name), fields) or f"it has: {', '.join(sorted(fields))}"
            return f"{type(owner).__name__} has no field '{self._undefined_name}'\0{hint}"
        return message


class _Loader(jinja2.BaseLoader):
    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source = self._theme.templates.get(template)
        if source is None:
            raise jinja2.TemplateNotFound(template)
        # Indentation is for people; without it pages are smaller and lines keep their numbers.
        return _INDENTATION.sub("", source), self._theme.template_paths[template], None

    def list_templates(self) -> list[str]:
        return sorted(self._theme.templates)


class _Lean(NodeTransformer):
    """Writes strings without placeholders into the templates, where the compiler joins them to the HTML; refuses
    attributes that lead behind the views.
    """

    def __init__(self, words: Mapping[str, str], name: str | None, filename: str | None) -> None:
        self._words = words
        self._place = name, filename

    def visit_Getattr(self, node: nodes.Getattr, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        if node.attr.startswith("_"):
            raise jinja2.TemplateSyntaxError(
                f"a template cannot use '{node.attr}'", node.lineno, *self._place
            )
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802 - the library's name
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name != "t" or len(node.args) != 1:
            return node
        key = node.args[0]
        if node.kwargs or node.dyn_args or node.dyn_kwargs or not isinstance(key, nodes.Const):
            return node
        text = self._words.get(key.value)
        return node if text is None else nodes.TemplateData(text, lineno=node.lineno)


class Environment(jinja2.Environment):
    """Jinja without its globals: a template sees what it is given and cannot reach behind it.

    *words* are the strings that need no values, by key, safe as HTML.
    """

    words: Mapping[str, str] = MappingProxyType({})
    code_generator_class = LeanCode

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_templates: dict[str, jinja2.Template] = {}
        self.kept_modules: dict[str, Any] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Lean(self.words, name, filename).visit(super()._parse(source, name, filename))
        return tree


def make_environment(theme: Theme, language: str, bytecode_dir: Path | None = None) -> Environment:
    """An environment for pages in *language*: ``t`` and the filter ``number`` speak it.

    *bytecode_dir* keeps compiled templates between runs; it belongs to one machine and may be deleted.
    """
    strings = theme.strings_for(language)
    words = {key: str(escape(text)) for key, text in strings.items() if not PLACEHOLDER.search(text)}
    cache = _bytecode_cache(bytecode_dir, words) if bytecode_dir else None
    environment = Environment(
        loader=_Loader(theme),
        autoescape=True,
        # What it would fold, templates hardly hold; looking for it takes a twelfth of compiling.
        optimized=False,
        undefined=MissingValue,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=cache,
    )
    number = make_number(strings)
    environment.words = words
    environment.globals.clear()
    environment.globals["part"] = make_part(environment)
    environment.globals["t"] = make_translate(strings, number)
    for name in _REFUSED_FILTERS:
        environment.filters.pop(name, None)
    environment.filters["number"] = number
    return environment


def _bytecode_cache(folder: Path, words: Mapping[str, str]) -> jinja2.BytecodeCache:
    """Compiled templates hold the words of one language, and so are kept by them."""
    spoken = digest(*(part for pair in sorted(words.items()) for part in pair))
    home = folder / f"templates-{software_digest()[:16]}-{spoken[:16]}"
    home.mkdir(parents=True, exist_ok=True)
    return BytecodeFiles(str(home), "%s")


class BytecodeFiles(jinja2.FileSystemBytecodeCache):
    """Compiled templates in files; where the folder is gone or cannot be written, they are compiled again next time."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def make_part(environment: jinja2.Environment) -> Callable[..., Markup]:
    """``part(name, **values)``: a template rendered with *values* alone, kept for pages that show the same.

    Cards come back in many lists; equal values give equal HTML, since a part sees nothing else.
    """

    @functools.lru_cache(maxsize=4096)
    def render(name: str, values: tuple[tuple[str, Any], ...]) -> Markup:
        return Markup(render_template(environment, name, dict(values)))

    def part(name: str, **values: Any) -> Markup:
        return render(name, tuple(values.items()))

    return part


def make_number(strings: Mapping[str, str]) -> Callable[[int], str]:
    """Whole numbers as the language groups them: ``number.group`` stands in them from ``number.from`` on."""
    group = strings.get("number.group", ",")
    least = int(strings.get("number.from", "1000"))

    def number(value: int) -> str:
        return str(value) if abs(value) < least else f"{value:,}".replace(",", group)

    return number


def make_translate(strings: Mapping[str, str], number: Callable[[int], str]) -> Translate:
    """``t``: the string of a key as safe HTML; with ``n=`` the plural form ``key.one`` or ``key.other``."""
    plain = {key: escape(text) for key, text in strings.items() if not PLACEHOLDER.search(text)}
    # "a {b} c" → ("a ", "b", " c"): literal, safe as HTML, and name in turns.
    patterns = {
        key: tuple(str(escape(part)) for part in PLACEHOLDER.split(text))
        for key, text in strings.items()
        if key not in plain
    }

    def t(key: str, n: int | None = None, default: str | None = None, **values: object) -> Markup:
        if n is not None:
            values["n"] = number(n)
            forms = {0: ".zero", 1: ".one", 2: ".two"}
            chosen = key + forms.get(n, ".other")
            key = chosen if chosen in strings else f"{key}.other"
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


def theme_error(error: Exception, theme: Theme, fallback: str) -> ThemeError:
    """*error*, raised while compiling or rendering, as an error with the template's file and line.

    *fallback* is the template that was asked for; the innermost template frame wins over it.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        name = error.name or fallback
        return ThemeError(
            error.message or "syntax error", theme.template_paths.get(name, name), error.lineno, 1
        )
    name, line = _innermost(error.__traceback__) or (fallback, 0)
    place = theme.template_paths.get(name, name)
    if isinstance(error, jinja2.TemplateNotFound):
        wanted = str(error.name)
        return ThemeError(
            f"there is no template '{wanted}'", place, line, 1, did_you_mean(wanted, theme.templates)
        )
    if isinstance(error, MissingStringError):
        return ThemeError(str(error), place, line, 1, error.hint)
    message, _, hint = str(error).partition("\0")
    if not isinstance(error, jinja2.TemplateError):
        message = f"{type(error).__name__}: {message}"
    return ThemeError(message, place, line, 1, hint)


def _innermost(trace: TracebackType | None) -> tuple[str, int] | None:
    found: tuple[str, int] | None = None
    while trace is not None:
        template: Any = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None and template.name:
            found = template.name, template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return found
