"""Owns what a survey publishes: fixed by the first read or write after it is due, and shown to everybody alike."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.surveys import Survey, SurveyResults
from widgets.function.http.incoming import single_query
from widgets.function.http.routing import ApiRoute
from widgets.function.state.public_answers import PublicAnswer
from widgets.function.state.services import Services
from widgets.rules.surveys.cells import response_cells
from widgets.rules.surveys.publishing import PERIOD, Counts, make_results, publication_due
from widgets.rules.surveys.terms import rows_until
from widgets.store import surveys as kept
from widgets.store.surveys import Fixed, Layout, Make, SurveyHead, scope_of

CACHED: Final = "public, max-age=300"


async def fix_due(services: Services, survey_id: str, survey: Survey) -> SurveyHead:
    """Fix what the survey is due to publish, and keep until when its rows stay. Called before what reads its results and
    before what changes its rows."""
    store = services.store.surveys
    head = await store.head(survey_id, survey.version)
    until = rows_until(survey)
    if head.until != until:
        await store.keep_until(survey_id, survey.version, until)
    if head.ended:
        return head
    if head.layout != (digest := layout_of(survey)):
        asked = tuple(question.key for question in survey.questions if question.kind == "text")
        layout = Layout(digest, asked, lambda row: cells_of_row(survey, row))
        await store.relabel(survey_id, survey.version, layout)
    due = publication_due(survey, read_results(head), head.responses, services.settings.clock())
    if due is None:
        return head
    return await store.publish(survey_id, survey.version, due, _maker(services, survey_id, survey, due))


def layout_of(survey: Survey) -> str:
    """Changes with all that cells are made by, and with no word."""
    described = msgspec.json.encode((survey.questions, survey.breakdowns))
    return hashlib.blake2b(described, digest_size=8).hexdigest()


def cells_of_row(survey: Survey, row: kept.Response) -> tuple[str, ...]:
    given = json.loads(row.answers)
    answers = {key: tuple(one) if isinstance(one, list) else one for key, one in given.items()}
    return response_cells(survey, answers, row.publication)


def _maker(services: Services, survey_id: str, survey: Survey, due: int) -> Make:
    def draw(label: str) -> bytes:
        return bytes.fromhex(services.keys.digest("survey", survey_id, str(survey.version), label))

    def make(counts: kept.Counts, last: str | None) -> Fixed | None:
        before = _decoded(last)
        found = Counts(counts.standing, counts.came, counts.gone)
        results = make_results(survey, found, before, due, draw)
        if results is None:
            return None
        counted = bool(results.tables) and results.moment.timestamp() == due
        return Fixed(msgspec.json.encode(results).decode(), counted)

    return make


def _decoded(results: str | None) -> SurveyResults | None:
    return msgspec.json.decode(results, type=SurveyResults) if results is not None else None


def read_results(head: SurveyHead) -> SurveyResults | None:
    return _decoded(head.results)


async def public_results(services: Services, survey_id: str, survey: Survey) -> SurveyResults | None:
    """What everybody may see; None before tables are published."""
    results = read_results(await fix_due(services, survey_id, survey))
    return results if results is not None and results.tables else None


def next_moment(survey: Survey, now: float) -> float | None:
    """When a publication may be due next: until then, and until a row comes or goes, nothing changes."""
    ahead = [survey.closes.timestamp()] if survey.closes else []
    if survey.interim is not None:
        first = survey.interim.timestamp()
        ahead.append(first if now < first else first + ((now - first) // PERIOD + 1) * PERIOD)
    return min((moment for moment in ahead if moment > now), default=None)


async def show(services: Services, request: Request) -> Response:
    single_query(request, set())
    manifest = await services.manifest.current()
    survey_id = request.path_params["survey"]
    survey = manifest.survey(survey_id)
    await fix_due(services, survey_id, survey)

    async def render() -> bytes:
        found: dict[str, Any] = {"survey": survey_id}
        found["results"] = await public_results(services, survey_id, survey)
        return msgspec.json.encode(found)

    until = next_moment(survey, services.settings.clock())
    answer = PublicAnswer([scope_of(survey_id)], render, until, cache=CACHED)
    return await services.public(request, manifest, answer)


ROUTES: Final = (ApiRoute("GET", "/surveys/{survey}/results", show),)
