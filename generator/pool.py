"""Processes that work through batches, each behind a pipe of its own; no threads, nothing shared."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple, TypeVar

from generator.errors import SiteError

Item = TypeVar("Item")
Result = TypeVar("Result")

# A message of this size fits into an empty pipe on every system, so that sending it waits for nobody.
_ROOM = 8000


class _Failed(NamedTuple):
    """What a worker sends in place of a result."""

    error: Exception


class _Worker:
    """One process as its parent sees it; *owed* says of each result that is still to come whether it is wanted."""

    def __init__(self, fork: bool, begin: Callable[[], None], others: Sequence[Connection]) -> None:
        context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
        self.pipe, far = context.Pipe()
        inherited = (self.pipe, *others) if fork else ()
        self._process = context.Process(target=_serve, args=(far, inherited, begin), daemon=True)
        self._process.start()
        far.close()
        self._setup: object = _serve
        self.owed: deque[bool] = deque()

    def takes(self, message: bytes, setup: object) -> bool:
        """Whether *message* can be sent without waiting for anybody who might wait for us.

        Who owes nothing reads at once. Who works gets one small message beforehand, so as not to wait for the next.
        """
        if not self.owed:
            return True
        return len(self.owed) == 1 and len(message) <= _ROOM and setup is self._setup

    def give(self, message: bytes, setup: object, wanted: bool = True) -> None:
        """Send an encoded call, before it the setup where it is another than that of the last call."""
        with _lost():
            if setup is not self._setup:
                self.pipe.send_bytes(pickle.dumps((None, setup), pickle.HIGHEST_PROTOCOL))
                self._setup = setup
            self.pipe.send_bytes(message)
        self.owed.append(wanted)

    def take(self) -> tuple[bool, Any]:
        """The next result, and whether it is wanted; raises what the call raised."""
        with _lost():
            answer = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - from our own process
        wanted = self.owed.popleft()
        if wanted and isinstance(answer, _Failed):
            raise answer.error
        return wanted, answer

    def end(self) -> None:
        """Wait until the calls at work are done, then let the process end."""
        with suppress(SiteError):
            while self.owed:
                self.take()
        self.pipe.close()
        self._process.join()


class Pool:
    """*number* processes, begun at once; each calls *begin* first."""

    def __init__(self, number: int, fork: bool, begin: Callable[[], None]) -> None:
        self._workers: list[_Worker] = []
        for _ in range(number):
            pipes = [worker.pipe for worker in self._workers]
            self._workers.append(_Worker(fork, begin, pipes))

    def run(
        self,
        function: Callable[[Any, Sequence[Item]], Result],
        setup: object,
        batches: Iterable[Sequence[Item]],
        meanwhile: Callable[[], object],
    ) -> Iterator[Result]:
        """``function(setup, batch)`` of each batch, as they come; *meanwhile* is called before each wait.

        As many batches are kept ready as there are processes. *setup* is sent once to each process.
        """
        source = iter(batches)
        ready: deque[bytes] = deque()
        exhausted = False
        try:
            while True:
                while ready and (worker := self._freest()).takes(ready[0], setup):
                    worker.give(ready.popleft(), setup)
                timeout: float | None = None
                if not exhausted and len(ready) < len(self._workers):
                    batch = next(source, None)
                    if batch is None:
                        exhausted = True
                    else:
                        ready.append(pickle.dumps((function, (batch,)), pickle.HIGHEST_PROTOCOL))
                    timeout = 0
                elif any(worker.owed for worker in self._workers):
                    meanwhile()
                else:
                    return
                yield from self._results(timeout)
        finally:
            self._disown()

    def _freest(self) -> _Worker:
        return min(self._workers, key=lambda worker: len(worker.owed))

    def _results(self, timeout: float | None) -> Iterator[Any]:
        """The wanted results that are there within *timeout* seconds (None: of the first to have one)."""
        owing = {worker.pipe: worker for worker in self._workers if worker.owed}
        for pipe in wait(list(owing), timeout):
            wanted, result = owing[pipe].take()  # type: ignore[index]
            if wanted:
                yield result

    def begin(self, function: Callable[..., object], setup: object) -> None:
        """``function(setup, part, parts)`` in every process, each with its own *part*; results and errors are dropped."""
        parts = len(self._workers)
        for part, worker in enumerate(self._workers):
            message = pickle.dumps((function, (part, parts)), pickle.HIGHEST_PROTOCOL)
            if worker.takes(message, setup):
                worker.give(message, setup, wanted=False)

    def end(self) -> None:
        """Wait for what is at work, and end all processes."""
        self._disown()
        for worker in self._workers:
            worker.end()

    def _disown(self) -> None:
        """Nobody asks any more for what is still at work."""
        for worker in self._workers:
            worker.owed = deque([False] * len(worker.owed))


@contextmanager
def _lost() -> Iterator[None]:
    """Say of a process that is gone what may have happened to it."""
    try:
        yield
    except (EOFError, OSError):
        raise SiteError(
            "a worker process ended before its work was done",
            hint="the system may have run out of memory; build again with --jobs 1",
        ) from None


def _serve(pipe: Connection, inherited: Iterable[Connection], begin: Callable[[], None]) -> None:
    """In the worker: answer each call until the parent closes the pipe or is gone."""
    for other in inherited:
        # A forked process holds its parent's ends too: while it does, nobody would learn that the parent is gone.
        other.close()
    # An interrupt from the terminal reaches every process; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin()
    setup: object = None
    with suppress(EOFError, OSError):
        while True:
            function, given = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own parent
            if function is None:
                setup = given
            else:
                pipe.send_bytes(_answer(function, setup, given))


def _answer(function: Callable[..., object], setup: object, given: Sequence[object]) -> bytes:
    try:
        return pickle.dumps(function(setup, *given), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        import traceback

        error.add_note("".join(traceback.format_exception(error)))
        with suppress(Exception):
            encoded = pickle.dumps(_Failed(error))
            pickle.loads(encoded)  # noqa: S301 - some errors can be encoded, but not made again
            return encoded
        return pickle.dumps(_Failed(RuntimeError(f"{type(error).__name__}: {error}")))
