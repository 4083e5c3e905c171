"""Owns the page that a form's sender sees: what happened, whether a cookie was set, the way back."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.manifest import Manifest
from widgets.function.pages.page import html_page, language, link, paragraph, phrase
from widgets.function.problems import Problem
from widgets.function.services import Services

WHAT: Final = frozenset({"voted", "reacted", "held", "published", "flagged", "withdrawn", "erased"})
_PLACE: Final = "/api/v1/said"


def to_said(what: str, *, lang: str = "", poll: str = "", thread: str = "", first: bool = False) -> Response:
    """303, so that reloading the answer does not post again. All values are of ours or looked up before."""
    query = {
        "what": what,
        "poll": poll,
        "thread": thread,
        "lang": language(lang),
        "first": "1" if first else "",
    }
    target = f"{_PLACE}?{urlencode({name: value for name, value in query.items() if value})}"
    return Response(status_code=303, headers={"Cache-Control": "no-store", "Location": target})


async def said(services: Services, request: Request) -> Response:
    query = request.query_params
    what = query.get("what", "")
    if what not in WHAT:
        raise Problem("not-found")
    lang = language(query.get("lang", request.headers.get("accept-language", "")))
    parts = [paragraph(phrase(lang, what))]
    if query.get("first") == "1":
        parts.append(paragraph(phrase(lang, "cookie")))
    manifest = await services.manifest.current()
    back = _back(services, manifest, request, lang)
    if back:
        parts.append(link(back, phrase(lang, "back")))
    if what != "erased":
        parts.append(link("/api/v1/me", phrase(lang, "see-mine")))
    return html_page(lang, phrase(lang, f"{what}-title"), parts)


def _back(services: Services, manifest: Manifest, request: Request, lang: str) -> str | None:
    item = manifest.polls.get(request.query_params.get("poll", "")) or manifest.threads.get(
        request.query_params.get("thread", "")
    )
    if item is None:
        return None
    path = manifest.page_path(item.pages, lang)
    here = f"{request.url.scheme}://{request.url.netloc}"
    ours = services.own_origin(manifest, here)
    return path if ours else manifest.conditions[item.condition].origin + path


ROUTES: Final = (("GET", "/said", said),)
