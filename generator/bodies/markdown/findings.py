"""Collects the problems of one body while it is parsed and written, each with its position."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.ground.errors import Position, Problem, Severity
from generator.ground.text import did_you_mean

# A search for a similar word takes a millisecond or more in a long text, so only the first problems get a suggestion.
_MOST_SUGGESTIONS = 20


class _Row(NamedTuple):
    """One line of an inline token's content: its start and end there, and where in the body it begins."""

    inline: Token
    start: int
    end: int
    line: int
    column: int


class Findings:
    """Collects problems; finds the positions of inline tokens, which know only their own text, in the body's lines."""

    __slots__ = ("_lines", "_row", "_suggestions", "_text", "marks", "problems")

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.marks: set[str] = set()
        self._text = text
        self._lines: list[str] | None = None
        self._row: _Row | None = None
        self._suggestions = 0

    def add(
        self, rule: str, place: Position, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        line, column = place
        self.problems.append(
            Problem(message=message, line=line, column=column, hint=hint, severity=severity, rule=rule)
        )

    def once(self, mark: str) -> bool:
        """True for the first call with *mark*, False for all later ones."""
        if mark in self.marks:
            return False
        self.marks.add(mark)
        return True

    def suggestion(self, word: str, known: Iterable[str]) -> str:
        """The most similar of the *known* words as a question, or ``""``."""
        self._suggestions += 1
        return did_you_mean(word, known) if self._suggestions <= _MOST_SUGGESTIONS else ""

    def place(self, inline: Token, offset: int) -> Position:
        """The position in the body of the character at *offset* of an inline token's content."""
        row = self._row
        if row is None or row.inline is not inline or not row.start <= offset <= row.end:
            row = self._row = self._find_row(inline, offset)
        return Position(row.line, row.column + offset - row.start if row.column else 1)

    def _find_row(self, inline: Token, offset: int) -> _Row:
        """The line of content around *offset*.

        The parser removes list markers, quote marks and indentation, so the line of content is searched in the body's
        line. Where it is not found (a table cell with an escaped bar), the column is 0.
        """
        if self._lines is None:
            self._lines = self._text.split("\n")
        content = inline.content
        start = content.rfind("\n", 0, offset) + 1
        end = content.find("\n", offset)
        end = len(content) if end < 0 else end
        line = (inline.map[0] if inline.map else 0) + content.count("\n", 0, offset)
        source = self._lines[line] if line < len(self._lines) else ""
        text = content[start:end]
        column = source.find(text) + 1
        if not column and (stripped := text.lstrip()):
            # The parser replaces a tab that is only partly indentation of a list by spaces.
            column = max(source.find(stripped) - (len(text) - len(stripped)) + 1, 0)
        return _Row(inline, start, end, line + 1, column)


def findings_of(state: StateBlock | StateInline) -> Findings:
    """The findings in a parser state's environment."""
    found: Findings = state.env["findings"]
    return found


def block_place(state: StateBlock, line: int, position: int) -> Position:
    """The position in the body of the character at index *position* of the source, which is in *line* (from 0)."""
    return Position(line + 1, position - state.src.rfind("\n", 0, position))
