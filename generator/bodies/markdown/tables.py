"""Tables: the parser's rule, and what is wrong with a table or with text that was meant as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import rules_block
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.bodies.markdown.findings import Findings, block_place, findings_of
from generator.ground.errors import Position
from generator.ground.text import shorten

MISSED_SIGNS = ("|", "\t")
"""A text without any of these holds nothing that :func:`missed_tables` finds."""

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_LONGEST = 2_000  # in characters; code is not looked for in longer rows, which no writer types
_BAR = re.compile(r"(?<!\\)\|")
# A line of bars and dashes as people write it under a header, right or wrong.
_RULE = re.compile(r"[ \t]*[|:+\-\u2010-\u2015=_][|:+\-\u2010-\u2015=_ \t]*$")
_ESCAPE = "write \\| for a bar that belongs to the text, in code too"


def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: markdown-it's table; reports rows whose cells are not those of the header."""
    if not rules_block.table(state, start_line, end_line, silent):
        return False
    if not silent:
        header = _row(state, start_line)
        columns = len(_cells(header))
        for line in range(start_line + 2, state.line):
            row = _row(state, line)
            # Most rows have their bars at both ends and no others than their cells need.
            if row.count("|") != columns + 1 or row[0] != "|" or row[-1] != "|" or "\\" in row or "`" in row:
                _check_row(state, line, row, columns, header.startswith("|"))
        bars = state.src.count("|", state.bMarks[start_line], state.eMarks[state.line - 1])
        state.env["bars"] = state.env.get("bars", 0) + bars
    return True


def _row(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def _cells(row: str) -> list[str]:
    """The cells of a row as the parser splits them."""
    cells = escapedSplit(row)
    if cells and cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return [cell.strip() for cell in cells]


def _check_row(state: StateBlock, line: int, row: str, columns: int, barred: bool) -> None:
    cells = _cells(row)
    place = block_place(state, line, state.bMarks[line] + state.tShift[line])
    add = findings_of(state).add
    lost = [cell for cell in cells[columns:] if cell]
    if lost:
        message = (
            f"this row has {_counted(cells)}, its header {columns}: '{shorten(lost[0], 40)}' would be lost"
        )
        add("tables", place, message, f"give the header another cell; {_ESCAPE}")
    elif _has_bar_in_code(row):
        add("tables", place, "a bar inside code ends the cell", _ESCAPE, "warning")
    elif not _BAR.search(row) and (columns > 1 or barred):
        message = "this line becomes a row of the table above"
        add("tables", place, message, "put a blank line before it, or bars between its cells", "warning")
    elif len(cells) != columns:
        message = f"this row has {_counted(cells)}, its header {columns}"
        add("tables", place, message, "give it as many; an empty cell is a blank between two bars", "warning")


def _has_bar_in_code(row: str) -> bool:
    return "`" in row and len(row) <= _LONGEST and any(_BAR.search(code[2]) for code in _CODE.finditer(row))


def missed_tables(state: StateCore) -> None:
    """Core rule: warns of paragraphs and underlined headings that were meant as tables."""
    if "\t" not in state.src and state.env.get("bars", 0) == state.src.count("|"):
        return  # every bar belongs to a table
    findings: Findings = state.env["findings"]
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if inline.type != "inline" or not ("|" in inline.content or "\t" in inline.content):
            continue
        if opening.type == "paragraph_open":
            _check_paragraph(inline, findings)
        elif opening.type == "heading_open" and opening.markup in ("-", "=") and _bars(inline.content) > 0:
            _add(findings, inline, 0, *_unlike(inline.content.rpartition("\n")[2], opening.markup * 3))


def _check_paragraph(inline: Token, findings: Findings) -> None:
    """Report the first line of a paragraph that shows it was meant as a table."""
    fault = next(_faults(inline.content.split("\n")), None)
    if fault:
        _add(findings, inline, *fault)


def _add(findings: Findings, inline: Token, number: int, message: str, hint: str) -> None:
    place = Position((inline.map[0] if inline.map else 0) + number + 1, 1)
    findings.add("tables", place, message, hint, "warning")


def _faults(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the lines of a paragraph as rows of a table: number of the line, message, hint."""
    bars = [_bars(line) for line in lines]
    tabs = [line.strip().count("\t") for line in lines]
    for number, line in enumerate(lines):
        below = number + 1
        following = below < len(lines)
        if following and _is_rule(lines[below]):
            yield below, *_unlike(line, lines[below])
        elif (line.lstrip().startswith("|") and bars[number] > 1) or (
            following and bars[number] and bars[number] == bars[below]
        ):
            columns = max(len(_cells(line.strip())), 1)
            hint = f"put `{'|---' * columns}|` under its header, and no blank line between its rows"
            yield number, "this looks like a table, but no line of dashes stands under a header", hint
        elif following and tabs[number] and tabs[below]:
            hint = f"write bars between the cells, and `{'|---' * (tabs[number] + 1)}|` under the first line"
            yield number, "this looks like a table from a spreadsheet, but would be one paragraph", hint


def _bars(line: str) -> int:
    """The number of bars in *line* that are neither escaped nor in code."""
    if "|" not in line:
        return 0
    return len(_BAR.findall(_CODE.sub("", line) if "`" in line and len(line) <= _LONGEST else line))


def _is_rule(line: str) -> bool:
    return "|" in line and len(line.strip("|:+ \t")) > 0 and _RULE.match(line) is not None


def _unlike(header: str, rule: str) -> tuple[str, str]:
    """Message and hint for a header and the line of dashes under it, which make no table together."""
    columns, dashes = _cells(header.strip()), _cells(rule.strip())
    if not _bars(header):
        return "this is no table: its header holds no bar", "write the header between bars: `| … |`"
    message = (
        f"this is no table: its header has {_counted(columns)}, the line of dashes below {len(dashes)}"
        if len(columns) != len(dashes)
        else "this is no table: the line below its header may hold only bars, colons and -"
    )
    return message, f"write `{'|---' * len(columns)}|` below the header; {_ESCAPE}"


def _counted(cells: list[str]) -> str:
    return "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
