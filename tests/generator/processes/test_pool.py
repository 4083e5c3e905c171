"""Worker processes: what they return, raise and leave behind, forked and spawned."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest

from generator.disk.cache import CacheDamaged
from generator.ground.errors import SiteError
from generator.processes.pool import Pool
from generator.processes.workers import tune_collector

MEGABYTE = 1_000_000


@pytest.fixture(params=[True, False], ids=["forked", "spawned"])
def pool(request: pytest.FixtureRequest) -> Iterator[Pool]:
    if request.param and not sys.platform.startswith("linux"):
        pytest.skip("processes are forked on Linux only")
    pool = Pool(2, request.param, tune_collector)
    yield pool
    pool.end()


def nothing() -> None:
    pass


def echo(setup: str, batch: Sequence[str]) -> list[str]:
    return [setup + item for item in batch]


def doubled(setup: bytes, batch: Sequence[bytes]) -> bytes:
    return batch[0] * 2


def damaged(setup: object, batch: Sequence[int]) -> int:
    if 3 in batch:
        raise CacheDamaged("a body is missing")
    return sum(batch)


class Unspeakable(Exception):
    """Can be encoded, but not made again."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def unspeakable(setup: object, batch: Sequence[int]) -> int:
    raise Unspeakable("one", "two")


def ended(setup: object, batch: Sequence[int]) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def told_part(setup: object, part: int, parts: int) -> None:
    raise ValueError(f"{part} of {parts}")


def test_results_of_all_batches_come(pool: Pool) -> None:
    batches = [[str(number)] for number in range(50)]
    results = pool.run(echo, "a", batches, nothing)
    assert sorted(chain.from_iterable(results)) == sorted(f"a{number}" for number in range(50))


def test_each_run_has_its_own_setup(pool: Pool) -> None:
    assert list(pool.run(echo, "a", [["1"]], nothing)) == [["a1"]]
    assert list(pool.run(echo, "b", [["1"]], nothing)) == [["b1"]]


def test_what_fills_every_pipe_waits_for_nobody(pool: Pool) -> None:
    batches = ([b"x" * MEGABYTE] for _ in range(12))
    assert [len(result) for result in pool.run(doubled, b"", batches, nothing)] == [2 * MEGABYTE] * 12


def test_what_a_call_raises_is_raised_here(pool: Pool) -> None:
    with pytest.raises(CacheDamaged, match="a body is missing"):
        list(pool.run(damaged, None, [[1], [2], [3], [4]], nothing))


def test_an_error_that_cannot_travel_is_told_in_words(pool: Pool) -> None:
    with pytest.raises(RuntimeError, match="Unspeakable: one"):
        list(pool.run(unspeakable, None, [[1]], nothing))


def test_results_that_nobody_took_are_not_those_of_the_next_run(pool: Pool) -> None:
    first = pool.run(echo, "old", ([str(number)] for number in range(50)), nothing)
    next(first)
    first.close()  # type: ignore[attr-defined]
    assert list(pool.run(echo, "new", [["1"]], nothing)) == [["new1"]]


def test_what_is_begun_beforehand_gives_no_result_and_no_error(pool: Pool) -> None:
    pool.begin(told_part, None)
    assert list(pool.run(echo, "a", [["1"]], nothing)) == [["a1"]]


def test_a_process_that_is_gone_is_an_error_with_a_remedy(pool: Pool) -> None:
    with pytest.raises(SiteError, match="ended before its work was done") as caught:
        list(pool.run(ended, None, [[1], [2]], nothing))
    assert "--jobs 1" in caught.value.hint


KILLED = """
import os
from generator.processes.pool import Pool
from generator.processes.workers import may_fork, tune_collector

def work(setup, batch):
    return os.getpid()

if __name__ == "__main__":
    pool = Pool(2, may_fork(), tune_collector)
    print(*set(pool.run(work, None, [[n] for n in range(100)], lambda: None)), flush=True)
    input()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="asks Linux when a process ends")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    parent = subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    pidfds = [os.pidfd_open(pid) for pid in workers]
    parent.kill()
    parent.wait()
    # A process's descriptor becomes readable when it ends.
    for pidfd in pidfds:
        assert select.select([pidfd], [], [], 20)[0]
        os.close(pidfd)
