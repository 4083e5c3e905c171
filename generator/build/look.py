"""Looks for everything that is wrong, and again only at what changed since the last check."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from generator.build.cached_plan import CachedPlan
from generator.build.inputs import Inputs
from generator.build.last_build import recorded_options
from generator.build.last_check import LastCheck, others_hold, settled_others, settled_tree
from generator.build.one_round import everything_wrong
from generator.build.plan import Plan, make_plan
from generator.build.render import Tools, ViewRenderer
from generator.build.run import Run
from generator.build.settings_problems import address_problems
from generator.content.config import Checks
from generator.content.levels import as_checked
from generator.content.unfinished import unfinished_of
from generator.disk.cache import BodyStore
from generator.ground.errors import Problem, RequestError, SiteError, SiteErrors, in_order
from generator.site.crisis_lines import UNCHECKED
from generator.site.schedule import Epoch
from generator.theme.lint import lint_templates
from generator.views import types as shapes


class _Found(NamedTuple):
    """What one look found; *epoch* is the time in which it holds. *plan* is None where errors kept one from being made."""

    problems: tuple[Problem, ...]
    complete: bool
    epoch: Epoch
    plan: Plan | None = None
    lint: tuple[Problem, ...] = ()
    tried: bool = False


def look(run: Run, inputs: Inputs, last: LastCheck | None, looked: int) -> tuple[LastCheck, Plan | None]:
    """What is wrong now, as a record for the next check, and the plan in which it was found; *looked* is when looking began (ns since the epoch).

    *last* must have been made with equal settings and hold at this time. Its findings are kept for files of which nothing
    changed that a check sees.
    """
    found = _look(run, inputs, last)
    config = inputs.config
    judged = tuple(_as_checked(problem, config.checks) for problem in found.problems)
    findings = (
        frozenset(_as_checked(each, config.checks) for each in found.plan.findings) if found.plan else ()
    )
    epoch = found.epoch
    digests = {path: seen.digest for path, seen in run.cache.seen_sources().items()}
    record = LastCheck(
        inputs=inputs.fingerprint,
        options=recorded_options(run.options),
        tree=settled_tree(inputs.tree, looked),
        others=settled_others(inputs.tree, looked),
        since=epoch.since,
        until=epoch.until,
        problems=in_order(judged),
        staged=tuple(problem for problem in judged if problem not in findings),
        complete=found.complete,
        next_change=found.plan.epoch.next_change if found.plan and found.complete else None,
        lint=found.lint,
        tried=found.tried,
        unfinished=_unfinished(inputs, digests, last),
        sources=msgspec.msgpack.encode(digests) if found.complete else b"",
    )
    return record, found.plan


def _look(run: Run, inputs: Inputs, last: LastCheck | None) -> _Found:
    unaddressed = address_problems(inputs.config, run.project.root)
    known = last if last is not None and last.sources and others_hold(inputs.tree, last) else None
    try:
        before = CachedPlan(known.as_build(), inputs, run.cache, known.tried) if known else None
        plan = make_plan(run, inputs, before)
    except RequestError:
        raise
    except SiteError as error:
        told, moments = everything_wrong(run, inputs)
        return _Found((*_problems_of(error), *told, *unaddressed), False, moments)
    lint = last.lint if last is not None and last.sources else lint_templates(plan.context.theme)
    found = (*plan.all_problems, *unaddressed, *lint)
    if any(problem.severity == "error" for problem in found):
        return _Found(found, True, plan.epoch, plan, lint)
    try:
        _try_templates(run, plan, plan.texts if known is not None and known.tried else None)
    except SiteError as error:
        return _Found((*found, *_problems_of(error)), False, plan.epoch, plan)
    return _Found(found, True, plan.epoch, plan, lint, tried=True)


def _problems_of(error: SiteError) -> tuple[Problem, ...]:
    return tuple(error.problems) if isinstance(error, SiteErrors) else (error.problem,)


def _as_checked(problem: Problem, levels: Checks) -> Problem:
    """A crisis line that nobody has called is an error here; a build only warns, so that no help is taken off a page."""
    if problem.rule == UNCHECKED:
        return msgspec.structs.replace(problem, severity="error")
    return as_checked(problem, levels)


def _try_templates(run: Run, plan: Plan, texts: frozenset[str] | None) -> None:
    """Make every view, and render the first that each template shows in each language; where only *texts* changed, those
    that show one of them.
    """
    tools = Tools(msgspec.msgpack.encode(plan.context.theme), str(run.project.bytecode))
    tried: set[tuple[str, str]] = set()
    with BodyStore(run.cache.path) as store:
        renderer = ViewRenderer(tools, store)
        for planned in plan.planned.values():
            if texts is not None and texts.isdisjoint(planned.bodies):
                continue
            view = planned.make()
            if isinstance(view, shapes.Page) and (view.template, view.language) not in tried:
                tried.add((view.template, view.language))
                renderer.render_view(view, planned.chrome)


def _unfinished(inputs: Inputs, digests: dict[str, str], last: LastCheck | None) -> tuple[str, ...]:
    """The files that somebody has to complete; only those are read that changed since *last*."""
    before = last.source_digests() if last is not None else {}
    known = set(last.unfinished) if last is not None else set()
    paths = [source.path for source in inputs.tree.markdown]
    same = {path for path in paths if path in before and before[path] == digests.get(path)}
    root = inputs.tree.root
    read = unfinished_of(root, (path for path in paths if path not in same))
    return tuple(sorted({*read, *(known & same)}))
