"""Runs pure functions over batches, in worker processes where that pays, in this one where it does not."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from generator.pool import Pool

Item = TypeVar("Item")
Result = TypeVar("Result")
# Told of a stage (`reading`, `bodies`, `images`, `cards`, `pages`) how many of its items are done.
Progress = Callable[[str, int, int], None]

_WORTH_A_PROCESS = 96


def unseen(stage: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


def tune_collector() -> None:
    """Look for garbage cycles seldom: builds make millions of values that live long and refer to each other rarely."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(50_000, 50, 1000)


def default_jobs() -> int:
    """As many processes as this machine lets us use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def may_fork() -> bool:
    """Forking is quick but only safe from a single thread; macOS's system libraries do not survive it."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


class Workers:
    """Up to *jobs* processes, started when first needed.

    ``map(function, setup, items, size)`` calls ``function(setup, batch)`` for batches of *items* and yields the
    results as they come, in any order. *function* must be importable; *setup* and items must be plain values.
    *progress* is told of each stage how many of its items are done.
    """

    def __init__(self, jobs: int, progress: Progress = unseen) -> None:
        self.jobs = max(1, jobs)
        self._progress = progress
        self._pool: Pool | None = None
        self._meanwhile: Callable[[], object] | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            # Even after a failure: a batch at work would go on writing into folders that are being cleared.
            self._pool.end()

    def map(
        self,
        function: Callable[[Any, Sequence[Item]], Result],
        setup: Any,
        items: Iterable[Item],
        size: int,
        count: int,
        worth: int = _WORTH_A_PROCESS,
        stage: str = "",
    ) -> Iterator[Result]:
        """*count* says how many items there are at most; fewer than *worth* are done in this process."""
        batches = _batches(items, size)
        # What is made one by one may turn out to be little, so its beginning is made first.
        first = list(islice(batches, -(-worth // size))) if self.jobs > 1 and count >= worth else []
        run = self._spread if sum(map(len, first)) >= worth else self._here
        for number, result in enumerate(run(function, setup, chain(first, batches)), 1):
            self._progress(stage, min(number * size, count), count)
            yield result

    def prepare(self, function: Callable[[Any, int, int], object], setup: Any) -> None:
        """Where processes run already, let them do ``function(setup, part, parts)`` for each part, as many as there are
        processes, while this one is busy; nobody waits for it.

        What it returns or raises is dropped: this is for warming up what later batches would meet cold.
        """
        if self._pool is not None:
            self._pool.begin(function, setup)

    def meanwhile(self, task: Callable[[], object]) -> None:
        """Do *task* in this process as soon as others are at work and it would only wait; never, if they never are."""
        self._meanwhile = task

    def _here(
        self, function: Callable[[Any, Sequence[Item]], Result], setup: Any, batches: Iterable[Sequence[Item]]
    ) -> Iterator[Result]:
        for batch in batches:
            yield function(setup, batch)

    def _spread(
        self, function: Callable[[Any, Sequence[Item]], Result], setup: Any, batches: Iterable[Sequence[Item]]
    ) -> Iterator[Result]:
        yield from self._started().run(function, setup, batches, self._fill_the_wait)

    def _fill_the_wait(self) -> None:
        task, self._meanwhile = self._meanwhile, None
        if task is not None:
            task()

    def _started(self) -> Pool:
        if self._pool is None:
            # Imported here: most builds find nothing to do.
            from generator.pool import Pool

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
