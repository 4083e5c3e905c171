"""A build: one at a time on a root, nothing at all where nothing changed, else the spine."""

from __future__ import annotations

from collections.abc import Callable

from generator.cache import CACHE_NAME, Cache, CacheDamaged, delete_cache
from generator.errors import OutputError
from generator.inputs import Inputs, read_inputs
from generator.lock import build_lock
from generator.looking import Look, looking
from generator.project import Options, Project
from generator.state import Result, State, last_state, nothing_changed, version_key
from generator.workers import Progress, Workers, unseen
from generator.write import discarding, disk_error

Report = Callable[[str], None]


def build(project: Project, options: Options, report: Report, progress: Progress = unseen) -> Result:
    """Build *project* into its output folder; raises SiteError and changes nothing there where content is at fault.

    *report* is told, in words, what is going on; *progress* of each stage, how many of its items are done.
    """
    _refuse_odd_output(project)
    waiting = "another build is at work here; waiting for it"
    with build_lock(project.state, lambda: report(waiting)), discarding(project.out):
        try:
            return _build(project, options, report, progress)
        except CacheDamaged as damage:
            report(f"the cache is damaged ({damage}); building without it")
            delete_cache(project.state)
            return _build(project, options, report, progress)
        except OSError as error:
            raise disk_error(project.state, error) from None


def _build(project: Project, options: Options, report: Report, progress: Progress) -> Result:
    known = project.state / CACHE_NAME
    with (
        looking(known, project.out, project.out_key, options.jobs) as look,
        Cache(project.state, version_key()) as cache,
        Workers(options.jobs, progress) as workers,
    ):
        if options.clean:
            cache.empty()
        inputs = read_inputs(project)
        last = last_state(project, options, inputs, cache)
        if last is not None and nothing_changed(project, last, inputs.tree, cache, look):
            return Result(last.pages, 0, last.pages, 0, 0, last.next_change, last.warnings)
        return _make(project, options, inputs, last, cache, workers, look, report)


def _make(
    project: Project,
    options: Options,
    inputs: Inputs,
    last: State | None,
    cache: Cache,
    workers: Workers,
    look: Look,
    report: Report,
) -> Result:
    # Imported when there is something to make: what renders takes longer to load than looking whether it is needed.
    from generator.spine import make_site

    return make_site(project, options, inputs, last, cache, workers, look, report)


def _refuse_odd_output(project: Project) -> None:
    out, root = project.out.resolve(), project.root.resolve()
    for forbidden in (root, root / "content", root / "themes", project.state.resolve()):
        if (
            out == forbidden
            or (forbidden != root and out.is_relative_to(forbidden))
            or root.is_relative_to(out)
        ):
            raise OutputError(
                "the output would lie over the project's own files",
                str(project.out),
                hint="choose a folder such as site/",
            )
