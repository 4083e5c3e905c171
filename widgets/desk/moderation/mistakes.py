"""Owns the desk's list of mistakes that readers reported: page, passage, words; and that one is dealt with."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.text.mistakes import MISTAKE, Reported, read_mistakes

_DAY = 86_400
_SHOWN = 100
_FOUND_BY = 8  # words of a passage by which the browser finds it in the page


async def show(request: DeskRequest) -> Response:
    """The oldest first: somebody may wait for the page to be right."""
    found = await _within_reach(request)
    shown = [_shown(request, one) for one in found[:_SHOWN]]
    return page(request, "mistakes", mistakes=shown, count=len(found))


async def done(request: DeskRequest) -> Response:
    """Delete one that was dealt with."""
    wanted = request.sent("mistake")
    if wanted not in {one.id for one in await _within_reach(request)}:
        raise Refused(404, "not-found")
    await request.services.store.drop_desk_row(MISTAKE, wanted)
    return RedirectResponse(f"{PATH}/mistakes", 303, HEADERS)


async def _within_reach(request: DeskRequest) -> list[Reported]:
    found = await read_mistakes(request.services.store, request.services.now())
    return [one for one in found if may(request.staff, "mistakes", one.mistake.condition)]


def _shown(request: DeskRequest, one: Reported) -> dict[str, Any]:
    mistake, thread = one.mistake, request.manifest.threads.get(one.mistake.thread)
    condition = request.manifest.conditions.get(mistake.condition)
    url = ""
    if thread and condition:
        here = f"{request.http.url.scheme}://{request.http.url.netloc}"
        preview = (
            here in request.services.settings.extra_origins
        )  # whose pages are not yet where they will live
        url = ("" if preview else condition.origin) + request.manifest.page_path(thread.pages, mistake.lang)
        words = " ".join(mistake.passage.split()[:_FOUND_BY])
        url += f"#:~:text={quote(words, safe='')}".replace("-", "%2D") if words else ""
    return {
        "id": one.id,
        "title": thread.title if thread else mistake.thread,
        "condition": condition.title if condition else mistake.condition,
        "url": url,
        "text": mistake.text,
        "passage": mistake.passage,
        "lang": mistake.lang,
        "day": mistake.day * _DAY,
    }
