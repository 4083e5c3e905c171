"""Findings for people, grouped by cause: a fault in seven hundred files is one group with its count."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import click

from generator.cli.messages import count
from generator.cli.typed import as_typed
from generator.content.config import Checks
from generator.content.front_matter.held_back import may_hold_back
from generator.ground.errors import Problem
from generator.schema.convert import NESTED

# So many findings of one cause are a group.
_MANY = 5
# Findings whose messages differ in a name may want a look each, so more of them are a group.
_MANY_ALIKE = 10
_SHOWN = 3
# So many groups that differ in one name are one, which counts up to so many names.
_SEVERAL = 4
_NAMES = 12
_NAME = re.compile(r"'[^']*'|<[\w:-]+>|#[\w.-]+|[\w./-]+/[\w./-]+|\d[\d,.-]*")
_UNKNOWN_KEY = re.compile(r"'([A-Za-z][A-Za-z0-9_-]{0,60})' is not a known key")


def in_groups(problems: Sequence[Problem], every: str = "--all") -> str:
    """Every finding that is alone with its cause, as ``path:line:column: message``; then each group, the largest first.

    *every* is what shows all of a group.
    """
    groups = _groups(problems)
    grouped = {id(problem) for group in groups for problem in group}
    alone = [str(problem) for problem in problems if id(problem) not in grouped]
    told = [_told(group, every) for group in sorted(_joined(groups), key=len, reverse=True)]
    return "\n".join([*alone, *told, *_ready_lines(problems, groups)])


def _groups(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Findings with one message; of the others those whose messages differ in names alone."""
    same: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        same[problem.severity, problem.rule, problem.message].append(problem)
    groups = [group for group in same.values() if len(group) >= _MANY]
    alike: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for (severity, rule, message), group in same.items():
        if len(group) < _MANY:
            alike[severity, rule, _NAME.sub("…", message)] += group
    return groups + [group for group in alike.values() if len(group) >= _MANY_ALIKE]


def _joined(groups: Iterable[list[Problem]]) -> list[list[Problem]]:
    """*groups*, several of which differ in one name alone (a key, a tag) as one."""
    alike: dict[tuple[str, str, str], list[list[Problem]]] = defaultdict(list)
    for group in groups:
        alike[group[0].severity, group[0].rule, _NAME.sub("…", group[0].message)].append(group)
    joined: list[list[Problem]] = []
    for same in alike.values():
        if len(same) < _SEVERAL:
            joined += same
        else:
            joined.append([problem for group in same for problem in group])
    return joined


def shortened(problems: Sequence[Problem]) -> str:
    """*problems* in groups, as commands show them that are not asked for findings; where there are any groups, their
    number and the command that shows every one follow.
    """
    told = in_groups(problems, "gatherwell check --all")
    if not _groups(problems):
        return told
    errors = sum(problem.severity == "error" for problem in problems)
    numbers = [count(errors, "error")] if errors else []
    numbers += [count(len(problems) - errors, "warning")] if errors < len(problems) else []
    return (
        f"{told}\n{', '.join(numbers)}; `gatherwell check` shows what else is wrong, with `--all` every place"
    )


def echo_warnings(warnings: Sequence[Problem]) -> None:
    """Print warnings, many of one cause as a group."""
    if warnings:
        text = as_typed(shortened(warnings))
        click.secho(text, fg="yellow", err=True, color=False if os.environ.get("NO_COLOR") else None)


def _told_by_name(group: Sequence[Problem], every: str) -> str:
    """A group of several causes that differ in a name, with the count of each."""
    counts = Counter("".join(_NAME.findall(problem.message)[:1]) for problem in group)
    names = ", ".join(f"{name} ({number:,})" for name, number in counts.most_common(_NAMES))
    more = f" and {len(counts) - _NAMES:,} more" if len(counts) > _NAMES else ""
    first = group[0]
    return "\n".join(
        [
            f"{len(group):,} × {first.severity}: {_NAME.sub('…', first.message)}",
            *([f"    {first.hint}"] if first.hint and len({each.hint for each in group}) == 1 else []),
            f"    {names}{more}",
            f"    {_place(first)}: {first.message}{_more(group, 1)} (`{every}` shows every one)",
        ]
    )


def _told(group: Sequence[Problem], every: str) -> str:
    if len({problem.message for problem in group}) >= _SEVERAL and len(group) >= _SEVERAL * _MANY:
        return _told_by_name(group, every)
    first = group[0]
    one_message = len({problem.message for problem in group}) == 1
    lines = [
        f"{len(group):,} × {first.severity}: {first.message if one_message else _NAME.sub('…', first.message)}"
    ]
    (hint, number) = Counter(problem.hint for problem in group).most_common(1)[0]
    if hint and (one_message or number == len(group)):
        lines.append(f"    {hint}")
    if one_message:
        places = ", ".join(_place(problem) for problem in group[:_SHOWN])
        lines.append(f"    {places}{_more(group)}")
    else:
        lines += [f"    {_place(problem)}: {problem.message}" for problem in group[:_SHOWN]]
        lines.append(f"   {_more(group)} (`{every}` shows every one)")
    return "\n".join(lines)


def _place(problem: Problem) -> str:
    place = problem.source_path or "gatherwell"
    return f"{place}:{problem.line}:{problem.column or 1}" if problem.line else place


def _more(group: Sequence[Problem], shown: int = _SHOWN) -> str:
    return f" and {len(group) - shown:,} more" if len(group) > shown else ""


def _ready_lines(problems: Iterable[Problem], groups: Iterable[Sequence[Problem]]) -> list[str]:
    """What lets a large collection in by steps: keys to keep for a theme, and rules to lower, as lines of settings."""
    errors = [problem for problem in problems if problem.severity == "error"]
    keys = sorted({found[1] for each in errors if (found := _UNKNOWN_KEY.match(each.message))})
    keys = [key for key in keys if not may_hold_back(key)]
    many = {group[0].rule for group in groups if group[0].severity == "error"}
    nested = any(each.hint == NESTED for each in errors)
    by_name = bool(keys) and not nested
    rules = [rule for rule in Checks.__struct_fields__ if rule in many and not (rule == "keys" and by_name)]
    lines = []
    if by_name and "keys" in many:
        lines.append(f"front_matter: {{extra: [{', '.join(keys)}]}}")
    if rules:
        lines.append(f"checks: {{{', '.join(f'{rule}: warning' for rule in rules)}}}")
    return (
        ["Ready for gatherwell.yaml, to go on meanwhile (beside what stands there):", *lines] if lines else []
    )
