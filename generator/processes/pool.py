"""Worker processes that run batches, each with its own pipe; no threads and no shared memory."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple, TypeVar

from generator.ground.errors import SiteError

Item = TypeVar("Item")
Result = TypeVar("Result")

# In bytes. A message of this size fits into an empty pipe on every system, so that sending it never blocks.
_PIPE_CAPACITY = 8000


class _Failed(NamedTuple):
    """What a worker sends in place of a result when a call raised."""

    error: Exception


class _Worker:
    """One process as its parent sees it; *pending* holds, for each pending result, whether it is wanted."""

    def __init__(self, fork: bool, begin: Callable[[], None], others: Sequence[Connection]) -> None:
        context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
        self.pipe, child_end = context.Pipe()
        inherited = (self.pipe, *others) if fork else ()
        self._process = context.Process(target=_serve, args=(child_end, inherited, begin), daemon=True)
        self._process.start()
        child_end.close()
        # No caller's setup is this function, so that the first call always sends its own.
        self._setup: object = _serve
        self.pending: deque[bool] = deque()

    def takes(self, message: bytes, setup: object) -> bool:
        """Whether sending *message* cannot deadlock: the worker may be blocked while it sends a result to us.

        An idle worker reads at once. A busy one may have one small message queued, so that it need not wait for it.
        """
        if not self.pending:
            return True
        return len(self.pending) == 1 and len(message) <= _PIPE_CAPACITY and setup is self._setup

    def give(self, message: bytes, setup: object, wanted: bool = True) -> None:
        """Send an encoded call; the setup is sent before it where it differs from that of the last call."""
        with _lost_worker():
            if setup is not self._setup:
                self.pipe.send_bytes(pickle.dumps((None, setup), pickle.HIGHEST_PROTOCOL))
                self._setup = setup
            self.pipe.send_bytes(message)
        self.pending.append(wanted)

    def take(self) -> tuple[bool, Any]:
        """Whether the next result is wanted, and the result; raises what the call raised if it is wanted."""
        with _lost_worker():
            answer = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - from our own process
        wanted = self.pending.popleft()
        if wanted and isinstance(answer, _Failed):
            raise answer.error
        return wanted, answer

    def end(self) -> None:
        """Wait until all pending calls are done, then end the process."""
        with suppress(SiteError):
            while self.pending:
                self.take()
        self.pipe.close()
        self._process.join()


class Pool:
    """*number* worker processes, started at once; each calls *begin* first."""

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
        """Yields ``function(setup, batch)`` for each batch, in any order; *meanwhile* is called before each wait.

        As many encoded batches are queued here as there are processes. *setup* is sent once to each process.
        """
        source = iter(batches)
        queue: deque[bytes] = deque()
        exhausted = False
        try:
            while True:
                while queue and (worker := self._least_busy()).takes(queue[0], setup):
                    worker.give(queue.popleft(), setup)
                timeout: float | None = None
                if not exhausted and len(queue) < len(self._workers):
                    batch = next(source, None)
                    if batch is None:
                        exhausted = True
                    else:
                        queue.append(pickle.dumps((function, (batch,)), pickle.HIGHEST_PROTOCOL))
                    timeout = 0
                elif any(worker.pending for worker in self._workers):
                    meanwhile()
                else:
                    return
                yield from self._results(timeout)
        finally:
            self._discard_pending()

    def _least_busy(self) -> _Worker:
        return min(self._workers, key=lambda worker: len(worker.pending))

    def _results(self, timeout: float | None) -> Iterator[Any]:
        """The wanted results that arrive within *timeout* seconds; None waits for the first."""
        busy = {worker.pipe: worker for worker in self._workers if worker.pending}
        for pipe in wait(list(busy), timeout):
            wanted, result = busy[pipe].take()  # type: ignore[index]
            if wanted:
                yield result

    def begin(self, function: Callable[..., object], setup: object) -> None:
        """Start ``function(setup, part, parts)`` in each process with its own *part*; results and errors are discarded.

        A process that cannot take the call without blocking is skipped.
        """
        parts = len(self._workers)
        for part, worker in enumerate(self._workers):
            message = pickle.dumps((function, (part, parts)), pickle.HIGHEST_PROTOCOL)
            if worker.takes(message, setup):
                worker.give(message, setup, wanted=False)

    def end(self) -> None:
        """Wait for all pending calls, then end all processes."""
        self._discard_pending()
        for worker in self._workers:
            worker.end()

    def _discard_pending(self) -> None:
        """Pending results are discarded when they arrive."""
        for worker in self._workers:
            worker.pending = deque([False] * len(worker.pending))


@contextmanager
def _lost_worker() -> Iterator[None]:
    """Turn a broken pipe into an error that says why the worker may have ended."""
    try:
        yield
    except (EOFError, OSError):
        raise SiteError(
            "a worker process ended before its work was done",
            hint="the system may have run out of memory; build again with --jobs 1",
        ) from None


def _serve(pipe: Connection, inherited: Iterable[Connection], begin: Callable[[], None]) -> None:
    """Runs in the worker process: answer each call until the parent closes the pipe or ends."""
    for other in inherited:
        # A forked process inherits the parent's ends of all pipes. While one is open, workers do not notice that the
        # parent has ended.
        other.close()
    # An interrupt from the terminal reaches every process; the parent handles it and ends the workers.
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
