"""Finds merge conflicts that nobody solved, by the marks that git, Mercurial and Subversion leave in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.ground.errors import ContentError, SiteError

_OURS, _THEIRS = "<<<<<<<", ">>>>>>>"
# Nobody quotes seven deep, with no blank between the marks and with one word or path behind them, by hand.
_LEFT_OVER = re.compile(r"(?:<{7}|>{7}) \S")


def refuse_conflicts(text: str, source_path: str, error: type[SiteError] = ContentError) -> None:
    """Raise *error* at the first unsolved merge conflict of a file's *text*; the hint names the lines of the others.

    A conflict is a line that begins with seven ``<``, after it one of seven ``=``, after that one that begins with seven
    ``>``; what is left of one that was solved by half is a line of seven ``<`` or ``>``, a blank, and a name. In Markdown (``.md``) the three within one closed code block that begins and ends at the margin are an example.
    """
    if _OURS not in text and _THEIRS not in text:
        return
    rows, is_markdown = text.split("\n"), source_path.lower().endswith((".md", ".markdown"))
    lines = list(_conflicts(rows, is_markdown)) or _left_over(rows, is_markdown)
    if lines:
        hint = f"keep what is right, and delete the lines with {_OURS}, ======= and {_THEIRS}"
        others = ", ".join(map(str, lines[1:]))
        hint += f"; more conflicts begin on these lines: {others}" if others else ""
        raise error("an unsolved merge conflict", source_path, lines[0], 1, hint)


def _conflicts(lines: list[str], fenced_examples: bool) -> Iterator[int]:
    """The number of the first line of each conflict."""
    start, divided, fence = 0, False, ""
    kept: list[int] = []  # conflicts in a code block that may turn out never to be closed
    for number, line in enumerate(lines, 1):
        if _is_mark(line, _OURS):
            start, divided = number, False
        elif start and line.rstrip() == "=======":
            divided = True
        elif start and divided and _is_mark(line, _THEIRS):
            if fence:
                kept.append(start)
            else:
                yield start
            start = 0
        elif fenced_examples and line.startswith(("```", "~~~")):
            if fence and line.startswith(fence) and not line.strip().strip(fence[0]):
                fence, kept = "", []
            elif not fence and not start:
                fence = _opened(line)
    yield from kept


def _left_over(lines: list[str], fenced_examples: bool) -> list[int]:
    """The number of the first line that only a conflict solved by half leaves, in a list; none in a closed code block."""
    fence, kept = "", 0
    for number, line in enumerate(lines, 1):
        if _LEFT_OVER.match(line):
            if not fence:
                return [number]
            kept = kept or number
        elif fenced_examples and line.startswith(("```", "~~~")):
            if fence and line.startswith(fence) and not line.strip().strip(fence[0]):
                fence, kept = "", 0
            elif not fence:
                fence = _opened(line)
    return [kept] if kept else []


def _opened(line: str) -> str:
    """The marks of the code block that *line* opens; ``""`` where it is a line of text."""
    rest = line.lstrip(line[0])
    return "" if line[0] == "`" and "`" in rest else line[: len(line) - len(rest)]


def _is_mark(line: str, mark: str) -> bool:
    return line.startswith(mark) and not line[len(mark) : len(mark) + 1].strip()
