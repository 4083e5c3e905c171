"""Owns the answers to writes and to single persons: JSON, a way back for forms, a problem; never cached."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.function.incoming import COOKIE, PLAIN_COOKIE, Write
from widgets.function.services import Services

_COOKIE_SECONDS = 400 * 86_400  # the longest that browsers keep one
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def json_answer(document: Any, origin: str | None = None, status: int = 200) -> Response:
    """*origin* may read it; it was checked when the request came in."""
    response = Response(msgspec.json.encode(document), status, NO_STORE, "application/json")
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Vary"] = "Origin"
    return response


def member_of_form(services: Services, write: Write) -> tuple[str, bool]:
    """The device key of a form's sender, made now if this is the first contribution; and whether it was."""
    if write.device is not None:
        return write.device, False
    return services.settings.random(16).hex(), True


def way_back(write: Write, path: str, *, fragment: str = "") -> Response:
    """303 to a page on the site that posted; `path` is from the manifest or from that site's own Referer."""
    target = f"{write.origin}{path}" + (f"#{fragment}" if fragment else "")
    return Response(status_code=303, headers={**NO_STORE, "Location": target})


def set_key(response: Response, services: Services, device: str) -> None:
    secure = services.settings.secure_cookie
    response.set_cookie(
        COOKIE if secure else PLAIN_COOKIE,
        device,
        max_age=_COOKIE_SECONDS,
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def drop_key(response: Response, services: Services) -> None:
    secure = services.settings.secure_cookie
    response.delete_cookie(
        COOKIE if secure else PLAIN_COOKIE, path="/", secure=secure, httponly=True, samesite="strict"
    )


def cookie_sent(request: Request, services: Services) -> bool:
    return (COOKIE if services.settings.secure_cookie else PLAIN_COOKIE) in request.cookies
