"""`gatherwell build`."""

from __future__ import annotations

import gc
import json
import time
from pathlib import Path

import click

from generator.cli.options import (
    drafts_option,
    jobs_option,
    make_options,
    make_project,
    now_option,
    root_option,
)
from generator.cli.progress import told
from generator.cli.words import count, echo_warnings
from generator.project import PORTFOLIO


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
    as_json: bool,
) -> None:
    """Build the sites into the output folder."""
    started = time.perf_counter()
    from generator.build import build

    # Of the million values that it makes some thousand refer to each other in circles, and then the process ends:
    # looking for them would take a tenth of a small build. Workers, which go through many texts, do look.
    gc.disable()
    project = make_project(root, out)
    shard = {*only, PORTFOLIO} if portfolio else set(only)
    options = make_options(
        root, now_text, drafts, jobs, only=tuple(sorted(shard)), search=not no_search, clean=clean
    )
    with told(quiet=as_json) as (report, progress):
        result = build(project, options, report, progress)
    seconds = round(time.perf_counter() - started, 3)
    if as_json:
        summary = result._asdict()
        del summary["held"]
        summary["warnings"] = len(result.warnings)
        click.echo(json.dumps({**summary, "seconds": seconds}))
        return
    echo_warnings(result.warnings)
    click.echo(
        f"{count(result.pages, 'page')}: {result.rendered} rendered, {result.skipped} as they were, "
        f"{result.removed} removed, in {seconds:.2f} s → {project.out}"
    )
    if result.next_change:
        click.echo(f"The site changes by itself next at {result.next_change}; build again then.")
