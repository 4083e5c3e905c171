"""Batches: the same results here and in processes, and no process where there is little to do."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.processes.workers import Stage, Workers, may_fork

STAGE = Stage("pages", 40)


def doubled(factor: int, numbers: Sequence[int]) -> list[int]:
    return [factor * number for number in numbers]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("items", [0, 1, 95, 96, 97, 250])
def test_every_item_is_done_once(jobs: int, items: int) -> None:
    with Workers(jobs) as workers:
        batches = workers.map(doubled, 2, iter(range(items)), items, STAGE)
        assert sorted(n for batch in batches for n in batch) == [2 * n for n in range(items)]


def test_much_that_turns_out_to_be_little_starts_no_process() -> None:
    with Workers(2) as workers:
        assert list(workers.map(doubled, 2, iter([1, 2]), 10_000, STAGE)) == [[2, 4]]
        assert workers._pool is None


def shared(setup: str, part: int, parts: int) -> None:
    raise AssertionError("nobody was to be started for this")


def test_warming_up_starts_no_process() -> None:
    with Workers(2) as workers:
        workers.prepare(shared, "setup")
        assert workers._pool is None


def doubled_once_there(path: str, numbers: Sequence[int]) -> list[int]:
    """Ends once *path* is there, or after half a minute."""
    until = time.monotonic() + 30
    while not os.path.exists(path) and time.monotonic() < until:
        pass
    return doubled(2, numbers)


def test_what_fills_the_wait_is_done_once(tmp_path: Path) -> None:
    done: list[int] = []
    mark = tmp_path / "done"

    def fill() -> None:
        done.append(1)
        mark.touch()

    with Workers(2) as workers:
        workers.meanwhile(fill)
        for _ in range(2):
            list(workers.map(doubled_once_there, str(mark), range(400), 400, STAGE))
    assert done == [1]


def test_where_nobody_else_works_nothing_fills_the_wait() -> None:
    done: list[int] = []
    with Workers(2) as workers:
        workers.meanwhile(lambda: done.append(1))
        list(workers.map(doubled, 2, range(90), 90, STAGE))
    assert done == []


def test_progress_ends_at_the_count() -> None:
    seen: list[tuple[str, int, int]] = []
    with Workers(1, lambda *told: seen.append(told)) as workers:
        list(workers.map(doubled, 2, range(100), 100, STAGE))
    assert seen == [("pages", 40, 100), ("pages", 80, 100), ("pages", 100, 100)]


def process(_: None, numbers: Sequence[int]) -> set[int]:
    return {os.getpid()}


def processes(workers: Workers) -> set[int]:
    return set().union(*workers.map(process, None, range(400), 400, STAGE))


def test_renewed_workers_are_other_processes_where_starting_one_is_cheap() -> None:
    with Workers(2) as workers:
        first, pool, cheap = processes(workers), workers._pool, may_fork()
        workers.renew()
        assert (workers._pool is not pool) is cheap
        assert not cheap or processes(workers).isdisjoint(first | {os.getpid()})


def test_without_processes_there_is_nothing_to_renew() -> None:
    with Workers(2) as workers:
        workers.renew()
        assert workers._pool is None
