"""Owns the desk's page of free texts of surveys: apart from all answers, in an order of chance, pleas at once and alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.responses import Response

from widgets.desk.auth.rights import may
from widgets.desk.moderation.opened import note_opened
from widgets.desk.pages.frame import page
from widgets.desk.request import DeskRequest
from widgets.function.state.free_texts import K
from widgets.store.surveys import FreeText

_MOST: Final = 200  # of a question, by chance


async def show(request: DeskRequest) -> Response:
    """A question's texts from k of them on: fewer could be told apart by who has answered lately."""
    await note_opened(request)
    store = request.services.store.surveys
    waiting = await request.services.ledger.texts.waiting()
    pleas = [text for text in waiting if text.plea and _may(request, text.survey)]
    questions = []
    for survey, question in sorted(await store.text_places()):
        if not _may(request, survey):
            continue
        texts = await store.texts(survey, question)
        pleas += [text for text in texts if text.plea]
        if len(texts) >= K:
            questions.append(_question(request, survey, question, texts))
    told = [
        {"text": text.text, **_named(request, text.survey, text.question)}
        for text in _shuffled(request, pleas)
    ]
    return page(request, "texts", pleas=told, questions=questions)


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
