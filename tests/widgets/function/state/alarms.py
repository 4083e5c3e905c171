"""Owns the ends that alerts arrive at in tests: a web server and a mail server on loopback."""

from __future__ import annotations

import asyncio
import json
import queue
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Arrivals:
    """What arrived, in order; `refuse` says how many are turned away first."""

    def __init__(self, refuse: int = 0) -> None:
        self.refuse = refuse
        self.refused = 0
        self.address = ""
        self._arrived: queue.Queue[Any] = queue.Queue()

    def turn_away(self) -> bool:
        self.refused += self.refused < self.refuse
        self.refuse, before = max(0, self.refuse - 1), self.refuse
        return before > 0

    def put(self, item: Any) -> None:
        self._arrived.put(item)

    async def next(self) -> Any:
        return await asyncio.to_thread(self._arrived.get, True, 30)

    def taken(self) -> Any:
        """The next that has arrived already."""
        return self._arrived.get_nowait()

    def nothing_more(self) -> bool:
        return self._arrived.empty()


@contextmanager
def webhook(refuse: int = 0) -> Iterator[Arrivals]:
    arrivals = Arrivals(refuse)

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            away = arrivals.turn_away()
            if not away:  # before the answer: whoever has it may look at what arrived
                arrivals.put((dict(self.headers), json.loads(body)))
            self.send_response(503 if away else 204)
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    arrivals.address = f"http://127.0.0.1:{server.server_port}/hook?token=secret-token"
    with _running(server):
        yield arrivals


@contextmanager
def mailbox(refuse: int = 0) -> Iterator[Arrivals]:
    """As much of RFC 5321 as a client needs that neither encrypts nor signs in."""
    arrivals = Arrivals(refuse)

    class Mail(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("421 later" if arrivals.turn_away() else "220 ready")
            while line := self.rfile.readline():
                word = line.split(b" ")[0].strip().upper()
                if word == b"DATA":
                    self._say("354 go on")
                    arrivals.put(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self._say("221 bye" if word == b"QUIT" else "250 ok")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail)
    server.daemon_threads = True
    arrivals.address = f"smtp+plain://127.0.0.1:{server.server_address[1]}"
    with _running(server):
        yield arrivals


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
