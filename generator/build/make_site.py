"""Makes what changed: plan, copy, render, index, commit; each step a new value, each fault reported once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from generator.build.cached_plan import CachedPlan
from generator.build.copies import copy_assets
from generator.build.forget_words import forget_words
from generator.build.inputs import Inputs
from generator.build.last_build import BuildResult, LastBuild, recorded_options
from generator.build.last_good import keep_inputs
from generator.build.plan import Plan, make_plan
from generator.build.readers import (
    Names,
    Readers,
    Unaffected,
    chromes_of,
    encode_readers,
    kept_checks,
)
from generator.build.render import Known, Tracing, render_pages
from generator.build.run import Run
from generator.build.settings_problems import address_problems
from generator.content.voice_text import changed_by_cleaning
from generator.disk.output_scan import AwaitScan
from generator.disk.write import Output, Staged, commit, open_output
from generator.ground.errors import Problem, SiteError, in_order, raise_errors
from generator.outputs.search import make_indexes
from generator.site.left_out import left_out


def make_site(run: Run, inputs: Inputs, last: LastBuild | None, scan: AwaitScan) -> BuildResult:
    """Build what changed since *last*; raises SiteError and changes nothing in the output where content is at fault."""
    plan, faults = _plan(run, inputs, last)
    unaddressed = address_problems(plan.site.config, run.project.root)
    raise_errors((*plan.all_problems, *unaddressed) if not faults else unaddressed)
    run.report(f"{_pages(plan)} pages")
    for id_ in changed_by_cleaning(plan.inputs.snapshot.voices.values()):
        run.report(f"something that no story may hold was left out of '{id_}'")
    output = open_output(run.project.out, run.project.out_key, run.cache, scan())
    copied = copy_assets(run, plan.assets.values(), output)
    rendered, traced = _render(run, plan, output)
    indexed = make_indexes(plan.context, run.cache.path, run.cache, run.workers, output)
    steps = (copied, rendered, indexed.staged)
    result = _commit(run, plan, output, steps, unaddressed, traced)
    indexed.save(run.cache)
    forget_words(run.cache, plan.inputs.snapshot, indexed=plan.context.searchable and not run.options.only)
    if run.options.keeps_inputs and plan.organized.part.whole and not faults:
        _keep(run, plan)
    return result._replace(faults=faults)


class Traced(NamedTuple):
    """The digest of each source by path, and what was read for which output, encoded."""

    sources: dict[str, str]
    readers: msgspec.Raw


def _render(run: Run, plan: Plan, output: Output) -> tuple[Staged, Traced]:
    """Stage the pages, and tell what was read for them. What only that needs is not there while the index is made."""
    sources = {path: seen.digest for path, seen in run.cache.seen_sources().items()}
    chromes, before = chromes_of(plan.planned.values()), plan.notes.before
    tracing = Tracing(plan.site.reads, Names(before.names if before else ()), {})
    known = _known(plan, chromes, tracing.names)
    rendered = render_pages(run, plan.context, plan.planned.values(), known, tracing, output)
    plan.context.forget_parts()
    return rendered, Traced(sources, encode_readers(_readers(plan, chromes, tracing)))


def _known(plan: Plan, chromes: str, names: Names) -> Known:
    """What tells that a view need not be made."""
    before, affected = plan.notes.before, plan.notes.affected
    changed = plan.words if plan.words is not None else plan.seen
    if before is None or before.chromes != chromes:
        return Known(plan.texts)
    if changed is not None:
        seen = () if plan.texts is not None else changed
        return Known(plan.texts, Unaffected(before, changed, names.find(seen)))
    if affected is None or not affected.articles.isdisjoint(plan.planned_from):
        return Known()
    return Known(None, Unaffected(before, affected.articles, affected.places, planned=True))


def _readers(plan: Plan, chromes: str, tracing: Tracing) -> Readers:
    """What was looked up for every output and check, now or when it was last made, and what the values are now."""
    names, values, documents = tracing.names, plan.notes.values, plan.organized.documents
    checked = {path: names.places(found) for path, found in plan.notes.checked.items()}
    groups = [names.places(found) for found in plan.site.reads.groups]
    known = names.all()
    return Readers(
        chromes=chromes,
        whole=values.whole,
        names=known,
        values=[values.of(name) for name in known],
        groups=groups,
        noted=tracing.noted,
        checked={**kept_checks(plan.notes.before, documents), **checked},
    )


def _keep(run: Run, plan: Plan) -> None:
    """Keep the inputs for a later build of withdrawals; the site is built, whether that works or not."""
    try:
        keep_inputs(run.project, plan.inputs.tree, run.workers)
    except (OSError, sqlite3.Error, SiteError) as error:
        run.report(f"the inputs could not be kept for `build --withdrawals` ({error})")


def _plan(run: Run, inputs: Inputs, last: LastBuild | None) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan, and the errors of files that it lacks."""
    if run.options.keep_going:
        from generator.build.keep_going import plan_without_faulty

        kept = plan_without_faulty(run, inputs, last)
        return kept.plan, kept.faults
    return make_plan(run, inputs, CachedPlan(last, inputs, run.cache) if last else None), ()


def _commit(
    run: Run,
    plan: Plan,
    output: Output,
    steps: Sequence[Staged],
    told: Sequence[Problem],
    traced: Traced,
) -> BuildResult:
    """Put everything staged into place, record it with what was *told*, and forget bodies that nothing shows any more."""
    fresh = [item for step in steps for item in step.fresh]
    kept = {path: written for step in steps for path, written in step.kept.items()}
    problems = [problem for step in steps for problem in step.problems]
    # A step that failed in part must be tried again: no later build may take this one for finished.
    count = -1 if problems else len(fresh) + len(kept)
    record = _record(run, plan, count, (*plan.warnings, *told, *problems), traced)
    _, removed = commit(output, fresh, kept, run.cache, msgspec.msgpack.encode(record))
    if not run.options.only:
        _prune(run, plan)
    pages = {planned.output_path for planned in plan.planned.values() if planned.chrome}
    rendered = sum(1 for item in fresh if item.output_path in pages)
    return BuildResult(
        pages=record.pages,
        rendered=rendered,
        skipped=record.pages - rendered,
        removed=removed,
        bodies_rendered=plan.bodies.rendered,
        next_change=record.next_change,
        warnings=record.warnings,
        left_out=record.left_out,
        alive=(plan, output, steps, record),
    )


def _record(run: Run, plan: Plan, outputs: int, warnings: Sequence[Problem], traced: Traced) -> LastBuild:
    findings = frozenset(plan.findings)
    warnings = in_order(warnings)  # whichever step told which first, as a clean build tells them
    return LastBuild(
        inputs=plan.inputs.fingerprint,
        options=recorded_options(run.options),
        sources=traced.sources,
        since=plan.epoch.since,
        until=plan.epoch.until,
        pages=_pages(plan),
        outputs=outputs,
        warnings=warnings,
        staged=tuple(warning for warning in warnings if warning not in findings),
        left_out=left_out(plan.site, plan.organized.part),
        readers=traced.readers,
    )


def _pages(plan: Plan) -> int:
    return sum(1 for planned in plan.planned.values() if planned.chrome)


def _prune(run: Run, plan: Plan) -> None:
    live = {body.key for _, body in plan.bodies.known()}
    for table in ("bodies", "facts"):
        run.cache.prune(table, live)
