"""Owns what everybody may read of a thread: its pages, its feed."""

from __future__ import annotations

import re
from typing import Any, Final, cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Thread
from widgets.contract.problems import Problem
from widgets.function.http.incoming import single_query
from widgets.function.http.routing import ApiRoute
from widgets.function.pages.atom import feed
from widgets.function.shapes import counts, shown_comment
from widgets.function.state.public_answers import PublicAnswer
from widgets.function.state.services import Services
from widgets.function.text.locks import read_lock
from widgets.store.records import Cursor, Order, Page, PageAsk, ThreadCounts

MOST_IN_FEED: Final = 60
_CURSOR: Final = re.compile(r"([ap])([0-9]{1,9})\.([0-9a-hjkmnp-tv-z]{26})")
_COMMENT: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")


async def show(services: Services, request: Request) -> Response:
    manifest = await services.manifest.current()
    thread_id = request.path_params["thread"]
    thread = manifest.thread(thread_id)
    query = single_query(request, {"cursor", "order", "comment"})
    order = query.get("order", thread.sort)
    if order not in ("oldest", "newest", "reacted"):
        raise Problem("query-invalid", "order is oldest, newest or reacted.")
    cursor = await _cursor(services, thread_id, query)
    ask = PageAsk(thread_id, cast(Order, order), cursor, services.settings.page_roots)

    async def render() -> bytes:
        count = (await services.store.counts([thread_id]))[thread_id]
        lock = await read_lock(services.store, thread_id)
        return msgspec.json.encode(await thread_answer(services, thread, ask, count, lock))

    return await services.public(request, manifest, PublicAnswer([thread_id], render))


async def thread_answer(
    services: Services, thread: Thread, ask: PageAsk, count: ThreadCounts, lock: str | None
) -> dict[str, Any]:
    """`lock`: why it is locked, None where it is not."""
    off = thread.comments == "off"
    page = Page((), None, None) if off or not count.comments else await services.store.page(ask)
    return {
        "thread": ask.thread,
        "comments_are": "closed" if lock is not None and not off else thread.comments,
        **({"locked": lock} if lock is not None else {}),
        "count": 0 if off else count.comments,
        "reactions": counts(thread.reactions, count.reactions),
        "order": ask.order,
        "comments": [shown_comment(comment, thread.reactions) for comment in page.comments],
        "previous": _written(page.previous),
        "next": _written(page.next),
    }


async def _cursor(services: Services, thread_id: str, query: dict[str, str]) -> Cursor | None:
    if "comment" in query:
        known = _COMMENT.fullmatch(query["comment"])
        comment = await services.store.comment(query["comment"]) if known else None
        root = await services.store.comment(comment.root) if comment else None
        if comment is None or not comment.visible or comment.thread != thread_id or root is None:
            raise Problem("unknown-comment")
        return Cursor(root.id, sum(root.reactions.values()), inclusive=True)
    if "cursor" not in query:
        return None
    match = _CURSOR.fullmatch(query["cursor"])
    if match is None:
        raise Problem("query-invalid", "cursor comes from `next` or `previous`.")
    return Cursor(match[3], int(match[2]), backwards=match[1] == "p")


def _written(cursor: Cursor | None) -> str | None:
    return f"{'p' if cursor.backwards else 'a'}{cursor.reacted}.{cursor.root}" if cursor else None


async def atom(services: Services, request: Request) -> Response:
    manifest = await services.manifest.current()
    thread_id = request.path_params["thread"]
    thread = manifest.thread(thread_id)
    single_query(request, set())

    async def render() -> bytes:
        shown = [] if thread.comments == "off" else await services.store.newest(thread_id, MOST_IN_FEED)
        return feed(manifest, thread_id, thread, shown)

    wanted = PublicAnswer([thread_id], render, media="application/atom+xml")
    return await services.public(request, manifest, wanted)


ROUTES: Final = (
    ApiRoute("GET", "/threads/{thread}", show),
    ApiRoute("GET", "/threads/{thread}/comments.atom", atom),
)
