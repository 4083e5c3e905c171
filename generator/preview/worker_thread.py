"""One thread that runs calls in order: what it owns (a connection, a renderer) needs no lock."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


class WorkerThread:
    """A daemon thread: unlike an executor's threads it does not delay the end of the process."""

    def __init__(self, name: str) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """``function(*arguments)`` in the thread; its exceptions are raised here."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()

        def call() -> None:
            try:
                result = function(*arguments)
            except BaseException as error:
                _announce(loop, _fail, future, error)
            else:
                _announce(loop, _settle, future, result)

        self._calls.put(call)
        return await future

    def _work(self) -> None:
        while True:
            self._calls.get()()


def _announce(loop: asyncio.AbstractEventLoop, *call: Any) -> None:
    # Where the loop has ended meanwhile, the result is discarded.
    if not loop.is_closed():
        loop.call_soon_threadsafe(*call)


def _settle(future: asyncio.Future[Any], result: Any) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
