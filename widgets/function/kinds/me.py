"""Owns `me`: everything one device key wrote, shown or erased, over all kinds of contribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Final, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Id, Manifest, Poll, Thread
from widgets.contract.problems import Problem
from widgets.contract.surveys import Survey, Words
from widgets.function.http.answers import drop_key, json_answer
from widgets.function.http.incoming import (
    Write,
    accepted_languages,
    member_key,
    own_reader,
    read_write,
    wants_html,
)
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.kind import Reach
from widgets.function.kinds.reach import reach_of
from widgets.function.kinds.registry import KINDS
from widgets.function.pages.mine import contributions_page
from widgets.function.pages.said import Said, to_said
from widgets.function.shapes import Lang, Strict
from widgets.function.state.services import Services
from widgets.function.strings import language
from widgets.function.text.name_claims import ERASED_MONTHS


class MeRequest(Strict, frozen=True):
    action: Literal["show", "erase"]
    polls: Annotated[tuple[Id, ...], msgspec.Meta(max_length=500)] | None = None
    threads: Annotated[tuple[Id, ...], msgspec.Meta(max_length=500)] | None = None
    surveys: Annotated[tuple[Id, ...], msgspec.Meta(max_length=500)] | None = None
    lang: Lang | None = None  # with it the answer to `show` names what the rows are about


async def show(services: Services, request: Request) -> Response:
    origin = await own_reader(request, services)
    device = member_key(request, services.settings.secure_cookie)
    if device is None:
        raise Problem("key-missing")
    await services.rate_limits.draw("me", services.addresses.of(request))
    document = await _gather(services, device, None, accepted_languages(request))
    if wants_html(request.headers) and "gatherwell-key" not in request.headers:
        lang = request.query_params.get("lang", "") or request.headers.get("accept-language", "")
        return await _page(services, document, lang)
    return json_answer(document, origin)


async def show_or_erase(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    if write.is_form:
        return await _by_form(services, request, write)
    await services.rate_limits.draw("me", write.address)
    if write.device is None:
        raise Problem("key-missing")
    wanted = write.json(MeRequest)
    if wanted.action == "erase":
        return json_answer(_erased(await _erase(services, write.device, wanted)), write.origin)
    document = await _gather(services, write.device, wanted, write.languages)
    if wanted.lang is not None:
        document["about"] = about(await services.manifest.current(), document, wanted.lang, write.origin)
    return json_answer(document, write.origin)


def about(manifest: Manifest, document: Mapping[str, Any], lang: str, origin: str) -> dict[str, Any]:
    """What the rows of *document* are about, as pages show it: questions, options and titles, and their pages as seen
    from *origin*."""
    polls = {row["poll"]: manifest.polls.get(row["poll"]) for row in document["votes"]}
    rows = (*document["reactions"], *document["comments"], *document["news"])
    threads = {row["thread"]: manifest.threads.get(row["thread"]) for row in rows}
    surveys = {row["survey"]: manifest.surveys.get(row["survey"]) for row in document["responses"]}
    return {
        "polls": {
            id_: {
                "title": poll.question,
                "page": _page_from(manifest, poll, lang, origin),
                "options": {option.key: option.label for option in poll.options},
            }
            for id_, poll in polls.items()
            if poll
        },
        "threads": {
            id_: {"title": thread.title, "page": _page_from(manifest, thread, lang, origin)}
            for id_, thread in threads.items()
            if thread
        },
        "surveys": {
            id_: {
                "title": _words_in(survey, lang).title,
                "page": _page_from(manifest, survey, lang, origin),
            }
            for id_, survey in surveys.items()
            if survey
        },
    }


def _words_in(survey: Survey, lang: str) -> Words:
    return survey.words.get(lang) or next(iter(survey.words.values()))


def _page_from(manifest: Manifest, item: Poll | Thread | Survey, lang: str, origin: str) -> str:
    """A path on the same host; an address where the condition has another host of this site."""
    home, path = manifest.conditions[item.condition].origin, manifest.page_path(item.pages, lang)
    return home + path if origin in manifest.origins and origin != home else path


async def _by_form(services: Services, request: Request, write: Write) -> Response:
    await services.rate_limits.draw("me", write.address)
    if write.device is None:
        raise Problem("key-missing")
    fields = write.fields()
    if fields.get("action") == "erase":
        await _erase(services, write.device, None)
        response = to_said(services, Said("erased", fields.get("lang", "")))
        drop_key(response, services)
        return response
    lang = fields.get("lang", "") or request.headers.get("accept-language", "")
    return await _page(services, await _gather(services, write.device, None, write.languages), lang)


async def _page(services: Services, document: dict[str, Any], lang_asked: str) -> Response:
    manifest, lang = await services.manifest.current(), language(lang_asked)
    parts = [part for kind in KINDS if kind.mine for part in kind.mine(manifest, document, lang)]
    return contributions_page(lang, parts)


async def erase(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    await services.rate_limits.draw("me", write.address)
    if write.device is None:
        raise Problem("key-missing")
    response = json_answer(_erased(await _erase(services, write.device, None)), write.origin)
    drop_key(response, services)
    return response


async def _reach(services: Services, wanted: MeRequest | None) -> Reach:
    """All that is reached, or what of it the device asked for."""
    found = await reach_of(services)
    if wanted is None:
        return found
    polls, threads, surveys = wanted.polls, wanted.threads, wanted.surveys
    return replace(
        found,
        polls=[poll for poll in found.polls if polls is None or poll[0] in set(polls)],
        threads=[thread for thread in found.threads if threads is None or thread in set(threads)],
        surveys=[survey for survey in found.surveys if surveys is None or survey[0] in set(surveys)],
    )


async def _gather(
    services: Services, device: str, wanted: MeRequest | None, spoken: Sequence[str]
) -> dict[str, Any]:
    reach = replace(await _reach(services, wanted), spoken=spoken)
    document: dict[str, Any] = {}
    for kind in KINDS:
        document.update(await kind.export(services, device, reach))
    return document


async def _erase(services: Services, device: str, wanted: MeRequest | None) -> dict[str, int]:
    """Kind by kind, each complete in itself: after a crash the next call erases the rest."""
    reach = await _reach(services, wanted)
    erased: dict[str, int] = {}
    for kind in KINDS:
        erased.update(await kind.erase(services, device, reach))
    return erased


def _erased(counts: dict[str, int]) -> dict[str, Any]:
    """What was erased, and what stays of names."""
    kept = {"names_kept_months": ERASED_MONTHS} if counts["pseudonyms"] else {}
    return {"erased": counts, **kept}


ROUTES: Final = (
    ApiRoute("GET", "/me", show),
    ApiRoute("POST", "/me", show_or_erase),
    ApiRoute("DELETE", "/me", erase),
)
