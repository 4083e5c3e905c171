"""Owns coming and going: the link that lets in once, signing out, and the page of those who are not in."""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import RedirectResponse, Response

from widgets.desk.call import Call
from widgets.desk.pages import HEADERS, page
from widgets.desk.people import SESSION, drop_rows_of, knows_invitation, take_invitation
from widgets.desk.refusals import Refused
from widgets.desk.rights import may
from widgets.desk.sessions import PATH, close_session, forget_cookie, open_session

_TOKEN: Final = re.compile(r"[0-9a-f]{64}")


def home(call: Call) -> str:
    """Where a person's work begins."""
    return f"{PATH}/" if call.session and may(call.session.staff, "queue") else f"{PATH}/unanswered"


async def sign_in_page(call: Call) -> Response:
    if call.session is not None:
        return RedirectResponse(home(call), 303, HEADERS)
    return page(call, "sign-in")


async def link_page(call: Call) -> Response:
    """Looking spends nothing: mail programs and chats open links by themselves."""
    token = call.request.query_params.get("t", "")
    known = bool(_TOKEN.fullmatch(token)) and await knows_invitation(
        call.services.store, token, call.services.now()
    )
    if not known:
        raise Refused(410, "link")
    return page(call, "enter", token=token)


async def enter(call: Call) -> Response:
    token = call.sent("t")
    await call.services.gate.draw("desk-enter", call.services.addresses.of(call.request))
    staff = (
        await take_invitation(call.services.store, token, call.services.now())
        if _TOKEN.fullmatch(token)
        else None
    )
    if staff is None:
        raise Refused(410, "link")
    response = RedirectResponse(f"{PATH}/account?new=1", 303, HEADERS)
    await open_session(call.services, call.request, response, staff, "link")
    return response


async def leave(call: Call) -> Response:
    """Sign out here, or, with `everywhere`, on every device."""
    await close_session(call.services, call.request)
    if call.sent("everywhere"):
        await drop_rows_of(call.services.store, (SESSION,), call.staff.id)
    response = RedirectResponse(f"{PATH}/sign-in", 303, HEADERS)
    forget_cookie(call.services, response)
    return response
