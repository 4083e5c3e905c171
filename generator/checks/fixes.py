"""Owns what can be mended without reading: parameters of addresses that follow readers are cut off. Nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from generator.bodies.wording.links import tracking_in
from generator.checks.tracking import TRACKING
from generator.ground.errors import Problem

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")
_PARAMETER = re.compile(r"[A-Za-z_]+=[^&;#\s)>\]\"'<]*")
_BOM = "\ufeff"


def fixed(text: str, problems: Iterable[Problem]) -> str:
    """A file's *text* without those of *problems* that can be mended; *text* itself where there are none.

    Line ends, a byte order mark and all else stay as they are. Where a place does not hold what the finding says,
    because the file has changed since, nothing is changed there.
    """
    bom = _BOM if text.startswith(_BOM) else ""
    lines = [[match[1], match[2]] for match in _LINE.finditer(text.removeprefix(_BOM))]
    # From the end of a line to its beginning, so that the columns of earlier findings stay right.
    for problem in sorted(problems, key=lambda one: (one.line, one.column), reverse=True):
        mend = FIXES.get(problem.rule)
        if mend and 0 < problem.line <= len(lines):
            line = lines[problem.line - 1]
            line[0] = mend(line[0], max(problem.column - 1, 0))
    return bom + "".join(part for line in lines for part in line)


def _without_tracking(line: str, at: int) -> str:
    """*line* without the parameter at *at*, or without all of the address that begins there."""
    if _PARAMETER.match(line, at) and tracking_in(line[max(at - 1, 0) :].split("=")[0] + "="):
        return _cut(line, at)
    end = re.compile(r"[^\s)>\]]*").match(line, at)
    address = end[0] if end else ""
    while found := tracking_in(address):
        shorter = _cut(address, re.search(rf"[?&;]{re.escape(found)}=", address).start() + 1)  # type: ignore[union-attr]
        if shorter == address:
            return line
        line, address = line[:at] + shorter + line[at + len(address) :], shorter
    return line


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


FIXES: dict[str, Callable[[str, int], str]] = {TRACKING.code: _without_tracking}
