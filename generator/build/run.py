"""What one build, check or preview works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from generator.build.last_build import version_key
from generator.disk.cache import Cache
from generator.ground.project import Options, Project
from generator.processes.workers import Progress, Workers, unseen

Report = Callable[[str], None]


class Run(NamedTuple):
    """A project and what it is asked for, with the cache and the workers to do it; *report* is told what goes on.

    *renders* says whether all pages are rendered afterwards, so that the workers may prepare for it; *only_looks* that
    nothing is, so that pictures need not be made.
    """

    project: Project
    options: Options
    cache: Cache
    workers: Workers
    report: Report
    renders: bool = False
    only_looks: bool = False


@contextmanager
def open_run(
    project: Project,
    options: Options,
    report: Report,
    progress: Progress = unseen,
    renders: bool = False,
    only_looks: bool = False,
) -> Iterator[Run]:
    """A run whose cache and workers are closed at the end; raises CacheDamaged."""
    with Cache(project.state, version_key()) as cache, Workers(options.jobs, progress) as workers:
        yield Run(project, options, cache, workers, report, renders, only_looks)
