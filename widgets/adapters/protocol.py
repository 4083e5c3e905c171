"""Owns what a connection may bring before the application sees anything: the head of a request is bounded in time and in size."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

# httptools' where there is one; else h11's, which bounds a head by itself. Both keep `cycle` and `loop`.
_Protocol: Any = AutoHTTPProtocol
_PARSES_UNBOUNDED: Final = hasattr(AutoHTTPProtocol, "on_header")

HEAD_LIMIT: Final = 64 * 1_024  # bytes of an address and headers, trailers too; as much as h11 takes
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class HeadTooLarge(Exception):
    """Stops the parser; never leaves this module."""


class BoundedProtocol(_Protocol):  # type: ignore[misc]
    """Uvicorn's protocol with a timeout for the head of a request, since half-open connections would keep everybody else
    out, whose number is limited; and with a limit for its size, since the parser keeps what it has not understood yet."""

    seconds = 10.0
    _timer: asyncio.TimerHandle | None = None
    _named = 0  # bytes of the address and of the headers of this message
    _pending = 0  # bytes since the parser last passed on anything but those
    _large = False

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._start_timer()

    def data_received(self, data: bytes) -> None:
        if self._large:
            return
        self._pending += len(data)
        super().data_received(data)
        if _PARSES_UNBOUNDED and self._pending > HEAD_LIMIT and not self.transport.is_closing():
            self._refuse()
        if self.cycle is None or self.cycle.response_complete:
            self._start_timer()
        else:
            self._cancel_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_timer()
        super().connection_lost(exc)

    # -- what the parser has understood
    def on_message_begin(self) -> None:
        self._named = self._pending = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._name(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._name(len(name) + len(value) + 4)
        super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        self._pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._pending = 0
        super().on_message_complete()

    def _name(self, size: int) -> None:
        self._named += size
        if self._named > HEAD_LIMIT:
            self._refuse()
            raise HeadTooLarge

    def send_400_response(self, msg: str) -> None:
        if not self._large:  # it was answered
            super().send_400_response(msg)

    def _refuse(self) -> None:
        self._large = True
        self.transport.write(_TOO_LARGE)
        self.transport.close()

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.seconds, self.transport.close)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
