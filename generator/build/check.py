"""Everything that is wrong with a project, found as `build` finds it; the output folder is not touched."""

from __future__ import annotations

from typing import NamedTuple

from generator.build.inputs import read_inputs
from generator.build.last_check import keep_check, last_check, tree_holds
from generator.build.run import Report, open_run
from generator.disk.cache import CacheDamaged, delete_cache
from generator.disk.lock import build_lock
from generator.disk.stamps import clock_ns
from generator.disk.write import disk_error
from generator.ground.errors import Problem, SiteError, SiteErrors
from generator.ground.project import Options, Project


class CheckResult(NamedTuple):
    """Errors and warnings in order of place; not *complete* where errors kept later stages from looking. *next_change*
    is the next moment at which the site changes with nobody editing it. *unfinished* are the files below ``content/`` that
    somebody has to complete. *alive* keeps a reference to all that was made, as that of a build does.
    """

    problems: tuple[Problem, ...]
    complete: bool
    next_change: str | None = None
    unfinished: tuple[str, ...] = ()
    alive: object = None


def find_problems(project: Project, options: Options, report: Report) -> CheckResult:
    """Run every stage but the writing; raises only where no work can begin, never on content.

    Where nothing changed since the last check, what that one found is returned.
    """
    with build_lock(project.state, lambda: report("a build is at work here; waiting for it")):
        try:
            return _find(project, options, report)
        except CacheDamaged:
            delete_cache(project.state)
            return _find(project, options, report)
        except OSError as error:
            raise disk_error(project.state, error) from None


def _find(project: Project, options: Options, report: Report) -> CheckResult:
    with open_run(project, options, report, only_looks=True) as run:
        looked = clock_ns()
        try:
            inputs = read_inputs(project)
        except SiteError as error:
            problems = tuple(error.problems) if isinstance(error, SiteErrors) else (error.problem,)
            return CheckResult(problems, complete=False)
        last, made = last_check(options, inputs, run.cache), None
        if last is None or not tree_holds(inputs.tree, last):
            # Imported when there is something to look at: it takes longer to load than asking whether it is needed.
            from generator.build.look import look

            last, made = look(run, inputs, last, looked)
            keep_check(run.cache, last)
        return CheckResult(last.problems, last.complete, last.next_change, last.unfinished, made)
