"""Owns the app: settings in, one Starlette application out, the same under every adapter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from widgets.function import me, service_routes
from widgets.function.door import Door, problem_response
from widgets.function.kinds import KINDS
from widgets.function.kinds.kind import mount
from widgets.function.pages import said
from widgets.function.problems import Problem
from widgets.function.services import Services, open_services
from widgets.function.settings import Settings
from widgets.store.records import StoreError

_HOUR = 3_600.0


def create_app(settings: Settings, services: Services | None = None) -> Starlette:
    """The function as an ASGI application; all its routes lie under `/api/v1` and `/desk`.

    Opens the stores at once and raises StoreError where it cannot. Where no server runs the application's
    lifespan (a mounted one), the owner calls `await app.state.services.close()` at the end.
    """
    opened = services or open_services(settings)
    routes = [route for kind in KINDS for route in kind.routes]
    routes += [*me.ROUTES, *said.ROUTES, *service_routes.ROUTES]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        forgetting = asyncio.create_task(_forget_hourly(opened))
        try:
            yield
        finally:
            forgetting.cancel()
            with suppress(asyncio.CancelledError):
                await forgetting
            await opened.close()

    app = Starlette(
        routes=[*mount(opened, routes), Route("/desk", _to_desk), Mount("/desk", _Desk(opened))],
        middleware=[Middleware(Door, services=opened)],
        exception_handlers={HTTPException: _no_route},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.services = opened
    return app


async def _to_desk(request: Request) -> Response:
    return RedirectResponse("/desk/", 308)


class _Desk:
    """The moderators' pages, loaded with the first request for one: those who read do not pay for them."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            from widgets.desk.app import make_desk

            self._app = make_desk(self._services)
        await self._app(scope, receive, send)


async def _forget_hourly(services: Services) -> None:
    while True:
        with suppress(StoreError):
            await services.forget()
        await asyncio.sleep(_HOUR)


def _no_route(request: Request, error: Exception) -> Response:
    wrong_method = isinstance(error, HTTPException) and error.status_code == 405
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    code = "method-not-allowed" if wrong_method else "not-found"
    return problem_response(Problem(code, headers=headers), request.scope)
