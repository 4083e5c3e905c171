"""How seriously findings are taken: the levels that ``checks:`` in the configuration gives to rules."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from generator.content.config import Checks
from generator.ground.errors import Problem

# What is only ever advice: a formula cannot judge a text.
NEVER_ERROR = frozenset({"reading"})
# Rules that never stop a build, whatever their level: `error` is one in `gatherwell check` alone. A page whose review is
# lapsed is taken care of by what it shows.
NEVER_STOP = frozenset({"reviews"})


def apply_levels(problems: Iterable[Problem], levels: Checks) -> list[Problem]:
    """*problems* with the levels of their rules: ``off`` drops, ``warning`` lowers, ``error`` raises.

    A rule without a level, and a problem without a rule, stay as they are. What must not stop a build stays a warning,
    see :func:`as_checked`.
    """
    found = []
    for problem in problems:
        level = getattr(levels, problem.rule, None) if problem.rule else None
        if level == "error" and problem.rule in NEVER_STOP | NEVER_ERROR:
            level = "warning"
        if level is None or level == problem.severity:
            found.append(problem)
        elif level != "off":
            found.append(msgspec.structs.replace(problem, severity=level))
    return found


def as_checked(problem: Problem, levels: Checks) -> Problem:
    """*problem* as ``gatherwell check`` judges it: an error where its level is one, though no build is stopped by it."""
    if problem.rule in NEVER_STOP and getattr(levels, problem.rule, None) == "error":
        return msgspec.structs.replace(problem, severity="error")
    return problem
