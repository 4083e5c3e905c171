"""Runs pure functions over batches: in worker processes where that saves time, else in this process."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from generator.processes.pool import Pool

Item = TypeVar("Item")
Result = TypeVar("Result")
# Called with a stage's name (`reading`, `bodies`, `images`, `cards`, `pages`, `keeping`), the number of items done and the total.
Progress = Callable[[str, int, int], None]


class Stage(NamedTuple):
    """How one stage is spread: *name* for progress, *size* of a batch, and how many items are *worth* a process."""

    name: str
    size: int
    worth: int = 96


def unseen(stage: str, done: int, total: int) -> None:
    """A :data:`Progress` that shows nothing."""


def tune_collector() -> None:
    """Run the garbage collector seldom: a build makes millions of long-lived values with hardly any cycles."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 50, 1000)


def default_jobs() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def may_fork() -> bool:
    """Whether forking is safe: on Linux, from a single thread. macOS's system libraries fail after a fork."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


class Workers:
    """Up to *jobs* processes, started when first needed; *progress* is called after each batch."""

    def __init__(self, jobs: int, progress: Progress = unseen) -> None:
        self.jobs = max(1, jobs)
        self._progress = progress
        self._pool: Pool | None = None
        self._meanwhile: Callable[[], object] | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            # After a failure too: a running batch would go on writing into folders that are being removed.
            self._pool.end()

    def map(
        self,
        function: Callable[[Any, Sequence[Item]], Result],
        setup: Any,
        items: Iterable[Item],
        count: int,
        stage: Stage,
    ) -> Iterator[Result]:
        """Yields ``function(setup, batch)`` for batches of *items*, in any order.

        *function* must be importable; *setup* and items must be plain values. *count* is the highest possible number
        of items; fewer than ``stage.worth`` are done in this process.
        """
        size, worth = stage.size, stage.worth
        batches = _batches(items, size)
        # A generator may yield far fewer items than *count*, so the first batches are collected before processes start.
        first = list(islice(batches, -(-worth // size))) if self.jobs > 1 and count >= worth else []
        run = self._run_in_pool if sum(map(len, first)) >= worth else self._run_here
        for number, result in enumerate(run(function, setup, chain(first, batches)), 1):
            self._progress(stage.name, min(number * size, count), count)
            yield result

    def prepare(self, function: Callable[[Any, int, int], object], setup: Any) -> None:
        """Run ``function(setup, part, parts)`` once in each process that is running already, without waiting for it.

        Results and errors are discarded: this warms up caches in the workers before the next batches come.
        """
        if self._pool is not None:
            self._pool.begin(function, setup)

    def renew(self) -> None:
        """End the processes, so that the next batches run in new ones: those that run hold what earlier stages left in them.

        They go on where starting one means importing everything anew.
        """
        if self._pool is not None and may_fork():
            self._pool.end()
            self._pool = None

    def meanwhile(self, task: Callable[[], object]) -> None:
        """Run *task* once in this process, the next time that it waits for workers; never, if it never waits."""
        self._meanwhile = task

    def _run_here(
        self, function: Callable[[Any, Sequence[Item]], Result], setup: Any, batches: Iterable[Sequence[Item]]
    ) -> Iterator[Result]:
        for batch in batches:
            yield function(setup, batch)

    def _run_in_pool(
        self, function: Callable[[Any, Sequence[Item]], Result], setup: Any, batches: Iterable[Sequence[Item]]
    ) -> Iterator[Result]:
        yield from self._started_pool().run(function, setup, batches, self._run_waiting_task)

    def _run_waiting_task(self) -> None:
        task, self._meanwhile = self._meanwhile, None
        if task is not None:
            task()

    def _started_pool(self) -> Pool:
        if self._pool is None:
            # Imported here, because most builds need no processes.
            from generator.processes.pool import Pool

            self._pool = Pool(self.jobs, may_fork(), tune_collector)
        return self._pool


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
