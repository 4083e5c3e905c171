"""`build --keep-going`: a plan of everything but the files that are at fault."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from generator.build.cached_plan import CachedPlan
from generator.build.inputs import Inputs
from generator.build.last_build import LastBuild
from generator.build.one_round import not_caused
from generator.build.plan import Plan, make_plan
from generator.build.run import Run
from generator.ground.errors import Problem, SiteErrors


class Kept(NamedTuple):
    """A *plan* without the files that are at fault; *faults* are their errors, and those of links that led to them.

    *left_out* are the source paths of what it lacks.
    """

    plan: Plan
    faults: tuple[Problem, ...]
    left_out: frozenset[str] = frozenset()


def plan_without_faulty(run: Run, inputs: Inputs, last: LastBuild | None) -> Kept:
    """Make the plan again and again, each time without the files that have errors, until none has any.

    Raises SiteError where something else is at fault: settings, a theme, a data file.
    """

    def make(some: Inputs) -> Plan:
        return make_plan(run, some, CachedPlan(last, some, run.cache) if last else None)

    return _without_faulty(make, inputs, run.options.withdrawn, shows_faulty=False)


def plan_of_the_rest(run: Run, inputs: Inputs, before: Plan | None, check: bool) -> Kept:
    """A plan for a preview: without the files that no plan can be made with. Pages that a check finds fault with are
    shown, and what only follows from a file that is left out is no fault.

    Raises SiteError as :func:`plan_without_faulty`.
    """
    kept = _without_faulty(
        lambda some: make_plan(run, some, before, check=check), inputs, frozenset(), shows_faulty=True
    )
    own = [fault for fault in kept.faults if fault.source_path in kept.left_out]
    others = [fault for fault in kept.faults if fault.source_path not in kept.left_out]
    return kept._replace(faults=(*own, *not_caused(others, kept.left_out)))


def _without_faulty(
    make: Callable[[Inputs], Plan], inputs: Inputs, withdrawn: frozenset[str], shows_faulty: bool
) -> Kept:
    faults: list[Problem] = []
    left_out: frozenset[str] = frozenset()
    plan: Plan | None
    while True:
        try:
            plan = make(inputs)
            errors = [problem for problem in plan.all_problems if problem.severity == "error"]
        except SiteErrors as found:
            plan, errors = None, [problem for problem in found.problems if problem.severity == "error"]
        own = not_caused(errors, withdrawn.union(fault.source_path for fault in faults))
        if plan is not None and (shows_faulty or not own):
            return Kept(plan, (*faults, *errors), left_out)
        fewer = _without(inputs, {problem.source_path for problem in own})
        gone = {source.path for source in inputs.tree.markdown} - {
            source.path for source in fewer.tree.markdown
        }
        if not gone:
            raise SiteErrors([*faults, *errors])
        inputs, left_out = fewer, left_out | gone
        faults += own


def _without(inputs: Inputs, paths: Collection[str]) -> Inputs:
    """*inputs* without the Markdown files at *paths*, and without what the tree says of them."""
    tree = inputs.tree
    markdown = tuple(source for source in tree.markdown if source.path not in paths)
    problems = tuple(problem for problem in tree.problems if problem.source_path not in paths)
    return inputs._replace(tree=tree._replace(markdown=markdown, problems=problems))
