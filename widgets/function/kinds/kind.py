"""Owns what a kind of contribution is: its routes, and how a member's part of it is shown and erased."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from widgets.function.services import Services

PREFIX: Final = "/api/v1"

Handler = Callable[[Services, Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which polls (with their versions), threads and conditions a member's export or erasure covers."""

    polls: Sequence[tuple[str, int]]
    threads: Sequence[str]
    conditions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """`export` and `erase` answer with parts of the documents of `me`, by name."""

    name: str
    routes: Sequence[tuple[str, str, Handler]]  # (method, path below the prefix, handler)
    export: Callable[[Services, str, Reach], Awaitable[dict[str, Any]]]
    erase: Callable[[Services, str, Reach], Awaitable[dict[str, int]]]


def mount(services: Services, routes: Sequence[tuple[str, str, Handler]]) -> list[Route]:
    """Routes of one path are gathered, so that a wrong method answers 405 with all the right ones."""
    by_path: dict[str, dict[str, Handler]] = {}
    for method, path, handler in routes:
        by_path.setdefault(path, {})[method] = handler
    return [
        Route(PREFIX + path, _endpoint(services, handlers), methods=list(handlers))
        for path, handlers in by_path.items()
    ]


def _endpoint(services: Services, handlers: dict[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await handlers[method](services, request)

    return endpoint
