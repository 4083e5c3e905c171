"""What is wrong with a template, said with its file, line, column and a remedy."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any

import jinja2
import msgspec
from jinja2 import filters, tests
from jinja2.defaults import DEFAULT_NAMESPACE

from generator.ground.errors import ThemeError
from generator.ground.text import did_you_mean
from generator.theme.types import PARENT, Theme

_TAGS = (
    "block",
    "call",
    "extends",
    "filter",
    "for",
    "from",
    "if",
    "import",
    "include",
    "macro",
    "set",
    "with",
)
_PARTS = (
    "elif",
    "else",
    *(f"end{tag}" for tag in ("block", "call", "filter", "for", "if", "macro", "set", "with")),
)
_NAMES = (
    "page",
    "chrome",
    "body",
    "notes",
    "chrome_head",
    "chrome_header",
    "chrome_footer",
    "t",
    "part",
    "forms",
    "url",
    "asset",
)
_QUOTED = re.compile(r"'([^'\n]+)'")
_NOTHING_GIVEN = re.compile(r"'(\w+)' is undefined")
_NO_SUCH = re.compile(r"No (filter|test) named '(\w+)'")
_UNKNOWN_TAG = re.compile(r"unknown tag '(\w+)'")
_INNERMOST = re.compile(r"innermost block that needs to be closed is '(\w+)'")


class MissingStringError(Exception):
    """A template uses a string, an asset or a page that there is not, or leaves out a value of a string."""

    def __init__(self, message: str, hint: str) -> None:
        self.hint = hint
        super().__init__(message)


class MissingValue(jinja2.StrictUndefined):
    """An undefined value; for a missing field of a view, its error lists the fields that there are."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        owner = self._undefined_obj
        if isinstance(owner, msgspec.Struct):
            fields = getattr(owner, "names", None) or [
                field.name for field in msgspec.structs.fields(type(owner))
            ]
            hint = did_you_mean(str(self._undefined_name), fields) or f"it has: {', '.join(sorted(fields))}"
            return f"{type(owner).__name__} has no field '{self._undefined_name}'\0{hint}"
        return message


def theme_error(error: Exception, theme: Theme, fallback: str) -> ThemeError:
    """*error*, raised while compiling or rendering, as a ThemeError with the template's file, line and column.

    The place is the innermost template in the traceback, else *fallback*, the template that was to be rendered.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line = error.name or fallback, error.lineno
        message, hint = error.message or "syntax error", ""
    else:
        name, line = _innermost(error.__traceback__) or (fallback, 0)
        message, _, hint = str(error).partition("\0")
    if isinstance(error, jinja2.TemplateNotFound):
        wanted = str(error.name)
        message, hint = f"there is no template '{wanted}'", did_you_mean(wanted, _named(theme))
    elif isinstance(error, MissingStringError):
        hint = error.hint
    elif not isinstance(error, jinja2.TemplateError):
        message = f"{type(error).__name__}: {message}"
    place = theme.template_paths.get(name, name)
    column = column_of(theme.templates.get(name, ""), line, message)
    return ThemeError(message, place, line, column, hint or _remedy(message))


def column_of(source: str, line: int, message: str) -> int:
    """The column (from 1) of what *message* quotes on *line* of a template; else of the first tag or expression there."""
    lines = source.split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    # A token that nobody expected stands behind those that were; a field stands behind a dot.
    chosen = -1 if message.startswith("expected token") else 0
    before = r"(?<=\.)" if "has no field" in message else r"(?<![\w.-])"
    for quoted in _QUOTED.findall(message):
        pattern = (before if quoted[0].isalnum() else "") + re.escape(quoted) + r"(?![\w-])"
        inside = [found.start() for found in re.finditer(pattern, text) if _in_tag(text, found.start())]
        if not inside and before.startswith("(?<!"):
            inside = [found.start() for found in re.finditer(rf"(?<=\.){re.escape(quoted)}\b", text)]
        if inside:
            return inside[chosen] + 1
    at = min((found for mark in ("{{", "{%") if (found := text.find(mark)) >= 0), default=0)
    return at + 1


def _in_tag(text: str, at: int) -> bool:
    """Whether an offset of a line lies in a tag or an expression, or in one that began on an earlier line."""
    opened = max(text.rfind("{{", 0, at), text.rfind("{%", 0, at))
    closed = max(text.rfind("}}", 0, at), text.rfind("%}", 0, at))
    return opened > closed or (opened < 0 and closed < 0 and "{{" not in text and "{%" not in text)


def _innermost(trace: TracebackType | None) -> tuple[str, int] | None:
    """Name and line of the innermost template in a traceback."""
    found: tuple[str, int] | None = None
    while trace is not None:
        template: Any = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None and template.name:
            found = template.name, template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return found


def _named(theme: Theme) -> list[str]:
    return [name for name in theme.templates if not name.startswith(PARENT)]


def _remedy(message: str) -> str:
    """What to do about an error in Jinja's words; empty where nothing is known."""
    if found := _UNKNOWN_TAG.search(message):
        return did_you_mean(found[1], (*_TAGS, *_PARTS)) or f"tags are: {', '.join(_TAGS)}"
    if found := _INNERMOST.search(message):
        return f"close it with {{% end{found[1]} %}}"
    if found := _NO_SUCH.search(message):
        known = [*filters.FILTERS, "number", "listed"] if found[1] == "filter" else [*tests.TESTS]
        return did_you_mean(found[2], known)
    if found := _NOTHING_GIVEN.search(message):
        if found[1] in DEFAULT_NAMESPACE:
            return "templates have no functions but t, part, forms, url and asset"
        return (
            did_you_mean(found[1], _NAMES)
            or "a template sees page, chrome, body and notes; a macro what it is given"
        )
    if "end of print statement" in message or "end of statement block" in message:
        return "is an operator or a comma missing?"
    return ""
