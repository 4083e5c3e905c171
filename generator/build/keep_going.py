"""`build --keep-going`: a plan of everything but the files that are at fault."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from generator.build.cached_plan import CachedPlan
from generator.build.inputs import Inputs
from generator.build.last_build import LastBuild
from generator.build.one_round import not_caused
from generator.build.plan import Plan, make_plan
from generator.build.run import Run
from generator.ground.errors import Problem, SiteErrors


class Kept(NamedTuple):
    """A *plan* without the files that are at fault; *faults* are their errors, and those of links that led to them."""

    plan: Plan
    faults: tuple[Problem, ...]


def plan_without_faulty(run: Run, inputs: Inputs, last: LastBuild | None) -> Kept:
    """Make the plan again and again, each time without the files that have errors, until none has any.

    Raises SiteError where something else is at fault: settings, a theme, a data file.
    """
    faults: list[Problem] = []
    plan: Plan | None
    while True:
        try:
            plan = make_plan(run, inputs, CachedPlan(last, inputs, run.cache) if last else None)
            errors = [problem for problem in plan.all_problems if problem.severity == "error"]
        except SiteErrors as found:
            plan, errors = None, list(found.problems)
        own = not_caused(errors, run.options.withdrawn.union(fault.source_path for fault in faults))
        if plan is not None and not own:
            return Kept(plan, (*faults, *errors))
        fewer = _without(inputs, {problem.source_path for problem in own})
        if len(fewer.tree.markdown) == len(inputs.tree.markdown):
            raise SiteErrors([*faults, *errors])
        inputs = fewer
        faults += own


def _without(inputs: Inputs, paths: Collection[str]) -> Inputs:
    """*inputs* without the Markdown files at *paths*, and without what the tree says of them."""
    tree = inputs.tree
    markdown = tuple(source for source in tree.markdown if source.path not in paths)
    problems = tuple(problem for problem in tree.problems if problem.source_path not in paths)
    return inputs._replace(tree=tree._replace(markdown=markdown, problems=problems))
