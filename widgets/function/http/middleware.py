"""Owns the middleware: cached public answers, CORS preflights, errors without details, an access log without
personal data."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from widgets.contract.problems import Problem
from widgets.function.http.incoming import FORM, content_type, known_key, wants_html
from widgets.function.http.sent_words import SentBody, place_of, words_in
from widgets.function.pages.help_lines import help_fields
from widgets.function.pages.refused import refusal_page
from widgets.function.state.public_answers import send_entry
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase, remedy
from widgets.function.text.refused_pleas import RefusedPlea, help_refused
from widgets.store.records import Busy, NewerStore, OnceMismatch

log = logging.getLogger("gatherwell.function")

_ALLOWED_HEADERS = "Content-Type, Gatherwell-Key, Gatherwell-News, Idempotency-Key"
_UPGRADE_SECONDS = 300  # until an operator may have upgraded a function that is older than its store
_ALLOWED_METHODS = "GET, HEAD, POST, PATCH, DELETE"


class FunctionMiddleware:
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
        # The route's pattern, not the path: a path names a condition, so a log line could tell what somebody has.
        route = scope.get("route")
        took = (time.perf_counter() - started) * 1000
        log.info("%s %s %d %.1f ms", scope["method"], getattr(route, "path", "-"), status, took)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        services = self._services
        started = False
        body = SentBody(receive)

        async def note_start(message: Message) -> None:
            nonlocal started
            started = True
            if scope["method"] == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}  # not every platform takes it away
            await send(message)

        try:
            if scope["method"] in ("GET", "HEAD"):
                entry = services.answers.find(scope, services.manifest.cached(), services.store)
                if entry is not None:
                    await send_entry(entry, scope, send)
                    return
            elif scope["method"] == "OPTIONS" and (response := await self._preflight(scope)):
                await response(scope, receive, send)
                return
            await self._app(scope, body.receive, note_start)
        except Exception as error:
            problem = _problem_of(error)
            if problem.code == "internal":
                log.error("%s while answering a %s", _where(error), scope["method"])
            elif isinstance(error, (Busy, NewerStore)):
                log.warning("%s", error)  # the store's own message: an operator must learn of a full disk
            if started:
                return  # too late for an answer; the server closes the connection
            plea, lang = await self._refused_plea(problem, scope, body)
            page = _page_language(scope, body)
            await problem_response(problem, scope, plea, lang, page)(scope, receive, note_start)

    async def _refused_plea(
        self, problem: Problem, scope: Scope, body: SentBody
    ) -> tuple[RefusedPlea | None, str]:
        """Whatever the code: who was refused a plea is helped in this very answer. With it the language of the words, empty
        where nothing says it. Never raises."""
        place = place_of(scope)
        if place is None:
            return None, ""
        try:
            late = problem.code == "body-timeout"  # it was waited for already
            sent = await body.read(0 if late else self._services.settings.body_seconds)
            words, request = words_in(sent, Headers(scope=scope)), Request(scope)
            device = known_key(request, self._services.settings.secure_cookie)
            plea = await help_refused(self._services, problem, place, words, device)
            return plea, words.fields.get("lang", "")
        except Exception as error:  # the refusal itself must be answered
            log.error("%s while looking for a plea in a refused text", _where(error))
            return None, ""

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


def _page_language(scope: Scope, body: SentBody) -> str:
    """What the page that asked says of its language: in the address, or in a form as far as it came; else empty."""
    request = Request(scope)
    if scope["method"] in ("GET", "HEAD"):
        return request.query_params.get("lang", "")
    return (
        words_in(body.came, request.headers).fields.get("lang", "") if content_type(request) == FORM else ""
    )


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Busy):
        return Problem("busy", retry_after=1)
    if isinstance(error, NewerStore):
        return Problem("busy", retry_after=_UPGRADE_SECONDS)
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


def problem_response(
    problem: Problem, scope: Scope, plea: RefusedPlea | None = None, lang: str = "", page: str = ""
) -> Response:
    """JSON for programs, a page for people. Any origin may read it: it holds nothing but what it was sent. *lang* is that of
    the words that were refused, *page* that of the page which asked."""
    headers = Headers(scope=scope)
    if wants_html(headers) and "gatherwell-key" not in headers:
        asked = f"{page},{headers.get('accept-language', '')}"
        response = refusal_page(problem, asked, scope["path"], plea)
    else:
        response = _ProblemJson(problem, plea, lang or headers.get("accept-language", ""), told=bool(lang))
    for name, value in problem.headers.items():
        response.headers[name] = value
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


class _ProblemJson(Response):
    media_type = "application/problem+json"

    def __init__(self, problem: Problem, plea: RefusedPlea | None, asked: str, *, told: bool) -> None:
        """*told*: an element sent words, and says why they were refused."""
        lang = language(asked)
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        document = problem.document()
        if told:
            document["said"] = f"{phrase(lang, f'title.{problem.code}')}. {remedy(lang, problem)}"
        if plea is not None and plea.given:
            document.update(help_fields(plea.given, lang, plea.said))
        super().__init__(msgspec.json.encode(document), problem.status, headers)
