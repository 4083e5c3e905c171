"""Owns the snapshot: all that is public, in pages that a build fetches, each with the ids that are valid."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.incoming import single_query
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.polls import public_poll
from widgets.function.kinds.published import fix_due
from widgets.function.kinds.survey_results import fix_due as fix_survey
from widgets.function.kinds.survey_results import next_moment, public_results
from widgets.function.kinds.threads import thread_answer
from widgets.function.state.public_answers import PublicAnswer
from widgets.function.state.services import Services
from widgets.function.text.locks import LOCK
from widgets.rules.claims import NO_CLAIMS
from widgets.rules.highlights import MOST, may_stand_out
from widgets.store.records import Comment, PageAsk
from widgets.store.surveys import scope_of
from widgets.store.voices import VOICES, Voice

IDS_IN_A_PAGE: Final = 200
_INDEX_SECONDS: Final = 15
_NO_NUMBER: Final = 10**7
_CANDIDATES: Final = (
    60  # of a condition, the newest; those of a thread's first page are looked for among them
)


def pages_of(ids: int) -> int:
    """How many pages hold so many ids: a power of two, so that a new id changes one page alone."""
    return 1 << max(0, (max(1, ids) - 1) // IDS_IN_A_PAGE).bit_length()


def ids_in(page: int, pages: int, ids: Iterable[str]) -> list[str]:
    """An id's page follows from the id, and not from its neighbours."""
    return list(_in_pages(tuple(ids), pages)[page])


@lru_cache(maxsize=4)  # all pages are asked for one after another, of the same ids
def _in_pages(ids: tuple[str, ...], pages: int) -> Sequence[Sequence[str]]:
    found: list[list[str]] = [[] for _ in range(pages)]
    for id_ in sorted(ids):
        found[zlib.crc32(id_.encode()) % pages].append(id_)
    return found


async def show(services: Services, request: Request) -> Response:
    """Without a query how many pages there are, and the ids for hubs; with `page` and `of` one of them."""
    manifest = await services.manifest.current()
    query = single_query(request, {"page", "of"})
    pages = pages_of(len(manifest.polls) + len(manifest.threads) + len(manifest.surveys))
    if not query:
        until = services.now() + _INDEX_SECONDS

        async def index() -> bytes:
            chosen = {id_: await _chosen(services, manifest, id_) for id_ in sorted(manifest.conditions)}
            return msgspec.json.encode(_answer(pages, hub=chosen))

        return await services.public(request, manifest, PublicAnswer((), index, until))
    page = _number(query.get("page"))
    if _number(query.get("of")) != pages or page >= pages:
        raise Problem("query-invalid", f"of is the number of pages, {pages} now, and page is below it.")
    polls, threads = ids_in(page, pages, manifest.polls), ids_in(page, pages, manifest.threads)
    surveys = ids_in(page, pages, manifest.surveys)

    async def render() -> bytes:
        shown = await _page(services, manifest, (page, pages), polls, threads)
        shown = await _with_surveys(services, manifest, surveys, shown)
        return msgspec.json.encode(await _with_voices(services, manifest, (page, pages), shown))

    changes = [poll.closes.timestamp() for id_ in polls if (poll := manifest.polls[id_]).closes]
    changes += [
        moment for id_ in polls if (moment := await _next_moment(services, manifest, id_)) is not None
    ]
    for id_ in surveys:
        await fix_survey(services, id_, manifest.surveys[id_])
    now = services.settings.clock()
    changes += [moment for id_ in surveys if (moment := next_moment(manifest.surveys[id_], now)) is not None]
    ahead = [moment for moment in changes if moment > now]
    scopes = [*polls, *threads, *map(scope_of, surveys), VOICES]
    wanted = PublicAnswer(scopes, render, min(ahead, default=None))
    return await services.public(request, manifest, wanted)


async def _next_moment(services: Services, manifest: Manifest, poll_id: str) -> float | None:
    """When a sensitive poll publishes next."""
    poll = manifest.polls[poll_id]
    return (await fix_due(services, poll_id, poll)).next if poll.sensitive else None


async def _page(
    services: Services, manifest: Manifest, place: tuple[int, int], polls: list[str], threads: list[str]
) -> dict[str, Any]:
    locks = {row.id: str(row.value["reason"]) for row in await services.store.desk_rows(LOCK)}
    counts = await services.store.counts(threads)
    roots = services.settings.page_roots
    answers = {}
    for id_ in polls:
        poll = manifest.polls[id_]
        answers[id_] = await public_poll(services, id_, poll, await fix_due(services, id_, poll))
    shown = {}
    for id_ in threads:
        ask = PageAsk(id_, manifest.threads[id_].sort, None, roots)
        shown[id_] = await thread_answer(services, manifest.threads[id_], ask, counts[id_], locks.get(id_))
    return _answer(
        place[1],
        page=place[0],
        valid=[*polls, *threads],
        polls=answers,
        threads=shown,
    )


async def _with_surveys(
    services: Services, manifest: Manifest, surveys: list[str], page: dict[str, Any]
) -> dict[str, Any]:
    """Of surveys what they have published; one that has published nothing is listed as valid alone."""
    found = {id_: await public_results(services, id_, manifest.surveys[id_]) for id_ in surveys}
    published = {id_: results for id_, results in found.items() if results is not None}
    return {**page, "valid": [*page["valid"], *surveys], "surveys": published}


async def _with_voices(
    services: Services, manifest: Manifest, place: tuple[int, int], page: dict[str, Any]
) -> dict[str, Any]:
    """Stories and questions that are published; of a condition that the manifest has."""
    found = await services.store.voices.listed(("published",), list(manifest.conditions))
    here = set(ids_in(*place, [voice.id for voice in found]))
    voices = {voice.id: public_voice(voice) for voice in found if voice.id in here}
    return {**page, "valid": [*page["valid"], *sorted(voices)], "voices": voices}


def public_voice(voice: Voice) -> dict[str, Any]:
    """As everybody may read it."""
    shown, note = voice.shown or voice.written, voice.note
    archive = "archive" in voice.consents
    return {
        **{"id": voice.id, "kind": voice.kind, "condition": voice.condition, "lang": voice.lang},
        **{"title": shown.title, "html": voice.html, "pseudonym": voice.pseudonym or None},
        **{"published": voice.published, "share": "share" in voice.consents, "archive": archive},
        **{"carer": voice.carer, "content_notes": list(voice.content_notes)},
        "note": {"html": note.html, "source": note.source, "by": note.by} if note else None,
        **{"accepted": voice.accepted, "text": shown.text if archive else None},
    }


async def _chosen(services: Services, manifest: Manifest, condition: str) -> list[str]:
    """At most three comments, each of another thread: those with most reactions first, then the newest."""
    found = await services.store.approved(condition, _CANDIDATES)
    claims = services.claims.get(condition, NO_CLAIMS)
    fit = [comment for comment in found if may_stand_out(comment, services.now(), claims)]
    fit.sort(key=lambda comment: (sum(comment.reactions.values()), comment.id), reverse=True)
    chosen: dict[str, Comment] = {}
    for comment in fit:
        if comment.thread not in chosen and await _on_first_page(services, manifest, comment):
            chosen[comment.thread] = comment
        if len(chosen) == MOST:
            break
    return [comment.id for comment in chosen.values()]


async def _on_first_page(services: Services, manifest: Manifest, comment: Comment) -> bool:
    """Whether the snapshot holds it."""
    thread = manifest.threads.get(comment.thread)
    if thread is None or thread.comments == "off":
        return False
    page = await services.store.page(PageAsk(comment.thread, thread.sort, None, services.settings.page_roots))
    return any(one.id == comment.id for one in page.comments)


def _answer(pages: int, **more: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "page": None,
        "valid": [],
        "polls": {},
        "threads": {},
        "surveys": {},
        "voices": {},
        "hub": {},
    }
    return {"version": 1, "pages": pages, **nothing, **more}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else _NO_NUMBER


ROUTES: Final = (ApiRoute("GET", "/snapshot", show),)
