"""Owns the digest for staff: a private Atom feed (RFC 4287) that counts what waits, without a word of members, a name or a
condition, and links to the desk."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.feeds import Feed, end_feed, fetched, make_feed
from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.moderation.for_you import read_waiting
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.desk.strings import Words
from widgets.function.shapes import moment
from widgets.rules.voices.states import WAITING

_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_DAY: Final = 86_400
_HOUR: Final = 3_600
_MOST: Final = 200  # posts of the queue that are counted


async def make(request: DeskRequest) -> Response:
    """The page that shows the feed's address this once."""
    token = await make_feed(request.services, request.staff, request.origin, request.words.lang)
    return page(request, "feed", address=f"{request.origin}{PATH}/feed/{token}.atom")


async def end(request: DeskRequest) -> Response:
    await end_feed(request.services, request.staff)
    return RedirectResponse(f"{PATH}/account", 303, HEADERS)


async def show(request: DeskRequest) -> Response:
    """Whoever has the address: no session is asked for, and none is extended. Guesses are limited."""
    token = request.http.path_params["token"]
    feed = await fetched(request.services, token) if _TOKEN.fullmatch(token) else None
    if feed is None:
        await request.services.rate_limits.draw("desk-enter", request.services.addresses.of(request.http))
        raise Refused(404, "feed-gone")
    lines = await _lines(request, feed, Words(feed.lang))
    content = _atom(feed, lines, request.services.now())
    return Response(content, 200, HEADERS, "application/atom+xml; charset=utf-8")


async def _lines(request: DeskRequest, feed: Feed, words: Words) -> list[str]:
    """What waits for this person, each with its number; nothing of what does not wait."""
    services, staff = request.services, feed.staff
    waiting = await read_waiting(services, staff.conditions)
    counts = {
        "clinician": len(waiting.asking) + len(waiting.questions_asking),
        "questions": len(waiting.questions),
        "posts": len(waiting.posts),
    }
    if may(staff, "voices"):
        counts["voices"] = len(await services.store.voices.listed(WAITING, staff.conditions))
    if may(staff, "queue"):
        counts["queue"] = len(await services.store.queue(_MOST, None, staff.conditions))
    return [words.count(f"digest.{name}", n) for name, n in counts.items() if n]


def _atom(feed: Feed, lines: list[str], now: int) -> bytes:
    """One entry a day while something waits; within a day its numbers change by the hour."""
    words, today = Words(feed.lang), now // _DAY * _DAY
    own = f"{feed.origin}{PATH}/"
    page_ = f"{own}unanswered"
    day = moment(today)[:10]
    entry = [
        f"<entry><id>{escape(own)}#digest-{day}</id><title>{escape(words('digest.title', day=day))}</title>",
        f"<link rel='alternate' type='text/html' href={quoteattr(page_)}/>",
        f"<author><name>{escape(words('desk'))}</name></author>",
        f"<published>{moment(today)}</published><updated>{moment(now // _HOUR * _HOUR)}</updated>",
        f"<content type='text'>{escape(' '.join(lines))}</content></entry>",
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words.lang}">',
            f"<id>{escape(own)}#digest</id>",
            f"<title>{escape(words('digest'))}</title>",
            f"<updated>{moment(now // _HOUR * _HOUR if lines else today)}</updated>",
            f"<link rel='alternate' type='text/html' href={quoteattr(page_)}/>",
            *(entry if lines else []),
            "</feed>",
            "",
        ]
    ).encode()
