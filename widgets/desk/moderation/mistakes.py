"""Owns the desk's list of mistakes that readers reported: page, passage, words; who has seen a plea in one; and that one is
dealt with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.moderation.assignments import assigned_words, claim_report, end
from widgets.desk.moderation.comment_cards import of_children, urgency_step
from widgets.desk.moderation.place import done_at, sent_place
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.desk.strings import day_words
from widgets.function.text.mistakes import MISTAKE, Reported, read_mistakes

_DAY = 86_400
_SHOWN = 100
_FOUND_BY = 8  # words of a passage by which the browser finds it in the page


async def show(request: DeskRequest) -> Response:
    """Pleas first; then the oldest, since somebody may wait for the page to be right."""
    found = await within_reach(request, "mistakes")
    assigned = await assigned_words(request, [one.id for one in found[:_SHOWN] if one.mistake.urgency])
    shown = [mistake_card(request, one, assigned) for one in found[:_SHOWN]]
    return page(request, "mistakes", mistakes=shown, count=len(found))


async def done(request: DeskRequest) -> Response:
    """Delete one that was dealt with."""
    wanted = request.sent("mistake")
    if wanted not in {one.id for one in await within_reach(request, "mistakes")}:
        raise Refused(404, "not-found")
    await request.services.store.drop_desk_row(MISTAKE, wanted)
    await end(request.services.store, wanted)
    return RedirectResponse(f"{PATH}/mistakes", 303, HEADERS)


async def note_seen(request: DeskRequest) -> Response:
    """ "Seen, I am on it", for a plea in a report. Of two, the first has it. Raises Refused."""
    wanted = request.sent("mistake")
    found = {one.id: one for one in await within_reach(request, "claim")}
    if wanted not in found or not found[wanted].mistake.urgency:
        raise Refused(404, "not-found")
    entry = await claim_report(request, wanted, found[wanted].mistake.condition)
    if request.http.query_params.get("queue"):
        return done_at([entry], replace(sent_place(request), next=wanted))
    return RedirectResponse(f"{PATH}/mistakes", 303, HEADERS)


async def within_reach(request: DeskRequest, right: str) -> list[Reported]:
    found = await read_mistakes(request.services.store, request.services.now())
    return [one for one in found if may(request.staff, right, one.mistake.condition)]


def mistake_card(
    request: DeskRequest, one: Reported, assigned: Mapping[str, tuple[str, bool]] | None = None
) -> dict[str, Any]:
    """What a template may see of a report. `assigned`: by id, who is on it in words, and whether it is the reader."""
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
        "day": day_words(mistake.day * _DAY),
        "pleads": bool(mistake.urgency),
        "urgency": mistake.urgency,
        "urgency_words": request.words(f"urgency.{urgency_step(mistake.urgency)}"),
        "reasons": [request.words.known("reason", reason) for reason in mistake.held]
        + of_children(request, mistake.held),
        "assigned": (assigned or {}).get(one.id, ("", False))[0],
    }
