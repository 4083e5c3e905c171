"""When a preview leaves files out that are at fault, and how it says which."""

from __future__ import annotations

import datetime as dt

from generator.build.plan import Plan
from generator.ground.errors import SiteErrors
from generator.site.schedule import iso

_NAMED = 10


def keeps_last_good(before: Plan, errors: SiteErrors, changed: tuple[str, ...], now: dt.datetime) -> bool:
    """Whether the plan *before* is shown on: nothing but the files with *errors* changed since, and no moment came."""
    faulty = {problem.source_path for problem in errors.problems if problem.severity == "error"}
    return faulty.issuperset(changed) and before.epoch.holds(iso(now))


def newly_left_out(before: frozenset[str], after: frozenset[str]) -> str:
    """A line for the terminal that names the files left out since *before*; empty where there are none."""
    new = sorted(after - before)
    more = f" and {len(new) - _NAMED:,} more" if len(new) > _NAMED else ""
    return f"left out until mended: {', '.join(new[:_NAMED])}{more}" if new else ""
