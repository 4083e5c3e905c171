"""Owns responses to surveys: taken once from each device, shown to their writers, erased."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response as Answer

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.contract.surveys import Survey
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import read_write
from widgets.function.http.member import Member
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds import receipts, survey_results
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.kinds.survey_forms import HANDED_BACK, hand_back, look_over, sender_of
from widgets.function.kinds.survey_results import fix_due, read_results
from widgets.function.kinds.survey_rows import keep
from widgets.function.kinds.survey_sent import Sent, demand_no_personal_data, read_sent
from widgets.function.pages.help_lines import help_fields
from widgets.function.pages.page import paragraph
from widgets.function.pages.survey_receipts import Kept, kept_page, notice
from widgets.function.state.services import Services
from widgets.function.strings import language
from widgets.function.text.refused_pleas import forget_unproven
from widgets.function.text.survey_pleas import gravest, lines_for, tell_of
from widgets.rules.age import tells_age_below
from widgets.rules.receipts import words_of
from widgets.rules.surveys.responses import Checked, check_response, drop_unasked
from widgets.rules.surveys.values import LONGEST

MANY_TEXTS: Final = 10  # free texts of a response, each as long as one may be


async def respond(services: Services, request: Request) -> Answer:
    write = await read_write(request, services, MANY_TEXTS * LONGEST)
    await services.rate_limits.draw("response", write.address)  # whatever comes of it, a retry or a fault too
    manifest = await services.manifest.current()
    survey_id = request.path_params["survey"]
    survey = manifest.survey(survey_id)
    sent = read_sent(write, survey)
    member = sender_of(services, write, sent)
    if sent.website:
        raise Problem("trap-field")
    try:
        return await _take(services, manifest, survey_id, member, sent)
    except Problem as problem:
        if not write.is_form or problem.code not in HANDED_BACK:
            raise
        return await hand_back(services, manifest, survey_id, member, sent, problem)


async def _take(services: Services, manifest: Manifest, survey_id: str, member: Member, sent: Sent) -> Answer:
    survey = manifest.survey(survey_id)
    checked = _checked(services, survey, sent, by_form=member.write.is_form)
    await _demand_unpublished(services, survey_id, survey)
    lang = manifest.language_of(sent.lang)
    found = await gravest(checked.texts.values(), lang)
    plea, said = found or (None, "")
    if plea is None:  # a plea is taken at once, whatever else could be asked
        if not sent.confirmed:
            demand_no_personal_data(manifest, checked)
        if member.fresh and not sent.device:
            return look_over(manifest, survey_id, member, sent)
    responded = await keep(services, survey_id, survey, member, sent, checked, lang)
    kept = responded.response
    receipt = services.keys.receipt(survey_id, kept.version, member.device, kept.salt)
    if plea is not None:  # of a retry too: the first try may have died before it told
        proven = sent.altcha is not None
        device = None if responded.repeated else member.device
        await tell_of(services, manifest, survey, plea, proven=proven, device=device, words=said)
        if proven and not responded.repeated:
            await forget_unproven(services, member.device, said)
    young = tells_age_below("\n".join(checked.texts.values()), manifest.minimum_age(survey.condition))
    given = lines_for(manifest, plea, lang, member.write.languages, young=young)
    words = words_of(receipt, lang)
    if member.write.is_form:
        page = manifest.page_path(survey.pages, lang)
        return member.answered(
            services, kept_page(Kept(lang, words, kept.publication, page, member.fresh), given)
        )
    document = {
        **{"survey": survey_id, "version": kept.version, "receipt": words, "counted": kept.publication},
        "notice": notice(language(lang), kept.publication),
        **help_fields(given, lang, "survey"),
    }
    return json_answer(document, member.write.origin, 201)


async def _demand_unpublished(services: Services, survey_id: str, survey: Survey) -> None:
    """Raises Problem once the last numbers are fixed: an answer that came after a closing was moved would never count."""
    head = await fix_due(services, survey_id, survey)
    results = read_results(head)
    if head.ended or (results is not None and results.final):
        raise Problem("survey-closed")


def _checked(services: Services, survey: Survey, sent: Sent, *, by_form: bool) -> Checked:
    """Raises Problem. All faults of answers come before what is missing of ticks, which no form forgets to show."""
    if sent.consent != survey.consent:
        raise Problem("survey-version")
    answers = drop_unasked(survey, sent.answers) if by_form else sent.answers
    checked = check_response(survey, sent.version, answers, services.settings.clock())
    if not sent.collection:
        raise Problem("consent-missing")
    if not sent.age:
        raise Problem("age-missing")
    return checked


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    found = await services.store.surveys.responses(_keys(services, device, reach))
    return {
        "responses": [
            {
                **{"survey": row.survey, "version": row.version, "day": row.day},
                **{"publication": row.publication, "answers": json.loads(row.answers)},
            }
            for row in found
        ]
    }


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    erased = 0
    for row in await services.store.surveys.responses(_keys(services, device, reach)):
        receipt = services.keys.receipt(row.survey, row.version, device, row.salt)
        erased += await receipts.withdraw(services, row, receipt)
    return {"responses": erased}


def _keys(services: Services, device: str, reach: Reach) -> list[tuple[str, int, str]]:
    return [
        (survey, version, services.keys.respondent(survey, version, device))
        for survey, version in reach.surveys
    ]


def _mine(manifest: Manifest, document: Mapping[str, Any], lang: str) -> Iterator[str]:
    for row in document["responses"]:
        survey = manifest.surveys.get(row["survey"])
        words = survey.words.get(lang) or next(iter(survey.words.values())) if survey else None
        yield paragraph(f"{words.title if words else row['survey']} · {row['day']}")


SURVEYS: Final = Kind(
    "surveys",
    (
        ApiRoute("POST", "/surveys/{survey}/responses", respond),
        *survey_results.ROUTES,
        *receipts.ROUTES,
    ),
    _export,
    _erase,
    mine=_mine,
)
