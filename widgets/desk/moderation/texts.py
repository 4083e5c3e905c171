"""Owns the desk's page of free texts of surveys: apart from all answers, in an order of chance, pleas at once and alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.people import all_staff
from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.moderation.audited_store import StaffAction, entry_of
from widgets.desk.moderation.opened import note_opened
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.state.free_texts import K
from widgets.store.desk_records import DeskRow
from widgets.store.records import Conflict
from widgets.store.surveys import FreeText

SEEN: Final = "text-seen"  # kind of rows
SEEN_SECONDS: Final = 30 * 86_400
_MOST: Final = 200  # of a question, by chance


async def show(request: DeskRequest) -> Response:
    """A question's texts from k of them on: fewer could be told apart by who has answered lately."""
    await note_opened(request)
    questions = []
    for survey, question, texts in await _places(request):
        if len(texts) >= K:
            questions.append(_question(request, survey, question, texts))
    pleas = await _pleas(request)
    seen = await _seen(request)
    told = [
        {
            "text": text.text,
            "mark": _mark(request, text),
            "seen": seen.get(_mark(request, text), ""),
            **_named(request, text.survey, text.question),
        }
        for text in _shuffled(request, pleas)
    ]
    return page(request, "texts", pleas=sorted(told, key=lambda one: bool(one["seen"])), questions=questions)


async def note_seen(request: DeskRequest) -> Response:
    """ "Seen, I am on it": colleagues see who, and no day. Of two, the first has it. Raises Refused."""
    services, mark = request.services, request.sent("mark", 32)
    if mark not in {_mark(request, text) for text in await _pleas(request)}:
        raise Refused(404, "not-found")
    known = await services.store.desk_row(SEEN, mark)
    if known is not None and (known.expires or 0) > services.now():
        raise Refused(409, "claimed-already")
    value, revision = {"staff": request.staff.id}, known.revision if known else 0
    row = DeskRow(SEEN, mark, value, services.now() + SEEN_SECONDS, revision)
    try:
        await services.store.keep_desk_row(row)
    except Conflict:
        raise Refused(409, "claimed-already") from None
    action = StaffAction(request.staff.id, "text-seen")
    await services.store.append_audit(entry_of(action, services.new_id(), services.now()))
    return RedirectResponse(f"{PATH}/texts", 303, HEADERS)


def _mark(request: DeskRequest, text: FreeText) -> str:
    """A hash for this alone: nothing leads from it to the text's own key, which its receipt makes."""
    return request.services.keys.digest("text-seen", text.survey, text.question, text.key)


async def _seen(request: DeskRequest) -> dict[str, str]:
    """By mark, in words, who has seen it."""
    rows, now = await request.services.store.desk_rows(SEEN), request.services.now()
    names = {staff.id: staff.name for staff in await all_staff(request.services.store)} if rows else {}
    return {
        row.id: request.words("assigned.you")
        if row.value["staff"] == request.staff.id
        else request.words("assigned.other", name=names.get(row.value["staff"], row.value["staff"]))
        for row in rows
        if (row.expires or 0) > now
    }


async def _places(request: DeskRequest) -> list[tuple[str, str, Sequence[FreeText]]]:
    store = request.services.store.surveys
    places = [place for place in sorted(await store.text_places()) if _may(request, place[0])]
    return [(survey, question, await store.texts(survey, question)) for survey, question in places]


async def _pleas(request: DeskRequest) -> list[FreeText]:
    """Those that wait in the ledger, and those in the store."""
    waiting = await request.services.ledger.texts.waiting()
    kept = [text for _, _, texts in await _places(request) for text in texts]
    return [text for text in (*waiting, *kept) if text.plea and _may(request, text.survey)]


def _may(request: DeskRequest, survey: str) -> bool:
    known = request.manifest.surveys.get(survey)
    condition = known.condition if known else survey.partition("~")[0]
    return may(request.staff, "texts", condition)


def _question(request: DeskRequest, survey: str, question: str, texts: Sequence[FreeText]) -> dict[str, Any]:
    shown = [text.text for text in _shuffled(request, texts)[:_MOST]]
    return {**_named(request, survey, question), "count": len(texts), "texts": shown}


def _named(request: DeskRequest, survey: str, question: str) -> dict[str, str]:
    """As the page asks it, in the language of the desk where there are words in it."""
    known = request.manifest.surveys.get(survey)
    words = known.words.get(request.words.lang) or next(iter(known.words.values())) if known else None
    asked = words.questions.get(question) if words else None
    return {"survey": words.title if words else survey, "question": asked.text if asked else question}


def _shuffled(request: DeskRequest, texts: Sequence[FreeText]) -> list[FreeText]:
    drawn = [(request.services.settings.random(8), text) for text in texts]
    return [text for _, text in sorted(drawn, key=lambda one: one[0])]
