"""Owns the whole of the function's API: the routes of every kind and of the function itself, described."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.http import service_routes
from widgets.function.http.answers import NO_STORE
from widgets.function.http.openapi import Declared, describe
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds import counts, me, snapshot
from widgets.function.kinds.registry import KINDS
from widgets.function.pages.said import SaidPages
from widgets.function.state.services import Services
from widgets.function.state.settings import Settings

SAID: Final = SaidPages(
    frozenset({"erased", *(key for kind in KINDS for key in kind.said)}),
    [kind.strings for kind in KINDS],
)


@cache
def openapi_document() -> bytes:
    """The OpenAPI description: the contract's files, and what later kinds declare."""
    shown = {part: shape for kind in KINDS for part, shape in kind.shown.items()}
    counted = tuple(kind.name for kind in KINDS if kind.count)
    return describe(Declared([route for kind in KINDS for route in kind.routes], shown, counted))


async def openapi(services: Services, request: Request) -> Response:
    headers = {**NO_STORE, "Access-Control-Allow-Origin": "*"}
    return Response(openapi_document(), 200, headers, "application/json")


ROUTES: Final[tuple[ApiRoute, ...]] = (
    *(route for kind in KINDS for route in kind.routes),
    *counts.ROUTES,
    *snapshot.ROUTES,
    *me.ROUTES,
    ApiRoute("GET", "/said", SAID.answer),
    *service_routes.ROUTES,
    ApiRoute("GET", "/openapi.json", openapi),
)


def with_limits_of_kinds(settings: Settings) -> Settings:
    """The settings, with the limits that kinds declare where nobody set others; none where limits are off."""
    if settings.limits is None:
        return settings
    declared = {rule: limits for kind in KINDS for rule, limits in kind.limits.items()}
    return replace(settings, limits={**declared, **settings.limits})
