"""Owns receipts: with one, a response, a story or a question is seen to be there or withdrawn, from any device."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response as Answer

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import Write, read_write
from widgets.function.http.member import known_member
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.reach import reach_surveys
from widgets.function.kinds.survey_results import fix_due
from widgets.function.kinds.voice_shapes import own_voice
from widgets.function.pages.survey_receipts import Found, found_page
from widgets.function.pages.voices import own_page, withdrawn_page
from widgets.function.shapes import Lang, Strict
from widgets.function.state.free_texts import drop_late_texts, erase_texts
from widgets.function.state.services import Services
from widgets.function.strings import language
from widgets.function.text.crisis_help import Help
from widgets.function.text.voices import live
from widgets.function.text.voices import withdraw as withdraw_voice
from widgets.rules.receipts import fault_of, read_receipt
from widgets.store.records import Gone
from widgets.store.surveys import Response

Action = Literal["show", "withdraw"]


class ReceiptRequest(Strict, frozen=True):
    receipt: Annotated[str, msgspec.Meta(max_length=1_000)]
    action: Action
    lang: Lang | None = None


async def show_or_withdraw(services: Services, request: Request) -> Answer:
    """No key is needed: whoever has the words may do it. Each try draws on a narrow limit, so that none is found by
    guessing; what cannot be a receipt draws on the wide one alone."""
    write = await read_write(request, services)
    await services.rate_limits.draw("withdraw", write.address)
    wanted = _by_form(write) if write.is_form else write.json(ReceiptRequest)
    receipt = read_receipt(wanted.receipt)
    if receipt is None:  # found without a look at what is kept: this is no try
        raise Problem(fault_of(wanted.receipt))
    await services.rate_limits.draw("receipt", write.address)
    manifest = await services.manifest.current()
    hashed = services.keys.receipt_hash(receipt)
    row = await services.store.surveys.by_receipt(hashed)
    if row is None:
        return await _of_a_voice(services, manifest, write, wanted, hashed)
    withdrawn = wanted.action == "withdraw"
    if withdrawn and not await withdraw(services, row, receipt):
        raise Problem("unknown-receipt")
    if write.is_form:
        return _page(manifest, row, wanted, withdrawn=withdrawn)
    document = {
        **{"survey": row.survey, "version": row.version, "day": row.day},
        "state": "withdrawn" if withdrawn else "kept",
    }
    return json_answer(document, write.origin)


async def _of_a_voice(
    services: Services, manifest: Manifest, write: Write, wanted: ReceiptRequest, hashed: str
) -> Answer:
    """A story or question. A form shows it with all that its writer can do; programs are told its place."""
    voice = await live(services, await services.store.voices.by_receipt(hashed))
    if voice is None:
        raise Problem("unknown-receipt")
    lang = language(wanted.lang or voice.lang)
    if wanted.action == "withdraw":
        try:
            await withdraw_voice(services, voice)
        except Gone:
            raise Problem("unknown-receipt") from None
        if write.is_form:
            return withdrawn_page(lang)
        return json_answer({"voice": voice.id, "kind": voice.kind, "state": "withdrawn"}, write.origin)
    if write.is_form:
        own = own_voice(services, manifest, voice, lang)
        return own_page(lang, own, wanted.receipt, Help())
    return json_answer({"voice": voice.id, "kind": voice.kind, "state": "kept"}, write.origin)


def _by_form(write: Write) -> ReceiptRequest:
    fields = write.fields()
    action: Action = "withdraw" if fields.get("action") == "withdraw" else "show"
    lang = fields.get("lang") or None
    return ReceiptRequest(fields.get("receipt", ""), action, lang)


async def withdraw(services: Services, row: Response, receipt: bytes) -> bool:
    """Texts go first: what stopped in between is done again with the same receipt. True for the one call that deleted the
    response. What the survey is due to publish is fixed before, from the rows as they stood."""
    survey = (await services.manifest.current()).surveys.get(row.survey)
    if survey is not None and survey.version == row.version:
        await fix_due(services, row.survey, survey)
    await erase_texts(services.store, services.ledger, services.keys, row, receipt)
    withdrawn = await services.store.surveys.withdraw(row)
    await drop_late_texts(services.store, services.ledger, services.keys, row, receipt)
    return withdrawn


async def take_back(services: Services, request: Request) -> Answer:
    """By the key of the device that answered, whatever version it was."""
    write = await read_write(request, services)
    member = known_member(write)
    await services.rate_limits.draw("withdraw", write.address)
    survey_id, device = request.path_params["survey"], member.device
    versions = [version for id_, version in await reach_surveys(services) if id_ == survey_id]
    if not versions:
        raise Problem("unknown-survey")
    keys = [
        (survey_id, version, services.keys.respondent(survey_id, version, device)) for version in versions
    ]
    rows = await services.store.surveys.responses(keys)
    for row in rows:
        await withdraw(services, row, services.keys.receipt(survey_id, row.version, device, row.salt))
    if not rows:
        raise Problem("unknown-receipt")
    document = {"survey": survey_id, "version": rows[-1].version, "day": rows[-1].day, "state": "withdrawn"}
    return json_answer(document, write.origin)


def _page(manifest: Manifest, row: Response, wanted: ReceiptRequest, *, withdrawn: bool) -> Answer:
    lang = manifest.language_of(wanted.lang)
    survey = manifest.surveys.get(row.survey)
    words = survey.words.get(lang) or next(iter(survey.words.values())) if survey else None
    page = manifest.page_path(survey.pages, lang) if survey else ""
    found = Found(lang, words.title if words else row.survey, row.day, wanted.receipt, page)
    return found_page(found, withdrawn=withdrawn)


ROUTES: Final = (
    ApiRoute("DELETE", "/surveys/{survey}/responses", take_back),
    ApiRoute("POST", "/receipts", show_or_withdraw),
)
