"""Owns the form of a survey that is handed back filled in: at fault, or to be looked over before it counts."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response as Answer

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.incoming import Write
from widgets.function.http.member import Member, member_of
from widgets.function.kinds.survey_sent import Sent
from widgets.function.pages.survey_form import Faulty, FormAgain, form_page
from widgets.function.state.services import Services
from widgets.function.text.crisis_help import Help
from widgets.function.text.survey_pleas import gravest, lines_for, tell_of
from widgets.rules.age import tells_age_below
from widgets.rules.surveys.responses import AnswersInvalid

# A form that is refused with one of these comes back filled in.
HANDED_BACK: Final = frozenset(
    {"answers-invalid", "consent-missing", "age-missing", "survey-version", "personal-data"}
)


def sender_of(services: Services, write: Write, sent: Sent) -> Member:
    """A form's cookie comes first; where there is none, the key that a page of ours gave the form. Raises Problem."""
    if write.is_form and write.device is None and sent.device:
        return Member(write, sent.device, fresh=True)
    return member_of(services, write)


async def hand_back(
    services: Services, manifest: Manifest, survey_id: str, member: Member, sent: Sent, problem: Problem
) -> Answer:
    """The whole form, filled in. Nothing was kept; who wrote a plea is helped all the same."""
    survey, lang = manifest.survey(survey_id), manifest.language_of(sent.lang)
    found = await gravest(sent.texts(survey), lang)
    plea, words = found or (None, "")
    if plea is not None:
        await tell_of(services, manifest, survey, plea, problem.code, device=member.device, words=words)
    changed = problem.code == "survey-version"
    shown = sent.without_consent() if changed else sent
    faulty = Faulty(problem.faults if isinstance(problem, AnswersInvalid) else {}, changed)
    young = tells_age_below("\n".join(sent.texts(survey)), manifest.minimum_age(survey.condition))
    given = lines_for(manifest, plea, lang, member.write.languages, young=young)
    return form_page(manifest, _again(manifest, survey_id, member, shown, faulty), given, problem.status)


def look_over(manifest: Manifest, survey_id: str, member: Member, sent: Sent) -> Answer:
    """A complete form that came without any key, with one: however often it is sent from this page, it counts once."""
    return form_page(manifest, _again(manifest, survey_id, member, sent, None), Help(), 200)


def _again(
    manifest: Manifest, survey_id: str, member: Member, sent: Sent, faulty: Faulty | None
) -> FormAgain:
    survey, lang = manifest.survey(survey_id), manifest.language_of(sent.lang)
    lang = lang if lang in survey.words else manifest.default_language
    return FormAgain(survey_id, survey, lang, sent, faulty, member.device if member.fresh else "")
