"""Server-sent events: announces each change to every connected browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

# A proxy or a phone asleep drops a silent connection; a comment line keeps it.
HEARTBEAT = 15.0
_WAITING = 64


class EventStream:
    """The connected browsers, each with a queue of events; at most *most* of them."""

    def __init__(self, most: int = 500, heartbeat: float = HEARTBEAT) -> None:
        self._most = most
        self._heartbeat = heartbeat
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    @property
    def is_full(self) -> bool:
        return self._closed or len(self._listeners) >= self._most

    @property
    def count(self) -> int:
        return len(self._listeners)

    def tell(self, event: str, said: dict[str, Any]) -> None:
        """Queue an event for all listeners; one whose queue is full is disconnected and reconnects by itself."""
        text = encode_event(event, said)
        for listener in list(self._listeners):
            try:
                listener.put_nowait(text)
            except asyncio.QueueFull:
                self._listeners.discard(listener)
                _end(listener)

    def close(self) -> None:
        """End all streams, so that the server can stop at once."""
        self._closed = True
        for listener in self._listeners:
            _end(listener)

    async def listen(self, greet: Callable[[], dict[str, Any]]) -> AsyncIterator[str]:
        """The stream of one browser; it begins with the current state."""
        if self._closed:
            return
        listener: asyncio.Queue[str | None] = asyncio.Queue(_WAITING)
        self._listeners.add(listener)
        try:
            yield "retry: 400\n" + encode_event("hello", greet())
            while True:
                try:
                    text = await asyncio.wait_for(listener.get(), self._heartbeat)
                except TimeoutError:
                    yield ":\n\n"
                    continue
                if text is None:
                    return
                yield text
        finally:
            self._listeners.discard(listener)


def _end(listener: asyncio.Queue[str | None]) -> None:
    while not listener.empty():
        listener.get_nowait()
    listener.put_nowait(None)


def encode_event(event: str, said: dict[str, Any]) -> str:
    """One event as https://html.spec.whatwg.org/multipage/server-sent-events.html has it; JSON holds no line break."""
    return f"event: {event}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n"
