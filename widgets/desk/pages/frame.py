"""Owns the frame of the desk's pages: templates, headers, the error page, static files."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from widgets.desk.auth.rights import may
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.desk.strings import moment_words, stamp

_HERE: Final = Path(__file__).parent
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_PLACES: Final = (
    "queue",
    "unanswered",
    "texts",
    "voices",
    "mistakes",
    "search",
    "alarms",
    "load",
    "audit",
    "account",
)
# Asked for seldom: they stand behind one word, so that a phone's screen is left for the queue.
_RARE: Final = ("alarms", "load", "audit", "account")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = moment_words
    environment.filters["stamp"] = stamp
    return environment


def page(request: DeskRequest, template: str, status: int = 200, **context: Any) -> Response:
    session = request.session
    places = [place for place in _PLACES if session and may(session.staff, place)]
    text = (
        _templates()
        .get_template(f"{template}.html")
        .render(
            t=request.words,
            lang=request.words.lang,
            staff=session.staff if session else None,
            csrf=session.csrf if session else "",
            places=places,
            rare=[place for place in places if place in _RARE],
            here=template,
            now=request.services.now(),
            **context,
        )
    )
    return Response(text, status, HEADERS, "text/html; charset=utf-8")


def refusal(request: DeskRequest, refused: Refused, *, typed: bool = True) -> Response:
    """*typed*: what was written is given back. Nothing is of what the desk no longer has: its writer may have erased it."""
    text = request.words(f"refused.{refused.key}", **refused.values)
    given = request.typed() if typed and refused.status != HTTPStatus.NOT_FOUND else []
    return page(request, "refused", refused.status, text=text, typed=given)


async def asset(request: DeskRequest) -> Response:
    path = _HERE / "assets" / request.http.path_params["name"]
    kind = _TYPES.get(path.suffix)
    if kind is None or path.parent != _HERE / "assets" or not path.is_file():
        raise Refused(404, "not-found")
    return Response(path.read_bytes(), 200, HEADERS, kind)
