"""Owns how a response is kept: its price, its free texts first, then its row, so that neither stands without the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from widgets.contract.problems import Problem, ProofRequired
from widgets.contract.surveys import Survey
from widgets.function.http.member import Member
from widgets.function.kinds.polls import ARRIVALS_KEPT
from widgets.function.kinds.survey_sent import Sent
from widgets.function.state.proofs import challenge_for, spend_proof
from widgets.function.state.services import Services
from widgets.function.text.survey_pleas import gravest
from widgets.rules.surveys.cells import response_cells
from widgets.rules.surveys.responses import Checked
from widgets.store.records import Gone, Once
from widgets.store.surveys import AlreadyAnswered, FreeText, Responded, Response


async def keep(
    services: Services,
    survey_id: str,
    survey: Survey,
    member: Member,
    sent: Sent,
    checked: Checked,
    lang: str,
) -> Responded:
    """Texts wait before the row is kept: what is kept without them could not be told from what has none, and a form is never
    sent again. No digest holds anything of a free text: it would tell whether a guessed one is right."""
    version, store = survey.version, services.store.surveys
    voter = services.keys.respondent(survey_id, version, member.device)
    answers = json.dumps(dict(checked.answers), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    once = member.once(services, "response", voter, str(version), answers, str(sent.publication))
    known = bool(await store.responses([(survey_id, version, voter)]))
    way = "" if known else await _demand_price(services, survey_id, member, sent, once)
    salt = _salt(services, once)
    hashed = services.keys.receipt_hash(services.keys.receipt(survey_id, version, member.device, salt))
    cells = response_cells(survey, checked.answers, sent.publication)
    row = Response(
        survey_id, version, voter, hashed, salt, answers, cells, sent.publication, services.today()
    )
    try:
        if known:
            responded = await _add(services, row, once)
        else:
            texts = await _free_texts(services, row, member, checked.texts, lang)
            responded = await _add_after(services, row, once, texts)
    except AlreadyAnswered:
        responded = await _same_form(services, row, member)
    if known or responded.response.receipt != row.receipt:
        kept = responded.response
        await _wait_again(services, kept, await _free_texts(services, kept, member, checked.texts, lang))
    if way and not responded.repeated:
        name, until = f"survey/{survey_id}/{version}/{way}", services.now() + ARRIVALS_KEPT
        await services.ledger.count_arrival(services.today(), name, until)
    return responded


def _salt(services: Services, once: Once | None) -> str:
    """The same for each try of an intent, so that a retry puts its texts where a try that died has put them."""
    return services.keys.digest("salt", once.key)[:16] if once else services.settings.random(8).hex()


async def _free_texts(
    services: Services, row: Response, member: Member, texts: Mapping[str, str], lang: str
) -> list[FreeText]:
    receipt = services.keys.receipt(row.survey, row.version, member.device, row.salt)
    return [
        FreeText(
            services.keys.free_text(row.survey, question, receipt),
            row.survey,
            question,
            text,
            await gravest([text], lang) is not None,
        )
        for question, text in texts.items()
    ]


async def _add(services: Services, row: Response, once: Once | None) -> Responded:
    """Raises Problem, AlreadyAnswered."""
    try:
        return await services.store.surveys.add(row, once)
    except Gone:
        raise Problem("response-withdrawn") from None


async def _same_form(services: Services, row: Response, member: Member) -> Responded:
    """A form names no intent: sent again as it was, by a second press or a reload, it is the one that was taken. Raises
    Problem."""
    if member.write.is_form:
        for kept in await services.store.surveys.responses([(row.survey, row.version, row.voter)]):
            if (kept.answers, kept.publication) == (row.answers, row.publication):
                return Responded(kept, True)
    raise Problem("already-answered")


async def _add_after(
    services: Services, row: Response, once: Once | None, texts: Sequence[FreeText]
) -> Responded:
    kept = False
    try:
        for text in texts:
            await services.ledger.texts.wait(text)
        responded = await _add(services, row, once)
        kept = responded.response.receipt == row.receipt
    finally:
        if not kept:
            await _drop_homeless(services, row, texts)
    return responded


async def _wait_again(services: Services, row: Response, texts: Sequence[FreeText]) -> None:
    """The texts of a retry. The response may have been withdrawn since it was found: then they go too."""
    for text in texts:
        await services.ledger.texts.wait(text)
    await _drop_homeless(services, row, texts)


async def _drop_homeless(services: Services, row: Response, texts: Sequence[FreeText]) -> None:
    """Drop the texts unless their response is seen to be there. A withdrawal has marked them, so that no batch keeps them."""
    if not texts:
        return
    found: list[Response] = []
    try:
        found = await services.store.surveys.responses([(row.survey, row.version, row.voter)])
    finally:
        if all(one.receipt != row.receipt for one in found):
            await services.ledger.texts.drop([text.key for text in texts])


async def _demand_price(
    services: Services, survey_id: str, member: Member, sent: Sent, once: Once | None
) -> str:
    """A proof of work and the limits of new respondents; a form brings no proof, and its limits are lower. Returns how the
    response came. Raises Problem."""
    proof, write = services.settings.proof.required, member.write
    if proof and not write.is_form:
        if sent.altcha is None:
            await services.rate_limits.draw("challenge", write.address)
            raise ProofRequired(challenge_for(services, "survey"))
        await spend_proof(services, "survey", sent.altcha, once)
    if proof and write.is_form:
        await services.rate_limits.draw("form-respondent", write.address, survey_id)
    await services.rate_limits.draw("new-respondent", write.address, survey_id)
    return "form" if write.is_form else "proven" if proof else "open"
