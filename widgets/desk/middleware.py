"""Owns the checks that every request to the desk passes: origin, session, CSRF token, right, condition."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from widgets.contract.problems import Problem
from widgets.desk.auth.rights import RIGHTS, may
from widgets.desk.auth.sessions import PATH, read_session, right_csrf
from widgets.desk.pages.frame import HEADERS, refusal
from widgets.desk.refusals import Refused
from widgets.desk.request import BY_ACTION, COMMENT_ID, DeskRequest, DeskRoute
from widgets.desk.strings import Words
from widgets.function.http.incoming import check_headers, read_write
from widgets.function.state.services import Services
from widgets.function.text.voices import voice_of
from widgets.rules.voices.asked import MOST_CHARACTERS
from widgets.store.records import Busy, Comment, Conflict, Gone, NameTaken
from widgets.store.voices import Voice

log = logging.getLogger("gatherwell.function")
# What may be tried again, by the code of the problem: status, the desk's words, and seconds to wait where nothing says how many.
_LATER: Final = {"rate-limited": (429, "slow", 60), "busy": (503, "busy", 1)}


def endpoint(services: Services, routes: Sequence[DeskRoute]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of one path, for all its methods."""
    by_method: Mapping[str, DeskRoute] = {route.method: route for route in routes}

    async def answer(http_request: Request) -> Response:
        words = Words(http_request.headers.get("accept-language", ""))
        route = by_method["GET" if http_request.method == "HEAD" else http_request.method]
        request = DeskRequest(services, http_request, words, await services.manifest.current())
        try:
            request = await _read(request, route)
            request = await _let_in(await _recognise(request, route), route)
            return await route.handler(request)
        except Refused as refused:
            if refused.key == "signed-out" and route.method == "GET":
                return RedirectResponse(f"{PATH}/sign-in", 303, HEADERS)
            return refusal(request, refused)
        except (Conflict, Gone) as error:
            return refusal(request, Refused(409, "changed"), typed=not isinstance(error, Gone))
        except NameTaken:
            return refusal(request, Refused(409, "name-taken"))
        except Busy as error:
            log.warning("%s", error)  # the store's own message: an operator must learn of a full disk
            return _later(request, "busy")
        except Problem as problem:
            if problem.code not in _LATER:
                raise
            return _later(request, problem.code, problem.retry_after)

    return answer


def _later(request: DeskRequest, code: str, seconds: int | None = None) -> Response:
    status, key, least = _LATER[code]
    response = refusal(request, Refused(status, key))
    response.headers["Retry-After"] = str(seconds or least)
    return response


async def _read(request: DeskRequest, route: DeskRoute) -> DeskRequest:
    """The request with its form; a refusal after this gives back what was typed. Raises Refused."""
    if route.method != "POST":
        return request
    origin, form = await _read_form(request)
    return replace(request, origin=origin, form=form)


async def _recognise(request: DeskRequest, route: DeskRoute) -> DeskRequest:
    """The request with its session, if it has one."""
    session = await read_session(request.services, request.http)
    if session is None and route.method == "POST":
        address = request.services.addresses.of(request.http)
        await request.services.rate_limits.draw("desk-enter", address)
    return replace(request, session=session)


async def _let_in(request: DeskRequest, route: DeskRoute) -> DeskRequest:
    """The request with what it is about, once all checks have passed. Raises Refused."""
    session = request.session
    if route.right is None:
        return request
    if session is None:
        raise Refused(401, "signed-out")
    if route.method == "POST" and not right_csrf(session, request.sent("csrf")):
        raise Refused(403, "csrf")
    right = request.http.path_params["act"] if route.right == BY_ACTION else route.right
    if right not in RIGHTS:
        raise Refused(404, "not-found")
    comment, voice = await _comment(request), await _voice(request) or await _question(request)
    about = comment or voice
    if not may(session.staff, right, about.condition if about else None):
        raise Refused(403, "forbidden")
    return replace(request, given=comment, told=voice)


async def _comment(request: DeskRequest) -> Comment | None:
    """The comment that the path names. Raises Refused not-found, also where this person may not see it."""
    id_ = request.http.path_params.get("comment")
    if id_ is None:
        return None
    comment = await request.services.store.comment(id_) if COMMENT_ID.fullmatch(id_) else None
    if comment is None or not request.reaches(comment):
        raise Refused(404, "not-found")
    return comment


async def _voice(request: DeskRequest) -> Voice | None:
    """The story or question that the path names. Raises Refused not-found, also where this person may not see it."""
    id_ = request.http.path_params.get("voice")
    if id_ is None:
        return None
    voice = await voice_of(request.services, id_)
    if voice is None or not may(request.staff, "voices", voice.condition):
        raise Refused(404, "not-found")
    return voice


async def _question(request: DeskRequest) -> Voice | None:
    """The published question that the path names, which everybody can read. Raises Refused not-found, also where it is another
    condition's."""
    id_ = request.http.path_params.get("question")
    if id_ is None:
        return None
    voice = await voice_of(request.services, id_)
    asked = voice is not None and (voice.kind, voice.state) == ("question", "published")
    if voice is None or not asked or not may(request.staff, "read", voice.condition):
        raise Refused(404, "not-found")
    return voice


async def _read_form(request: DeskRequest) -> tuple[str, Mapping[str, Sequence[str]]]:
    """The form of a post from the desk's own pages: the API's checks, and same-origin as well. Raises Refused."""
    try:
        check_headers(request.http)
        if request.http.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Problem("origin-refused")
        write = await read_write(request.http, request.services, MOST_CHARACTERS)
        if not write.is_form:
            raise Problem("content-type")
        return write.origin, write.form()
    except Problem as problem:
        refused = problem.code in ("origin-missing", "origin-refused")
        raise Refused(problem.status, "origin" if refused else "malformed") from None
