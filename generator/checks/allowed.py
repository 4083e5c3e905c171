"""Findings that a writer allows with a reason, by file or by line; an allowance that allows nothing is a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.content.config import Checks
from generator.content.levels import as_checked
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import Allowed
from generator.ground.text import did_you_mean
from generator.site.context import SiteContext

RULE = "allowed"


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
    for problem in problems:
        allowing = [
            each
            for each in comments
            if each.rule == problem.rule and each.line + shift <= problem.line <= each.until + shift
        ]
        if problem.rule in of_file:
            used.add(problem.rule)
        used.update(allowing)
        if as_checked(problem, levels).severity == "error" or not (allowing or problem.rule in of_file):
            yield problem
    for rule, reason in of_file.items():
        if fault := _fault(rule, reason, rule in used or _is_off(rule, levels), known):
            yield document.problem(f"allow.{rule}", *fault, "warning", RULE)
    for each in comments:
        if fault := _fault(each.rule, each.reason, each in used or _is_off(each.rule, levels), known):
            yield Problem(fault[0], each.line + shift, 1, fault[1], document.source_path, "warning", RULE)


def _is_off(rule: str, levels: Checks) -> bool:
    return getattr(levels, rule, None) == "off"


def _fault(rule: str, reason: str, used: bool, known: Collection[str]) -> tuple[str, str] | None:
    if rule not in known:
        return f"there is no rule '{rule}' to allow", did_you_mean(
            rule, known
        ) or "the document “Checks” lists the rules"
    if not reason.strip():
        return f"'{rule}' is allowed without a reason", "say why, for those who read the file after you"
    if not used:
        return f"'{rule}' is allowed and finds nothing here", "remove it: it would hide the next finding"
    return None
