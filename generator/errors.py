"""What can be wrong with content, configuration, themes and disks, said so that a writer can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding as a value, so that pure stages can return it and caches can keep it.

    ``line`` and ``column`` count from 1; 0 means that the whole file is meant.
    ``source_path`` is relative to the project's root (``content/migraine/x.md``), empty where
    the finder does not know it (a body knows only its own text).
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
    """Something that the maintainer or a writer can mend: message, place and remedy."""

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
    """``gatherwell.yaml`` or another data file is at fault."""

    rule = "config"


class ContentError(SiteError):
    """An article, a person, a page or an image is at fault."""

    rule = "content"


class ThemeError(SiteError):
    """A theme's settings, templates, strings or assets are at fault."""

    rule = "theme"


class OutputError(SiteError):
    """The output folder cannot be written as asked."""

    rule = "output"


class RequestError(SiteError):
    """What was asked for cannot be done, whatever the content: the command line was wrong."""

    rule = "request"


class SiteErrors(SiteError):
    """All that one stage found, sorted by place, raised once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = sorted(set(problems), key=lambda p: (p.source_path, p.line, p.column, p.message))
        self.problems: Sequence[Problem] = tuple(unique)
        first = unique[0] if unique else Problem("unknown error")
        super().__init__(first.message, first.source_path, first.line, first.column, first.hint)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise :class:`SiteErrors` if any of *problems* is an error; warnings pass."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise SiteErrors(errors)
