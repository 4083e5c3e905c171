"""Whether crisis lines are true, each called by a person of the community within the last twelve months, and whether
there is one for children where members write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from generator.ground.errors import Problem
from generator.schema.dates import add_period, local_day
from generator.site.schedule import moment_of
from generator.site.types import CrisisEntry

UNCHECKED: Final = "unchecked-crisis-line"  # rule of problems that `check` takes for errors
_OLD: Final = "old-crisis-line"
NO_CHILD: Final = "no-crisis-line-for-children"
_PERIOD: Final = "12 months"

Lines = Mapping[str, Sequence[CrisisEntry]]


def crisis_problems(lines: Lines, path: str, *, demonstration: bool, now: str, zone: ZoneInfo) -> Iterator[Problem]:
    """Warnings about lines that nobody has called, or not for twelve months; *now* is UTC ISO text.

    A build keeps them on its pages: help is never taken off. In a demonstration nobody calls.
    """
    if demonstration:
        return
    for entry in (entry for some in lines.values() for entry in some):
        if not entry.checked:
            message = f"nobody has checked the crisis line '{entry.name}'"
            hint = "call or write to it, then write the date into `checked`"
            yield Problem(message, entry.line, 1, hint, path, "warning", UNCHECKED)
        elif _again(entry, zone) <= now:
            message = f"the crisis line '{entry.name}' was checked more than twelve months ago"
            hint = "call or write to it again, then write the new date into `checked`"
            yield Problem(message, entry.line, 1, hint, path, "warning", _OLD)


def child_problems(lines: Lines, path: str, ages: Mapping[str, int]) -> Iterator[Problem]:
    """A warning for each language in which members write, and no line that they are shown is one for children.

    *ages* are the lowest ages that members say to have, by language: a younger one who writes is shown lines for
    children first. A language without lines shows those of the others. Without any line the emergency number is shown.
    """
    for language, age in ages.items():
        own = {locale: some for locale, some in lines.items() if some and _base(locale) == _base(language)}
        shown = [entry for some in (own or lines).values() for entry in some]
        if not shown or any("child" in entry.kinds for entry in shown):
            continue
        message = f"no crisis line in '{language}' is for children, and somebody younger than {age} may write here"
        hint = "add a line with `kinds: [child]`; its number from an official page, which `source` names"
        yield Problem(message, shown[0].line, 1, hint, path, "warning", NO_CHILD)


def _base(locale: str) -> str:
    return locale.partition("-")[0]


def crisis_moments(lines: Lines, zone: ZoneInfo) -> list[str]:
    """The moments, as UTC ISO text, from which a line must be checked again."""
    return [_again(entry, zone) for some in lines.values() for entry in some if entry.checked]


def _again(entry: CrisisEntry, zone: ZoneInfo) -> str:
    return moment_of(add_period(local_day(entry.checked, zone), _PERIOD).isoformat(), zone)
