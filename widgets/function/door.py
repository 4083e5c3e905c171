"""Owns the door of the app: ready public answers, preflights, failures that tell nothing, a log without
persons."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus

import msgspec
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from widgets.function.incoming import wants_html
from widgets.function.pages.refused import refusal_page
from widgets.function.problems import Problem
from widgets.function.public_answers import send_entry
from widgets.function.services import Services
from widgets.store.records import Busy, OnceMismatch

log = logging.getLogger("gatherwell.function")

_ALLOWED_HEADERS = "Content-Type, Gatherwell-Key, Idempotency-Key"
_ALLOWED_METHODS = "GET, HEAD, POST, PATCH, DELETE"


class Door:
    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._services.settings.access_log:
            await self._logged(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _logged(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self._answer(scope, receive, watch)
        # The route's pattern and never the path: a path names a condition, a line of log could name a
        # person's.
        route = scope.get("route")
        took = (time.perf_counter() - started) * 1000
        log.info("%s %s %d %.1f ms", scope["method"], getattr(route, "path", "-"), status, took)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        services = self._services
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = True
            if scope["method"] == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}  # not every platform takes it away
            await send(message)

        try:
            if scope["method"] in ("GET", "HEAD"):
                entry = services.answers.find(scope, services.manifest.at_hand(), services.store)
                if entry is not None:
                    await send_entry(entry, scope, send)
                    return
            elif scope["method"] == "OPTIONS" and (response := await self._preflight(scope)):
                await response(scope, receive, send)
                return
            await self._app(scope, receive, note_start)
        except Exception as error:
            problem = _problem_of(error)
            if problem.code == "internal":
                log.error("%s while answering a %s", _where(error), scope["method"])
            elif isinstance(error, Busy):
                log.warning("%s", error)  # in the store's own words: an operator must learn of a full disk
            if started:
                return  # too late for an answer; the server closes the connection
            await problem_response(problem, scope)(scope, receive, note_start)

    async def _preflight(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or "access-control-request-method" not in headers:
            return None
        if not self._services.own_origin(await self._services.manifest.current(), origin):
            raise Problem("origin-refused")
        allowed = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": _ALLOWED_METHODS,
            "Access-Control-Allow-Headers": _ALLOWED_HEADERS,
            "Access-Control-Max-Age": "7200",
            "Cache-Control": "no-store",
            "Vary": "Origin",
        }
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=allowed)


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Busy):
        return Problem("busy", retry_after=1)
    if isinstance(error, OnceMismatch):
        return Problem("idempotency-mismatch")
    return Problem("internal")


def _where(error: BaseException) -> str:
    """Type and place of a bug; never its message, which may hold what somebody sent."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
    cause = f" ({_where(error.__cause__)})" if error.__cause__ else ""
    return f"{type(error).__name__}{place}{cause}"


def problem_response(problem: Problem, scope: Scope) -> Response:
    """JSON for programs, a page for people; readable to whichever own or foreign page asked, since it tells
    nothing."""
    headers = Headers(scope=scope)
    if wants_html(headers) and "gatherwell-key" not in headers:
        response = refusal_page(problem, headers.get("accept-language", ""))
    else:
        response = _ProblemJson(problem)
    for name, value in problem.headers.items():
        response.headers[name] = value
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


class _ProblemJson(Response):
    media_type = "application/problem+json"

    def __init__(self, problem: Problem) -> None:
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        super().__init__(msgspec.json.encode(problem.document()), problem.status, headers)
