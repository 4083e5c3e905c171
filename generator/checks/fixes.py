"""Owns what can be mended without reading: parameters of addresses that follow readers are cut off. Nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.bodies.wording.links import tracking_in
from generator.checks.tracking import TRACKING
from generator.content.front_matter.parse import split
from generator.disk.names import is_markdown
from generator.ground.errors import ContentError, Position, Problem
from generator.schema.yaml_source import scalars_of

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")
_PARAMETER = re.compile(r"[A-Za-z_]+=[^&;#\s)>\]\"'<]*")
_BOM = "\ufeff"


class Fix(NamedTuple):
    """How a rule's findings are mended: in a line of a body *at* an offset, or all of them *within* (a part of) a value."""

    at: Callable[[str, int], str]
    within: Callable[[str], str]


def fixed(text: str, problems: Iterable[Problem], path: str = "") -> str:
    """A file's *text* without those of *problems* that can be mended; *text* itself where there are none.

    Line ends, a byte order mark and all else stay as they are. Where a place does not hold what the finding says,
    because the file has changed since, nothing is changed there. A *path* that is not one of Markdown is YAML as a whole.
    """
    bom = _BOM if text.startswith(_BOM) else ""
    parts = [(match[1], match[2]) for match in _LINE.finditer(text.removeprefix(_BOM))]
    lines = [line for line, _ in parts]
    ends = _ends_of_values(lines, path)
    places = {(problem.line, problem.column, problem.rule) for problem in problems if problem.rule in FIXES}
    # From the end of the file to its beginning, so that the places of earlier findings stay right.
    for line, column, rule in sorted(places, reverse=True):
        if 0 < line <= len(lines):
            start, end = Position(line, max(column, 1)), ends.get(Position(line, column))
            if end is None:
                lines[line - 1] = FIXES[rule].at(lines[line - 1], start.column - 1)
            else:
                _mend_value(lines, start, end, FIXES[rule])
    return bom + "".join(line + end for line, (_, end) in zip(lines, parts, strict=True))


def _ends_of_values(lines: Sequence[str], path: str) -> Mapping[Position, Position]:
    """Where each value of the front matter, or of a file of YAML, ends, by where it begins."""
    block, first_line = "\n".join(lines), 1
    if not path or is_markdown(path):
        try:
            block, first_line = split(block, path).block, 2
        except ContentError:
            return {}
    return {start: end for _, start, end in scalars_of(block, first_line)}


def _mend_value(lines: list[str], start: Position, end: Position, fix: Fix) -> None:
    for number in range(start.line, min(end.line, len(lines)) + 1):
        line = lines[number - 1]
        first = start.column - 1 if number == start.line else 0
        last = end.column - 1 if number == end.line else len(line)
        lines[number - 1] = line[:first] + fix.within(line[first:last]) + line[last:]


def _without_parameter(line: str, at: int) -> str:
    """*line* without the parameter at *at*, where one is there that follows readers."""
    if _PARAMETER.match(line, at) and tracking_in(line[max(at - 1, 0) :].split("=")[0] + "="):
        return _cut(line, at)
    return line


def _without_tracking(text: str) -> str:
    """*text* without any such parameter; as it is where signs in it are written by escapes."""
    while (found := tracking_in(text)) and not (text.startswith('"') and "\\" in text):
        shorter = _cut(text, re.search(rf"[?&;]{re.escape(found)}=", text).start() + 1)  # type: ignore[union-attr]
        if shorter == text:
            break
        text = shorter
    return text


def _cut(text: str, at: int) -> str:
    """*text* without the parameter at *at* and one sign beside it, so that the address stays one."""
    parameter = _PARAMETER.match(text, at)
    if parameter is None or not at:
        return text
    before, after = text[:at], text[parameter.end() :]
    sign = "&amp;" if before.endswith("&amp;") else before[-1]
    if sign != "?":
        return before.removesuffix(sign) + after
    for following in ("&amp;", "&", ";"):
        if after.startswith(following):
            return before + after.removeprefix(following)
    return before.removesuffix("?") + after


FIXES: dict[str, Fix] = {TRACKING.code: Fix(_without_parameter, _without_tracking)}
