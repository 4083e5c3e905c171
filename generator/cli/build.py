"""`gatherwell build`."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.checked_snapshot import demand_checked_snapshot
from generator.cli.messages import count, told_left_out
from generator.cli.options import (
    drafts_option,
    jobs_option,
    make_options,
    make_project,
    now_option,
    root_option,
)
from generator.cli.progress import reporting
from generator.cli.typed import as_typed
from generator.ground.errors import Problem, RequestError, SiteError, SiteErrors
from generator.ground.project import PORTFOLIO, Options, Project

if TYPE_CHECKING:
    from generator.build.last_build import BuildResult
    from generator.build.run import Report


@click.command("build")
@root_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to build; by default ROOT/site."
)
@click.option(
    "--condition", "only", multiple=True, metavar="C", help="Build this condition alone; may be repeated."
)
@click.option(
    "--portfolio",
    is_flag=True,
    help="Build the portfolio alone, with what conditions share; may stand beside --condition.",
)
@drafts_option
@now_option
@jobs_option
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option("--clean", is_flag=True, help="Forget what is cached and build everything anew.")
@click.option(
    "--keep-going",
    is_flag=True,
    help="Leave files that are at fault out, build everything else, and exit with 1.",
)
@click.option(
    "--withdrawals",
    is_flag=True,
    help="Where content is at fault: build the inputs of the last build that succeeded, less what was withdrawn since.",
)
@click.option(
    "--from", "revision", default="", metavar="REV", help="With --withdrawals: build this git commit instead."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(
    root: Path,
    out: Path | None,
    only: tuple[str, ...],
    portfolio: bool,
    drafts: bool,
    now_text: str | None,
    jobs: int,
    no_search: bool,
    clean: bool,
    keep_going: bool,
    withdrawals: bool,
    revision: str,
    as_json: bool,
) -> None:
    """Build the sites into the output folder."""
    if revision and not withdrawals:
        raise click.UsageError("--from goes with --withdrawals")
    if withdrawals and not revision and _nothing_kept(make_project(root, out)):
        _take_withdrawn(make_project(root, out))
        return
    started = time.perf_counter()
    from generator.build.pipeline import build

    # Of a million values some thousand are in reference cycles, and the process ends soon:
    # collecting them would take a tenth of a small build. Workers, which handle many texts, do collect.
    gc.disable()
    project = make_project(root, out)
    shard = {*only, PORTFOLIO} if portfolio else set(only)
    options = make_options(
        root,
        now_text,
        drafts,
        jobs,
        only=tuple(sorted(shard)),
        search=not no_search,
        clean=clean,
        keep_going=keep_going,
    )
    with reporting(quiet=as_json) as (report, progress):
        if withdrawals:
            result = _without_withdrawn(project, options, report, revision)
        else:
            demand_checked_snapshot(root)
            result = build(project, options, report, progress)
    seconds = round(time.perf_counter() - started, 3)
    if as_json:
        summary = result._asdict()
        del summary["alive"]
        summary["warnings"] = len(result.warnings)
        del summary["faults"]
        if result.faults:
            summary["faults"] = len(result.faults)
        click.echo(json.dumps({**summary, "seconds": seconds}))
        raise SystemExit(1 if result.faults and not withdrawals else 0)
    if result.warnings:
        from generator.cli.grouped import echo_warnings

        echo_warnings(result.warnings)
    click.echo(
        f"{count(result.pages, 'page')}: {result.rendered} rendered, {result.skipped} as they were, "
        f"{result.removed} removed, in {seconds:.2f} s → {project.out}"
    )
    if told := told_left_out(result.left_out):
        click.echo(told)
    if result.next_change:
        click.echo(f"The site changes by itself next at {result.next_change}; build again then.")
    if result.faults:
        _say_faults(result.faults)
    # Raised, not returned: so the frame and what the build made live until the process ends.
    raise SystemExit(1 if result.faults and not withdrawals else 0)


def _say_faults(faults: Sequence[Problem]) -> None:
    """What the files that were left out lack, and which they are."""
    from generator.cli.grouped import shortened

    click.echo(as_typed(shortened(faults)), err=True)
    files = count(len({fault.source_path for fault in faults}), "file")
    click.echo(f"Not everything was built: {files} at fault.", err=True)


def _nothing_kept(project: Project) -> bool:
    from generator.build.last_good import keeps_inputs

    return not keeps_inputs(project)


def _without_withdrawn(project: Project, options: Options, report: Report, revision: str) -> BuildResult:
    """Render the last good inputs; where even they cannot be rendered, members' words leave the built pages, and it fails."""
    from generator.build.last_good_build import build_withdrawals

    try:
        demand_checked_snapshot(project.root)
        return build_withdrawals(project, options, report, revision)
    except RequestError:
        raise
    except SiteError:
        report("the last good inputs cannot be rendered; members' words alone are taken off the built pages")
        _take_withdrawn(project)
        raise


def _take_withdrawn(project: Project) -> None:
    """Take members' withdrawn words off the site that is there; fails with all that could not be taken off."""
    from generator.build.withdrawals import take_withdrawn

    taken = take_withdrawn(project)
    comments = f"{count(taken.comments, 'comment')} taken off {count(taken.pages, 'page')}"
    voices = f", {count(taken.voices, 'page')} of stories and questions removed" if taken.voices else ""
    click.echo(f"{comments}{voices}; nothing else was built")
    if taken.left:
        raise SiteErrors(taken.left)
