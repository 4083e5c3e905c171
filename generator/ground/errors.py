"""Problems and errors of content, configuration, themes and disks: message, place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

Severity = Literal["error", "warning"]


class Position(NamedTuple):
    """A place in a text: line and column, both from 1."""

    line: int
    column: int


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One problem as a value, so that pure stages can return it and caches can keep it.

    ``line`` and ``column`` count from 1; line 0 means the whole file. ``source_path`` is relative to the project's root
    (``content/migraine/x.md``); it is empty where the stage that found the problem knows a text without its path.
    """

    message: str
    line: int = 0
    column: int = 0
    hint: str = ""
    source_path: str = ""
    severity: Severity = "error"
    rule: str = ""

    def __str__(self) -> str:
        place = self.source_path or "gatherwell"
        if self.line:
            place += f":{self.line}:{self.column or 1}"
        text = f"{place}: {'warning: ' if self.severity == 'warning' else ''}{self.message}"
        return f"{text}\n    {self.hint}" if self.hint else text


class SiteError(Exception):
    """An error that the maintainer or a writer can correct: message, place and remedy."""

    rule = "site"

    def __init__(
        self, message: str, source_path: str = "", line: int = 0, column: int = 0, hint: str = ""
    ) -> None:
        self.message = message
        self.source_path = source_path
        self.line = line
        self.column = column
        self.hint = hint
        super().__init__(message)

    @property
    def problem(self) -> Problem:
        return Problem(
            message=self.message,
            line=self.line,
            column=self.column,
            hint=self.hint,
            source_path=self.source_path,
            rule=self.rule,
        )

    def __str__(self) -> str:
        return str(self.problem)


class ConfigError(SiteError):
    """An error in ``gatherwell.yaml`` or another data file."""

    rule = "config"


class ContentError(SiteError):
    """An error in an article, a person, a page or an image."""

    rule = "content"


class ThemeError(SiteError):
    """An error in a theme's settings, templates, strings or assets."""

    rule = "theme"


class OutputError(SiteError):
    """The output folder cannot be written."""

    rule = "output"


class RequestError(SiteError):
    """The command line asks for something that does not exist, whatever the content."""

    rule = "request"


class SiteErrors(SiteError):
    """All problems that one stage found, each once, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = in_order(problems)
        first = self.problems[0] if self.problems else Problem("unknown error")
        super().__init__(first.message, first.source_path, first.line, first.column, first.hint)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """*problems* by place, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.source_path, p.line, p.column, p.message, p.hint)))


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise :class:`SiteErrors` if any of *problems* is an error; warnings are ignored."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise SiteErrors(errors)
