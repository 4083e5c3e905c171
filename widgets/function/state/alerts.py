"""Owns alerts on their way: what waits in the outbox is sent, sent again, and said again until somebody looks.

A call is written with what it is about, in one transaction, and survives a restart. It never delays or fails an answer,
but where nothing runs after one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from widgets.function.state.alert_channels import Alert, AlertSettings, attempt, channels
from widgets.rules.calls import KEPT, Message, delivered, failed, leased, messages, next_due
from widgets.store.calls import Call
from widgets.store.interface import Store
from widgets.store.records import Conflict, StoreError

log = logging.getLogger("gatherwell.function")

_SECONDS: Final = 10.0  # for one attempt in the background
_INLINE_SECONDS: Final = 1.5  # where nothing runs after the answer
_POLL: Final = 15.0  # seconds after which a server looks for what another process wrote or left


class Alerts:
    """The outbox at work in one process; several processes share it, and take turns by each row's revision."""

    def __init__(self, settings: AlertSettings | None, store: Store, clock: Callable[[], float]) -> None:
        self._settings = settings or AlertSettings()
        self._store = store
        self._clock = clock
        self._woken = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None
        self._closing = False
        self._unkept: dict[str, int] = {}  # when a condition was called about last without the outbox

    @property
    def configured(self) -> bool:
        """Whether anybody is called at all."""
        return bool(self._settings.webhook or self._settings.smtp)

    def link(self, origin: str) -> str:
        return self._settings.desk or f"{origin}/desk/"

    async def told(self) -> None:
        """Something was written to the outbox. Returns at once; where nothing runs after the answer, after one short
        attempt. Never raises."""
        if not self._settings.inline:
            self._wake()
            return
        try:
            await self.send_due(_INLINE_SECONDS)
        except StoreError as error:
            log.warning("The outbox could not be read: %s", error)

    async def tell_unkept(self, call: Call) -> None:
        """Try once to send a call that the store could not keep, at most once a minute for a condition. Never raises."""
        now = int(self._clock())
        if now - self._unkept.get(call.condition, 0) < 60:
            return
        self._unkept[call.condition] = now
        await asyncio.gather(
            *(attempt(one, _INLINE_SECONDS, 1) for one in channels(self._settings, _alert((call,))))
        )

    def start(self) -> None:
        """For a server: send what an earlier process left, and look regularly for what others write."""
        if self.configured and not self._settings.inline:
            self._runner = asyncio.create_task(self._run(forever=True))

    async def close(self) -> None:
        """Let a delivery that is under way end, briefly; what is not sent waits in the outbox."""
        self._closing = True
        self._woken.set()
        if self._runner is not None:
            await asyncio.wait({self._runner}, timeout=_INLINE_SECONDS)
            self._runner.cancel()

    def _wake(self) -> None:
        self._woken.set()
        if self.configured and (self._runner is None or self._runner.done()):
            self._runner = asyncio.create_task(self._run(forever=False))

    async def _run(self, *, forever: bool) -> None:
        while not self._closing:
            self._woken.clear()
            try:
                wait: float | None = await self.send_due(_SECONDS)
            except StoreError as error:
                log.warning("The outbox could not be read: %s", error)
                wait = _POLL
            if forever:
                wait = min(wait or _POLL, _POLL)
            if wait is None and not self._woken.is_set():
                return
            await self._rest(wait or 0)

    async def _rest(self, seconds: float) -> None:
        """Until the time is over or something was written."""
        if self._woken.is_set():
            return
        both = {
            asyncio.ensure_future(self._settings.wait(seconds)),
            asyncio.ensure_future(self._woken.wait()),
        }
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()

    async def send_due(self, seconds: float = _SECONDS) -> int | None:
        """Send all that is due, each channel for at most so long; returns the seconds until more may be, None where
        nothing waits. Raises StoreError."""
        if not self.configured:
            return None
        now = int(self._clock())
        due = messages(await self._store.calls(), now)
        await asyncio.gather(*(self._send(message, now, seconds) for message in due))
        return next_due(await self._store.calls(), int(self._clock()))

    async def _send(self, message: Message, now: int, seconds: float) -> None:
        mine = await self._kept([leased(call, now) for call in message.calls])
        if not mine:
            return  # another process has taken it
        already = set.intersection(*(set(call.done) for call in mine))
        ends = channels(self._settings, _alert(mine), second=message.last_time)
        left = [end for end in ends if end.name not in already]
        sent = await asyncio.gather(*(attempt(end, seconds, mine[0].tries + 1) for end in left))
        done = tuple(sorted(already | {end.name for end, ok in zip(left, sent, strict=True) if ok}))
        after = [delivered(call, now) if all(sent) else failed(call, now, done) for call in mine]
        await self._kept([self._given_up(call, now) for call in after])

    def _given_up(self, call: Call, now: int) -> Call:
        if call.tries and now - call.created >= KEPT:
            log.error("An alert is given up after a day: look at the queue.")
            return replace(call, due=None)
        return call

    async def _kept(self, calls: Sequence[Call]) -> list[Call]:
        """Those that could be written: the others were changed meanwhile."""
        found = await asyncio.gather(*(self._store.keep_call(call) for call in calls), return_exceptions=True)
        for error in found:
            if isinstance(error, BaseException) and not isinstance(error, Conflict):
                raise error
        return [call for call in found if isinstance(call, Call)]


def _alert(calls: Sequence[Call]) -> Alert:
    """One message for all of them; what was refused is told as that only where all were."""
    first = calls[0]
    refused = first.refused if all(call.refused == first.refused for call in calls) else ""
    return Alert(
        first.site, first.condition, first.reason, first.lang, first.queue, refused, more=len(calls) - 1
    )
