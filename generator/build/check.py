"""Everything that is wrong with a project, found as `build` finds it; the output folder is not touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from generator.build.inputs import read_inputs
from generator.build.one_round import everything_wrong
from generator.build.plan import Plan, make_plan
from generator.build.render import Tools, ViewRenderer
from generator.build.run import Report, Run, open_run
from generator.build.stages import address_problems
from generator.content.config import Checks
from generator.content.levels import as_checked
from generator.disk.cache import BodyStore, CacheDamaged, delete_cache
from generator.disk.lock import build_lock
from generator.disk.write import disk_error
from generator.ground.errors import Problem, RequestError, SiteError, SiteErrors
from generator.ground.project import Options, Project
from generator.site.crisis_lines import UNCHECKED
from generator.theme.lint import lint_templates
from generator.views import types as shapes


class CheckResult(NamedTuple):
    """Errors and warnings in order of place; not *complete* where errors kept later stages from looking. *next_change*
    is the next moment at which the site changes with nobody editing it.
    """

    problems: tuple[Problem, ...]
    complete: bool
    next_change: str | None = None


def find_problems(project: Project, options: Options, report: Report) -> CheckResult:
    """Run every stage but the writing; raises only where no work can begin, never on content."""
    with build_lock(project.state, lambda: report("a build is at work here; waiting for it")):
        try:
            return _find(project, options, report)
        except CacheDamaged:
            delete_cache(project.state)
            return _find(project, options, report)
        except OSError as error:
            raise disk_error(project.state, error) from None


def _find(project: Project, options: Options, report: Report) -> CheckResult:
    found: tuple[Problem, ...] = ()
    try:
        with open_run(project, options, report, only_looks=True) as run:
            inputs = read_inputs(project)
            try:
                plan = make_plan(run, inputs)
            except SiteError as error:
                if isinstance(error, RequestError):
                    raise
                told = (*everything_wrong(run, inputs), *address_problems(inputs.config, project.root))
                judged = (_as_checked(problem, inputs.config.checks) for problem in told)
                return CheckResult(_in_order((*_problems_of(error), *judged)), complete=False)
            found = (
                *plan.all_problems,
                *address_problems(plan.site.config, project.root),
                *lint_templates(plan.context.theme),
            )
            if not any(problem.severity == "error" for problem in found):
                _try_templates(run, plan)
    except SiteError as error:
        return CheckResult(_in_order((*found, *_problems_of(error))), complete=False)
    judged = (_as_checked(problem, plan.site.config.checks) for problem in found)
    return CheckResult(_in_order(judged), complete=True, next_change=plan.epoch.next_change)


def _problems_of(error: SiteError) -> tuple[Problem, ...]:
    return tuple(error.problems) if isinstance(error, SiteErrors) else (error.problem,)


def _as_checked(problem: Problem, levels: Checks) -> Problem:
    """A crisis line that nobody has called is an error here; a build only warns, so that no help is taken off a page."""
    if problem.rule == UNCHECKED:
        return msgspec.structs.replace(problem, severity="error")
    return as_checked(problem, levels)


def _try_templates(run: Run, plan: Plan) -> None:
    """Make every view, and render the first that each template shows in each language."""
    tools = Tools(msgspec.msgpack.encode(plan.context.theme), "")
    tried: set[tuple[str, str]] = set()
    with BodyStore(run.cache.path) as store:
        renderer = ViewRenderer(tools, store)
        for planned in plan.planned.values():
            view = planned.make()
            if isinstance(view, shapes.Page) and (view.template, view.language) not in tried:
                tried.add((view.template, view.language))
                renderer.render_view(view, planned.chrome)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.source_path, p.line, p.column, p.message)))
