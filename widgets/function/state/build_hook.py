"""Owns the call to whoever builds the site: published words were taken down, so that baked pages have to be built anew.

The store counts such acts with the acts themselves; what was told last is a row of the desk. So nothing is forgotten
over a restart, and several processes call once.
"""

from __future__ import annotations

import asyncio
import logging
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Conflict, StoreError

log = logging.getLogger("gatherwell.function")

HOOK: Final = "build-hook"
_PAUSE: Final = 60  # seconds from one call to the next, a failed one too
_LOOK_SECONDS: Final = 5.0
_SECONDS: Final = 10.0


class BuildHook:
    def __init__(
        self,
        address: str | None,
        store: Store,
        clock: Callable[[], float],
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._address = address
        self._store = store
        self._clock = clock
        self._wait = wait
        self._runner: asyncio.Task[None] | None = None

    def start(self) -> None:
        if self._address:
            self._runner = asyncio.create_task(self._run())

    async def close(self) -> None:
        if self._runner is not None:
            self._runner.cancel()
            with suppress(asyncio.CancelledError):
                await self._runner

    async def _run(self) -> None:
        while True:
            try:
                await self.call_if_due()
            except StoreError as error:
                log.warning("The build hook's place could not be read: %s", error)
            await self._wait(_LOOK_SECONDS)

    async def call_if_due(self) -> bool:
        """Whether the hook was called with success. It is told nothing: no body, and the address as it was set."""
        if not self._address:
            return False
        count, now = await self._store.takedowns(), int(self._clock())
        row = await self._store.desk_row(HOOK, "told") or DeskRow(HOOK, "told", {"count": 0, "at": 0})
        if count == row.value["count"] or 0 <= now - row.value["at"] < _PAUSE:
            return False
        try:
            taken = await self._store.keep_desk_row(
                DeskRow(HOOK, "told", {**row.value, "at": now}, None, row.revision)
            )
        except Conflict:
            return False  # another process has taken it
        if not await _post(self._address):
            return False
        with suppress(Conflict):
            await self._store.keep_desk_row(
                DeskRow(HOOK, "told", {"count": count, "at": now}, None, taken.revision)
            )
        return True


async def _post(address: str) -> bool:
    """Never raises; the kind of failure alone is logged, since the address may hold a token."""

    def post() -> None:
        request = urllib.request.Request(address, b"", {"User-Agent": "gatherwell"}, method="POST")  # noqa: S310
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  (http or https, checked before)
            answer.read(1)

    try:
        await asyncio.wait_for(asyncio.to_thread(post), _SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        log.warning("The build hook failed (%s); it is tried again in a minute.", type(error).__name__)
        return False
    return True
