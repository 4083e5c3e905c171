"""Owns the routes about the function itself: challenge, health."""

from __future__ import annotations

import logging
import sqlite3
from typing import Final, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import own_reader, single_query
from widgets.function.http.routing import ApiRoute
from widgets.function.shapes import moment
from widgets.function.state.proofs import challenge_for
from widgets.function.state.services import Services
from widgets.rules.proof import Purpose
from widgets.store.records import StoreError, StoreHealth

log = logging.getLogger("gatherwell.function")

_QUARTER: Final = 15 * 60  # seconds


async def challenge(services: Services, request: Request) -> Response:
    """A puzzle, asked for before anything is sent with it; who asks is not known."""
    origin = await own_reader(request, services)
    purpose = _purpose(single_query(request, {"for"}).get("for", "text"))
    await services.rate_limits.draw("challenge", services.addresses.of(request))
    puzzle = services.settings.proof.puzzle(purpose)
    return json_answer({**challenge_for(services, purpose), "wait": puzzle.min_seconds}, origin)


def _purpose(text: str) -> Purpose:
    for purpose in get_args(Purpose):
        if text == purpose:
            return cast(Purpose, purpose)
    raise Problem("query-invalid", "A challenge is for `text` or for `vote`.")


async def health(services: Services, request: Request) -> Response:
    """Whether writes would be accepted now. A person's act is not to be read from it: the last write, which may be the
    function's own hourly purge, is told to the quarter of an hour."""
    found = StoreHealth()
    try:
        found = await services.store.health()
        await services.ledger.texts.demand()
        store = "ok"
    except (StoreError, sqlite3.Error, OSError) as error:
        log.error(
            "The store takes no writes: %s", error if isinstance(error, StoreError) else type(error).__name__
        )
        store = "failing"
    try:
        await services.manifest.current()
        manifest = "stale" if services.manifest.stale else "ok"
    except Problem:
        manifest = "missing"
    ok = store == "ok" and manifest != "missing"
    document = {
        "status": "ok" if ok else "failing",
        "store": store,
        "manifest": manifest,
        "manifest_age": services.manifest.age,
        "last_write": moment(found.last_write // _QUARTER * _QUARTER)
        if found.last_write is not None
        else None,
        "disk_free_mb": found.free_bytes // 1_000_000 if found.free_bytes is not None else None,
    }
    return json_answer(document, status=200 if ok else 503)


ROUTES: Final = (ApiRoute("GET", "/challenge", challenge), ApiRoute("GET", "/healthz", health))
