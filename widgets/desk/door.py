"""Owns the desk's door, the one place where every request is checked: origin, session, token, right, reach."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from widgets.desk.call import BY_ACT, Call, Way
from widgets.desk.pages import HEADERS, refusal
from widgets.desk.refusals import Refused
from widgets.desk.rights import RIGHTS, may
from widgets.desk.sessions import PATH, read_session, right_csrf
from widgets.desk.words import Words
from widgets.function.incoming import check_headers, read_write
from widgets.function.problems import Problem
from widgets.function.services import Services
from widgets.store.records import Comment, Conflict, Gone

_COMMENT: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")


def endpoint(services: Services, ways: Sequence[Way]) -> Callable[[Request], Awaitable[Response]]:
    """What answers at one path."""
    by_method: Mapping[str, Way] = {way.method: way for way in ways}

    async def answer(request: Request) -> Response:
        words = Words(request.headers.get("accept-language", ""))
        way = by_method["GET" if request.method == "HEAD" else request.method]
        call = Call(services, request, words, await services.manifest.current())
        try:
            call = await _let_in(call, way)
            return await way.handler(call)
        except Refused as refused:
            if refused.key == "signed-out" and way.method == "GET":
                return RedirectResponse(f"{PATH}/sign-in", 303, HEADERS)
            return refusal(call, refused)
        except (Conflict, Gone):
            return refusal(call, Refused(409, "changed"))
        except Problem as problem:
            if problem.code != "rate-limited":
                raise
            response = refusal(call, Refused(429, "slow"))
            response.headers["Retry-After"] = str(problem.retry_after or 60)
            return response

    return answer


async def _let_in(call: Call, way: Way) -> Call:
    """The call with all that its handler needs. Raises Refused."""
    form: Mapping[str, Sequence[str]] = {}
    origin = ""
    if way.method == "POST":
        origin, form = await _read_form(call)
    session = await read_session(call.services, call.request)
    call = Call(
        call.services, call.request, call.words, call.manifest, origin=origin, session=session, form=form
    )
    if way.right is None:
        return call
    if session is None:
        raise Refused(401, "signed-out")
    if way.method == "POST" and not right_csrf(session, call.sent("csrf")):
        raise Refused(403, "csrf")
    right = call.request.path_params["act"] if way.right == BY_ACT else way.right
    if right not in RIGHTS:
        raise Refused(404, "not-found")
    comment = await _comment(call)
    if not may(session.staff, right, comment.condition if comment else None):
        raise Refused(403, "forbidden")
    return Call(call.services, call.request, call.words, call.manifest, origin, session, comment, form)


async def _comment(call: Call) -> Comment | None:
    """The comment that the path names. What this person may not know of does not exist."""
    id_ = call.request.path_params.get("comment")
    if id_ is None:
        return None
    comment = await call.services.store.comment(id_) if _COMMENT.fullmatch(id_) else None
    if comment is None or not call.reaches(comment):
        raise Refused(404, "not-found")
    return comment


async def _read_form(call: Call) -> tuple[str, Mapping[str, Sequence[str]]]:
    """A post from a page of the desk itself, and no other: the API's checks, and same-origin beside them."""
    try:
        check_headers(call.request)
        if call.request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Problem("origin-refused")
        write = await read_write(call.request, call.services)
        if not write.is_form:
            raise Problem("content-type")
        return write.origin, write.form()
    except Problem as problem:
        refused = problem.code in ("origin-missing", "origin-refused")
        raise Refused(problem.status, "origin" if refused else "malformed") from None
