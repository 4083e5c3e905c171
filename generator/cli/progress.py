"""The progress of a build: bars on a terminal, plain lines elsewhere, nothing with `--json`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from generator.processes.workers import Progress, unseen

Report = Callable[[str], None]


@contextmanager
def reporting(quiet: bool) -> Iterator[tuple[Report, Progress]]:
    """The report and the progress to hand to a build; both go to standard error."""
    if quiet:
        yield (lambda _: None), unseen
    elif not sys.stderr.isatty():
        yield (lambda text: click.echo(text, err=True)), unseen
    else:
        with _bars() as both:
            yield both


@contextmanager
def _bars() -> Iterator[tuple[Report, Progress]]:
    # rich is slow to import, and honours NO_COLOR and dumb terminals by itself.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Without a refresh thread: in a process with threads workers cannot be forked, and start slowly.
    with Bars(*columns, console=console, transient=True, auto_refresh=False) as bars:
        tasks = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total, refresh=True)

        yield (lambda text: bars.console.print(text, markup=False, highlight=False)), progress
