"""Owns signing in by a one-time link, signing out, and the sign-in page."""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.passkeys import available
from widgets.desk.auth.people import SESSION, Staff, drop_rows_of, knows_invitation, take_invitation
from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH, close_session, forget_cookie, open_session
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest

_TOKEN: Final = re.compile(r"[0-9a-f]{64}")


def home(staff: Staff) -> str:
    """The page that a person starts on: where texts wait for them."""
    return f"{PATH}/" if may(staff, "queue") else f"{PATH}/unanswered"


async def sign_in_page(request: DeskRequest) -> Response:
    if request.session is not None:
        return RedirectResponse(home(request.session.staff), 303, HEADERS)
    return page(request, "sign-in", available=available())


async def link_page(request: DeskRequest) -> Response:
    """A GET does not use the link up: mail programs and chats open links by themselves."""
    token = request.http.query_params.get("t", "")
    known = bool(_TOKEN.fullmatch(token)) and await knows_invitation(
        request.services.store, token, request.services.now()
    )
    if not known:
        raise Refused(410, "link")
    return page(request, "enter", token=token)


async def enter(request: DeskRequest) -> Response:
    token = request.sent("t")
    staff = (
        await take_invitation(request.services.store, token, request.services.now())
        if _TOKEN.fullmatch(token)
        else None
    )
    if staff is None:
        raise Refused(410, "link")
    response = RedirectResponse(f"{home(staff)}?new=1", 303, HEADERS)
    await open_session(request.services, request.http, response, staff, "link")
    return response


async def leave(request: DeskRequest) -> Response:
    """Sign out here, or, with `everywhere`, on every device."""
    await close_session(request.services, request.http)
    if request.sent("everywhere"):
        await drop_rows_of(request.services.store, (SESSION,), request.staff.id)
    response = RedirectResponse(f"{PATH}/sign-in", 303, HEADERS)
    forget_cookie(request.services, response)
    return response
