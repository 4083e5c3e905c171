"""Owns the file of requests by page and day, the only form in which reading is counted: a line holds no reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from generator.ground.errors import SiteError
from generator.insights.months import Month

_HEADER = "path,day,count"
_ROW = re.compile(r"(/[^\s,?#\"]*),(\d{4}-\d{2}-\d{2}),(\d{1,12})")
_LONGEST = 2_100  # characters: an address that a browser takes, a day and a number
_HINT = (
    "reading is counted from `path,day,count` alone: filter the log before it is written, so that no address, agent, "
    "referrer or query of a reader is kept: see the document “What a month brought”"
)


def read_counts(path: Path, months: tuple[Month, ...]) -> Mapping[Month, Mapping[str, int]]:
    """Requests by page of each of *months*, read line by line. Raises SiteError where a line is anything else."""
    counts: dict[Month, Counter[str]] = {month: Counter() for month in months}
    by_text = {str(month): counts[month] for month in months}
    try:
        with path.open(encoding="utf-8", newline=None) as file:
            for number, line in _lines(file, path):
                found = _ROW.fullmatch(line)
                if found is None:
                    raise SiteError("this line is no `path,day,count`", str(path), number, hint=_HINT)
                counted = by_text.get(found[2][:7])
                if counted is not None:
                    counted[found[1]] += int(found[3])
    except UnicodeDecodeError:
        raise SiteError("this is no text in UTF-8", str(path), hint=_HINT) from None
    except OSError as error:
        raise SiteError(f"{path} cannot be read ({error.strerror})", hint="name another file") from None
    return counts


def _lines(file: TextIO, path: Path) -> Iterator[tuple[int, str]]:
    """The lines below the header, numbered, none of them longer than a row can be."""
    header = file.readline(_LONGEST).lstrip("\ufeff").rstrip("\n")
    if header.replace(" ", "").casefold() != _HEADER:
        raise SiteError(f"its first line is not `{_HEADER}`", str(path), 1, hint=_HINT)
    number = 1
    while line := file.readline(_LONGEST):
        number += 1
        if line.strip():
            yield number, line.rstrip("\n")
