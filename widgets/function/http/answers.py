"""Owns answers that are never cached: JSON to writes and to one person, the redirect after a form, the cookie."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from widgets.function.http.incoming import COOKIE, PLAIN_COOKIE, Write
from widgets.function.state.services import Services

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
