"""Findings that a writer allows with a reason, by file or by line; an allowance that allows nothing is a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.content.config import Checks
from generator.content.front_matter.placeholders import says_something
from generator.content.levels import as_checked
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import Allowed
from generator.ground.text import did_you_mean
from generator.site.context import SiteContext

RULE = "allowed"
# Rules whose findings come from more than one text: nothing in a file allows them.
ELSEWHERE = frozenset({"address", "files", "keys", "languages", "people"})


def without_allowed(
    problems: Iterable[Problem],
    context: SiteContext,
    documents: Mapping[str, Document],
    levels: Checks,
    known: Collection[str],
) -> list[Problem]:
    """*problems* but for the warnings that the *documents* allow; an error cannot be allowed.

    *known* are the rules that can be allowed. One that the *levels* turn off needs no allowance, and none is at fault
    because of it.
    """
    by_path: dict[str, list[Problem]] = defaultdict(list)
    kept: list[Problem] = []
    for problem in problems:
        (by_path[problem.source_path] if problem.source_path in documents else kept).append(problem)
    for path, document in documents.items():
        here = by_path.get(path, [])
        comments = context.bodies.of(path).facts.wording.allowed
        of_file: Mapping[str, str] = getattr(document.front_matter, "allow", {})
        if comments or of_file:
            kept += _judged(here, document, comments, of_file, levels, known)
        else:
            kept += here
    return kept


def _judged(
    problems: list[Problem],
    document: Document,
    comments: tuple[Allowed, ...],
    of_file: Mapping[str, str],
    levels: Checks,
    known: Collection[str],
) -> Iterator[Problem]:
    shift = document.parsed.body_line - 1
    used: set[Allowed | str] = set()
    refused: set[Allowed | str] = set()
    for problem in problems:
        allowing: list[Allowed | str] = [
            each
            for each in comments
            if each.rule == problem.rule and each.line + shift <= problem.line <= each.until + shift
        ]
        allowing += [problem.rule] if problem.rule in of_file else []
        is_error = as_checked(problem, levels).severity == "error"
        (refused if is_error else used).update(allowing)
        if is_error or not allowing:
            yield problem
    for rule, reason in of_file.items():
        if fault := _fault(rule, reason, _Effect.of(rule, rule, used, refused, levels), known):
            yield document.problem(f"allow.{rule}", *fault, "warning", RULE)
    for each in comments:
        if fault := _fault(each.rule, each.reason, _Effect.of(each, each.rule, used, refused, levels), known):
            yield Problem(fault[0], each.line + shift, 1, fault[1], document.source_path, "warning", RULE)


class _Effect(NamedTuple):
    """What an allowance does: it is *used*, or *refused* where what it names is an error; neither: it allows nothing."""

    used: bool
    refused: bool

    @classmethod
    def of(
        cls,
        allowance: Allowed | str,
        rule: str,
        used: Collection[Allowed | str],
        refused: Collection[Allowed | str],
        levels: Checks,
    ) -> _Effect:
        """A rule that is off needs no allowance, and none is at fault because of it."""
        return cls(allowance in used or getattr(levels, rule, None) == "off", allowance in refused)


def _fault(rule: str, reason: str, effect: _Effect, known: Collection[str]) -> tuple[str, str] | None:
    if rule in ELSEWHERE:
        return (
            f"findings of '{rule}' cannot be allowed in a file",
            f"remove it; mend what is found, or set `{rule}` under `checks:` in gatherwell.yaml",
        )
    if rule not in known:
        return f"there is no rule '{rule}' to allow", did_you_mean(
            rule, known
        ) or "the document “Checks” lists the rules"
    if not says_something(reason):
        return f"'{rule}' is allowed without a reason", "say why, for those who read the file after you"
    if effect.refused:
        return (
            f"'{rule}' finds an error here, and an error cannot be allowed",
            "mend it, and remove this: it allows nothing",
        )
    if not effect.used:
        return f"'{rule}' is allowed and finds nothing here", "remove it: it would hide the next finding"
    return None
