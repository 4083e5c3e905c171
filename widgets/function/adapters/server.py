"""Owns serving with uvicorn: `gatherwell function serve`, one process or several, stopped gracefully."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from widgets.function.adapters.environment import settings_from
from widgets.function.app import create_app
from widgets.function.rules.claims import read_claims
from widgets.store.opening import open_stores

_Protocol: Any = AutoHTTPProtocol  # httptools' where there is one, else h11's; both keep `cycle` and `loop`


def serve(
    *,
    manifest: str,
    store: str,
    secret_file: str,
    host: str = "127.0.0.1",
    port: int = 8787,
    workers: int = 1,
    origins: tuple[str, ...] = (),
    trusted_proxies: tuple[str, ...] = (),
    access_log: bool = True,
    limits: bool = True,
    proof: bool = True,
    claims: str = "",
) -> None:
    """Serve until stopped. Several workers share one SQLite file, each with its own writer.

    Workers take their settings from the environment, where this leaves them. Raises ValueError on wrong
    settings, StoreError on a store that cannot be opened.
    """
    given = {
        "GATHERWELL_MANIFEST": manifest,
        "GATHERWELL_STORE": store,
        "GATHERWELL_SECRET_FILE": secret_file,
        "GATHERWELL_ORIGINS": " ".join(origins),
        "GATHERWELL_TRUSTED_PROXIES": " ".join(trusted_proxies),
        "GATHERWELL_ACCESS_LOG": "on" if access_log else "off",
        "GATHERWELL_LIMITS": "on" if limits else "off",
        "GATHERWELL_PROOF": "on" if proof else "off",
        "GATHERWELL_CLAIMS": claims,
    }
    settings = settings_from({**os.environ, **given})  # a mistake shows here, once, and not in every worker
    asyncio.run(_try(settings.store))
    if settings.claims:
        read_claims(settings.claims)
    os.environ |= given  # workers read it; a start that is refused leaves nothing there
    _run(host, port, workers)


async def _try(address: str) -> None:
    """Raises StoreError. The schema is brought up to date here, before several workers look at it."""
    store, ledger = open_stores(address)
    await store.close()
    await ledger.close()


class InTime(_Protocol):  # type: ignore[misc]
    """Uvicorn's protocol, but the head of a request must have come after so many seconds: connections are counted,
    and whoever keeps many of them half open would keep everybody out."""

    seconds = 10.0
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        else:
            self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(self.seconds, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def _run(host: str, port: int, workers: int) -> None:
    uvicorn.run(
        "widgets.function.adapters.server:app_from_environment",
        factory=True,
        http=InTime,
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # uvicorn's would hold addresses and paths; ours holds neither
        proxy_headers=False,  # who is believed about addresses is the function's own setting
        server_header=False,
        log_level="warning",
        limit_concurrency=1_000,
        backlog=1_024,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=10,
    )


def app_from_environment() -> Starlette:
    """What each worker runs."""
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    logging.getLogger("gatherwell.function").setLevel(logging.INFO)
    return create_app(settings_from(os.environ))
