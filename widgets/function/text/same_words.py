"""Owns that one text is one alert: words that were refused and come again from the same device are the same person's.

A mark in the ledger lasts an hour. It is a keyed hash of the device and the words, and leads to the row of the queue.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from widgets.function.state.services import Services
from widgets.rules.marks import normal
from widgets.store.calls import Call
from widgets.store.records import Conflict, StoreError

log = logging.getLogger("gatherwell.function")

HOUR: Final = 3_600
_KEPT: Final = "kept"  # in place of a row's id: these words were kept and not refused before


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was told of the same words when they were refused: the row's id, and its call while the outbox has it."""

    row: str
    call: Call | None

    @property
    def waits(self) -> bool:
        """Somebody is being called, and nobody has looked since."""
        return self.call is not None and self.call.due is not None

    @property
    def told(self) -> bool:
        """Somebody was called, and it is said again until somebody looks: words that are kept now need no other call."""
        return self.waits and self.call is not None and self.call.step > 0


async def refused_before(services: Services, device: str | None, words: str, row: str = "") -> Earlier | None:
    """What was told of these words within the hour; None where nothing was. With `row`, which is being told now, later ones
    find that. Never raises StoreError: then the words are as new."""
    if device is None or not words:
        return None
    same = " ".join(normal("NFC", words).split())
    token = services.keys.digest("plea", device, same)
    mark = f"{row} {services.new_id()}" if row else _KEPT
    try:
        first = await services.ledger.agree(token, mark, services.now() + HOUR)
        if first in (mark, _KEPT):
            return None
        told = first.partition(" ")[0]
        return Earlier(told, await _call(services, told))
    except StoreError as error:
        log.warning("Whether a plea was refused before cannot be read: %s", error)
        return None


async def _call(services: Services, id_: str) -> Call | None:
    """A row and its call have the same id."""
    return next((call for call in await services.store.calls() if call.id == id_), None)


async def retire(services: Services, call: Call | None) -> None:
    """A call that has not gone out, and for which another goes out in its place. Never raises StoreError."""
    if call is None or call.step or call.tries or call.done:
        return
    try:
        with suppress(Conflict):  # it is being sent
            await services.store.keep_call(replace(call, due=None))
    except StoreError as error:
        log.warning("A call that another replaces stays in the outbox: %s", error)
