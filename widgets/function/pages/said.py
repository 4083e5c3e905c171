"""Owns the page that a form's sender sees: what happened, whether a cookie was set, the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from widgets.function.manifest import HelpLine, Manifest
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
    manifest = await services.manifest.current()
    back = way_back_to(
        services, manifest, request, poll=query.get("poll", ""), thread=query.get("thread", ""), lang=lang
    )
    return said_page(what, lang, back=back, first=query.get("first") == "1")


def said_page(
    what: str,
    lang_asked: str,
    *,
    back: str | None,
    first: bool = False,
    help_lines: Sequence[HelpLine] = (),
) -> Response:
    """What happened; where to turn, before all else, when there is need of it."""
    lang = language(lang_asked)
    parts = [*_help(lang, what, help_lines)] if help_lines else [paragraph(phrase(lang, what))]
    if first:
        parts.append(paragraph(phrase(lang, "cookie")))
    if back:
        parts.append(link(back, phrase(lang, "back")))
    if what != "erased":
        parts.append(link("/api/v1/me", phrase(lang, "see-mine")))
    return html_page(lang, phrase(lang, "help-title" if help_lines else f"{what}-title"), parts)


def _help(lang: str, what: str, lines: Sequence[HelpLine]) -> Iterator[str]:
    yield paragraph(phrase(lang, "help-intro"))
    yield "<ul>" + "".join(f"<li>{_line(line)}</li>" for line in lines) + "</ul>"
    yield paragraph(phrase(lang, f"help-{what}"))


def _line(line: HelpLine) -> str:
    parts = [escape(line.name)]
    if line.phone:
        digits = "".join(one for one in line.phone if one.isdigit() or one == "+")
        parts.append(f'<a href="tel:{digits}">{escape(line.phone)}</a>')
    if line.url:
        parts.append(f'<a href="{escape(line.url)}">{escape(line.url)}</a>')
    return " · ".join((*parts, *(escape(more) for more in (line.text, line.hours) if more)))


def way_back_to(
    services: Services,
    manifest: Manifest,
    request: Request,
    *,
    lang: str,
    poll: str = "",
    thread: str = "",
) -> str | None:
    item = manifest.polls.get(poll) or manifest.threads.get(thread)
    if item is None:
        return None
    path = manifest.page_path(item.pages, lang)
    here = f"{request.url.scheme}://{request.url.netloc}"
    ours = services.own_origin(manifest, here)
    return path if ours else manifest.conditions[item.condition].origin + path


ROUTES: Final = (("GET", "/said", said),)
