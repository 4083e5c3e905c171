"""Problems of one body, gathered while it is read, each with the place where a writer finds it."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.errors import Problem, Severity

Place = tuple[int, int]
"""Line and column in the body, both from 1."""


class Findings:
    """Collects problems; knows the body's lines, since inline tokens know only their own text."""

    __slots__ = ("_lines", "_text", "marks", "problems")

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.marks: set[str] = set()
        self._text = text
        self._lines: list[str] | None = None

    def add(
        self, rule: str, place: Place, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        line, column = place
        self.problems.append(
            Problem(message=message, line=line, column=column, hint=hint, severity=severity, rule=rule)
        )

    def once(self, mark: str) -> bool:
        """True the first time that *mark* is asked for."""
        if mark in self.marks:
            return False
        self.marks.add(mark)
        return True

    def place(self, inline: Token, offset: int) -> Place:
        """Where in the body the character at *offset* of an inline token's content stands.

        The parser strips list markers, quote marks and indentation, so a line's content is looked
        for in the source's line; where it is not there as such (a table cell with an escaped bar),
        the column is 1.
        """
        if self._lines is None:
            self._lines = self._text.split("\n")
        content = inline.content
        start = content.rfind("\n", 0, offset) + 1
        end = content.find("\n", offset)
        row = content[start : end if end >= 0 else len(content)]
        line = (inline.map[0] if inline.map else 0) + content.count("\n", 0, offset)
        source = self._lines[line] if line < len(self._lines) else ""
        column = source.find(row)
        if column < 0:
            stripped = row.lstrip()
            column = source.find(stripped) - (len(row) - len(stripped)) if stripped in source else 0
            if not column:
                return line + 1, 1
        return line + 1, column + offset - start + 1


def findings_of(state: StateBlock | StateInline) -> Findings:
    """The findings that travel in a parser state's environment."""
    found: Findings = state.env["findings"]
    return found


def block_place(state: StateBlock, line: int, position: int) -> Place:
    """The place of the character at *position* of the source, which lies in *line* (from 0)."""
    return line + 1, position - state.src.rfind("\n", 0, position)
