"""Owns sessions: a cookie with a random token, its hash in the store, an idle timeout."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from widgets.desk.auth.people import SESSION, Staff, read_staff, token_hash
from widgets.function.state.services import Services
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Busy, Conflict

# `__Host-` would need Path=/: this cookie goes to the desk alone.
COOKIE: Final = "__Secure-gw-desk"
PLAIN_COOKIE: Final = "gw-desk"  # the preview over plain http: browsers refuse the other there
IDLE_SECONDS: Final = 12 * 3_600
LONGEST_SECONDS: Final = 14 * 86_400  # however busy
_TOUCH_SECONDS: Final = 300  # so that not every page view writes
PATH: Final = "/desk"


@dataclass(frozen=True, slots=True)
class Session:
    staff: Staff
    csrf: str
    row: DeskRow


def cookie_name(services: Services) -> str:
    return COOKIE if services.settings.secure_cookie else PLAIN_COOKIE


async def open_session(
    services: Services, request: Request, response: Response, staff: Staff, by: str
) -> None:
    """Start a session with a new token. The session that the browser sent, whosever it was, is closed."""
    await close_session(services, request)
    token = services.settings.random(32).hex()
    now = services.now()
    value = {"staff": staff.id, "created": now, "seen": now, "by": by}
    await services.store.keep_desk_row(DeskRow(SESSION, token_hash(token), value, now + IDLE_SECONDS))
    await services.store.append_audit(AuditEntry(services.new_id(), now, staff.id, "sign-in", reason=by))
    response.set_cookie(
        cookie_name(services),
        token,
        max_age=LONGEST_SECONDS,
        path=PATH,
        secure=services.settings.secure_cookie,
        httponly=True,
        samesite="strict",
    )


async def read_session(services: Services, request: Request) -> Session | None:
    """The session of the cookie, None where it expired. Reading it extends the idle timeout."""
    token = request.cookies.get(cookie_name(services), "")
    row = await services.store.desk_row(SESSION, token_hash(token)) if token else None
    now = services.now()
    if row is None or row.expires is None or now >= row.expires:
        return None
    staff = await read_staff(services.store, row.value["staff"])
    if staff is None:
        return None
    if now - row.value["seen"] >= _TOUCH_SECONDS:
        end = min(now + IDLE_SECONDS, row.value["created"] + LONGEST_SECONDS)
        try:
            row = await services.store.keep_desk_row(
                replace(row, value={**row.value, "seen": now}, expires=end)
            )
        except Conflict:  # another page of the same browser did it, or the session has just ended
            return await read_session(services, request)
        except Busy:  # a full disk: the desk can still be read, and the timeout runs on
            pass
    return Session(staff, services.keys.digest("desk-csrf", token), row)


def right_csrf(session: Session, sent: str) -> bool:
    return hmac.compare_digest(session.csrf.encode(), sent.encode("utf-8", "surrogatepass"))


async def close_session(services: Services, request: Request) -> None:
    token = request.cookies.get(cookie_name(services), "")
    if token:
        await services.store.drop_desk_row(SESSION, token_hash(token))


def forget_cookie(services: Services, response: Response) -> None:
    response.delete_cookie(
        cookie_name(services),
        path=PATH,
        secure=services.settings.secure_cookie,
        httponly=True,
        samesite="strict",
    )
