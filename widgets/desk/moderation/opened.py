"""Owns that somebody has looked: alerts of the conditions that a person looks after are not said again then."""

from __future__ import annotations

from contextlib import suppress

from widgets.desk.auth.rights import may
from widgets.desk.request import DeskRequest
from widgets.rules.calls import seen
from widgets.store.records import Busy, Conflict


async def note_opened(request: DeskRequest) -> None:
    """Call it where a page shows what waits. What was not sent yet is still sent, once. A store that cannot write keeps nobody
    from reading: the alert is said again then."""
    if not may(request.staff, "read-held"):
        return
    for call in await request.services.store.calls():
        over = seen(call) if may(request.staff, "read-held", call.condition or None) else None
        if over is not None:
            with suppress(Conflict, Busy):  # it is being sent just now, or the disk is full
                await request.services.store.keep_call(over)
