"""Owns what a route of the API is, and how routes are mounted below `/api/v1`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from widgets.function.state.services import Services

PREFIX: Final = "/api/v1"

Handler = Callable[[Services, Request], Awaitable[Response]]
Shape = type[msgspec.Struct]


@dataclass(frozen=True, slots=True)
class Described:
    """What the OpenAPI description says of a route that the contract's `routes.json` does not list.

    `form` is field → meaning, for posts without JavaScript; a form is answered by 303, or with `page` by a page. `public`
    answers are the same for everybody and may be 75 s old; the others are a member's own and never cached.
    """

    summary: str
    answer: Shape
    request: Shape | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    status: str = "200"
    page: bool = False


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """`path` is below the prefix. Without `described` the contract's `routes.json` describes it."""

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    handler: Handler
    described: Described | None = None


def mount(services: Services, routes: Sequence[ApiRoute]) -> list[Route]:
    """Routes of one path are gathered, so that a wrong method answers 405 with all the right ones."""
    by_path: dict[str, dict[str, Handler]] = {}
    for route in routes:
        by_path.setdefault(route.path, {})[route.method] = route.handler
    return [
        Route(PREFIX + path, _endpoint(services, handlers), methods=list(handlers))
        for path, handlers in by_path.items()
    ]


def _endpoint(services: Services, handlers: dict[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await handlers[method](services, request)

    return endpoint
