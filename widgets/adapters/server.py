"""Owns serving with uvicorn: `gatherwell function serve`, one process or several, stopped gracefully."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette

from widgets.adapters.environment import NOBODY_CALLED, settings_from
from widgets.adapters.protocol import BoundedProtocol
from widgets.app import create_app
from widgets.rules.claims import read_claims
from widgets.rules.preload import preload
from widgets.store.opening import demand_sound, open_stores
from widgets.store.records import Busy

log = logging.getLogger("gatherwell.function")


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
    replies: str = "",
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve until stopped; *ready* is called once all that was asked for is possible, before the first request. Several workers share one SQLite file, each with its own writer.

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
        "GATHERWELL_REPLIES": replies,
    }
    settings = settings_from(
        {**os.environ, **given}
    )  # validated here, so that a mistake is reported once and not by every worker
    asyncio.run(_try(settings.store))
    if settings.claims:
        read_claims(settings.claims)
    if settings.alerts is None:
        log.warning(NOBODY_CALLED)
    ready()
    os.environ |= given  # workers read it; a start that is refused leaves nothing there
    _run(host, port, workers)


async def _try(address: str) -> None:
    """Raises StoreError. Migrates the schema here, before several workers open the store."""
    demand_sound(address)
    store, ledger = open_stores(address)
    with suppress(Busy):  # not reachable now: the first request checks again
        await store.demand_version()
    await store.close()
    await ledger.close()


def _run(host: str, port: int, workers: int) -> None:
    uvicorn.run(
        "widgets.adapters.server:app_from_environment",
        factory=True,
        http=BoundedProtocol,
        host=host,
        port=port,
        workers=workers,
        access_log=False,  # uvicorn's would hold addresses and paths; ours holds neither
        proxy_headers=False,  # which proxies are trusted is the function's own setting
        server_header=False,
        log_level="warning",
        limit_concurrency=1_000,
        backlog=1_024,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=10,
    )


def app_from_environment() -> Starlette:
    """What each worker runs. What it reads at its start stays to its end: a garbage collector that walked through all of it
    again and again would keep requests waiting."""
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    logging.getLogger("gatherwell.function").setLevel(logging.INFO)
    app = create_app(settings_from(os.environ))
    preload()
    gc.collect()
    gc.freeze()
    return app
