"""A build: one at a time on a root, nothing at all where nothing changed, else from a plan to the output folder."""

from __future__ import annotations

import shutil

from generator.build.inputs import Inputs, read_inputs
from generator.build.last_build import BuildResult, LastBuild, last_build, nothing_changed
from generator.build.run import Report, Run, open_run
from generator.content.snapshot import purge_private
from generator.disk.cache import CACHE_NAME, CacheDamaged, delete_cache
from generator.disk.lock import build_lock
from generator.disk.output_scan import AwaitScan, scanning_outputs
from generator.disk.write import discarding_temporaries, disk_error
from generator.ground.errors import OutputError
from generator.ground.project import Options, Project
from generator.processes.workers import Progress, unseen


def build(project: Project, options: Options, report: Report, progress: Progress = unseen) -> BuildResult:
    """Build *project* into its output folder; raises SiteError and changes nothing there where content is at fault.

    *report* is told, in words, what is going on; *progress* of each stage, how many of its items are done.
    """
    _refuse_odd_output(project)
    waiting = "another build is at work here; waiting for it"
    with build_lock(project.state, lambda: report(waiting)), discarding_temporaries(project.out):
        try:
            return _build(project, options, report, progress)
        except CacheDamaged as damage:
            report(f"the cache is damaged ({damage}); building without it")
            delete_cache(project.state)
            return _build(project, options, report, progress)
        except OSError as error:
            raise disk_error(project.state, error) from None


def _build(project: Project, options: Options, report: Report, progress: Progress) -> BuildResult:
    known = project.state / CACHE_NAME
    with (
        scanning_outputs(known, project.out, project.out_key, options.jobs) as scan,
        open_run(project, options, report, progress, renders=True) as run,
    ):
        if options.clean:
            run.cache.empty()
            _forget_made(project)
        purge_private(project.root)
        inputs = read_inputs(project)
        last = last_build(project, options, inputs, run.cache)
        if last is not None and nothing_changed(project, last, inputs.tree, run.cache, scan):
            return last.result()
        return _make_site(run, inputs, last, scan)


def _forget_made(project: Project) -> None:
    """Remove what is kept beside the cache's file and can be made again: cards and compiled templates."""
    for folder in (project.cards, project.bytecode):
        shutil.rmtree(folder, ignore_errors=True)


def _make_site(run: Run, inputs: Inputs, last: LastBuild | None, scan: AwaitScan) -> BuildResult:
    # Imported when there is something to make: what renders takes longer to load than asking whether it is needed.
    from generator.build.make_site import make_site

    return make_site(run, inputs, last, scan)


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
