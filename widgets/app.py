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

from widgets.contract.problems import Problem
from widgets.function.http.middleware import FunctionMiddleware
from widgets.function.http.routing import mount
from widgets.function.routes import ROUTES, with_limits_of_kinds
from widgets.function.state.services import Services, open_services
from widgets.function.state.settings import Settings
from widgets.rules.preload import preload
from widgets.store.records import StoreError

_HOUR = 3_600.0


def create_app(settings: Settings, services: Services | None = None) -> Starlette:
    """The function as an ASGI application; all its routes lie under `/api/v1` and `/desk`.

    Opens the stores at once and raises StoreError where it cannot. Where no server runs the application's lifespan (a
    mounted one, Lambda), the owner calls `await app.state.services.close()` at the end, and the lists and weights by which
    texts are judged are read with the first text: most cold starts answer a reader.
    """
    opened = services or open_services(with_limits_of_kinds(settings))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        preload()
        purging = asyncio.create_task(_purge_hourly(opened))
        opened.alerts.start()
        opened.build_hook.start()
        try:
            yield
        finally:
            purging.cancel()
            with suppress(asyncio.CancelledError):
                await purging
            await opened.close()

    app = Starlette(
        routes=[*mount(opened, ROUTES), Route("/desk", _to_desk), Mount("/desk", _Desk(opened))],
        middleware=[Middleware(FunctionMiddleware, services=opened)],
        exception_handlers={HTTPException: _no_route},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.services = opened
    return app


async def _to_desk(request: Request) -> Response:
    return RedirectResponse("/desk/", 308)


class _Desk:
    """The desk, imported with the first request for one of its pages, so that a cold start for readers stays short."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            from widgets.desk.routes import make_desk

            self._app = make_desk(self._services)
        await self._app(scope, receive, send)


async def _purge_hourly(services: Services) -> None:
    while True:
        with suppress(StoreError):
            await services.purge()
        await asyncio.sleep(_HOUR)


def _no_route(request: Request, error: Exception) -> Response:
    wrong_method = isinstance(error, HTTPException) and error.status_code == 405
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    code = "method-not-allowed" if wrong_method else "not-found"
    raise Problem(code, headers=headers)  # the middleware answers it, as any refusal
