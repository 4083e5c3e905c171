"""Owns the routes about the function itself: challenge, health, description."""

from __future__ import annotations

import sqlite3

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.answers import NO_STORE, json_answer
from widgets.function.incoming import own_reader
from widgets.function.openapi import openapi_document
from widgets.function.problems import Problem
from widgets.function.rules.proof import new_challenge
from widgets.function.services import Services
from widgets.store.records import StoreError


async def challenge(services: Services, request: Request) -> Response:
    origin = await own_reader(request, services)
    await services.gate.draw("challenge", services.addresses.of(request))
    proof = services.settings.proof
    spread = proof.most - proof.least + 1
    counter = proof.least + int.from_bytes(services.settings.random(8), "big") % spread
    document = new_challenge(
        services.keys,
        now=services.now(),
        counter=counter,
        most=proof.most,
        cost=proof.cost,
        max_seconds=proof.max_seconds,
    )
    return json_answer(document, origin)


async def health(services: Services, request: Request) -> Response:
    try:
        await services.store.tally("healthz", 1)
        store = "ok"
    except (StoreError, sqlite3.Error, OSError):
        store = "failing"
    try:
        await services.manifest.current()
        manifest = "stale" if services.manifest.stale else "ok"
    except Problem:
        manifest = "missing"
    ok = store == "ok" and manifest != "missing"
    document = {"status": "ok" if ok else "failing", "store": store, "manifest": manifest}
    return json_answer(document, status=200 if ok else 503)


async def openapi(services: Services, request: Request) -> Response:
    headers = {**NO_STORE, "Access-Control-Allow-Origin": "*"}
    return Response(openapi_document(), 200, headers, "application/json")


ROUTES = (("GET", "/challenge", challenge), ("GET", "/healthz", health), ("GET", "/openapi.json", openapi))
