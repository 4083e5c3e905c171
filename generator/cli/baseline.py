"""A baseline: a file with the findings that are accepted, so that a check fails on new ones alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.ground.errors import Problem, SiteError

_Finding = tuple[str, str, str]


def write_baseline(path: Path, problems: Iterable[Problem]) -> None:
    """Accept *problems*: each by its file, rule and message, since lines move."""
    counts = Counter(map(_finding, problems))
    found = [
        {"path": place, "rule": rule, "message": message, "count": count}
        for (place, rule, message), count in sorted(counts.items())
    ]
    path.write_text(
        json.dumps({"version": 1, "findings": found}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def beyond(path: Path, problems: Sequence[Problem]) -> tuple[list[Problem], int]:
    """The *problems* that the baseline at *path* does not hold, and how many of its findings are gone."""
    left = _read(path)
    new = []
    for problem in problems:
        finding = _finding(problem)
        if left[finding] > 0:
            left[finding] -= 1
        else:
            new.append(problem)
    return new, sum(left.values())


def _finding(problem: Problem) -> _Finding:
    return problem.source_path, problem.rule, problem.message


def _read(path: Path) -> Counter[_Finding]:
    try:
        value: Any = json.loads(path.read_text("utf-8"))
        return Counter(
            {(one["path"], one["rule"], one["message"]): int(one["count"]) for one in value["findings"]}
        )
    except (OSError, ValueError, KeyError, TypeError):
        hint = "delete the file; the next check writes it anew"
        raise SiteError("this baseline cannot be read", str(path), hint=hint) from None
