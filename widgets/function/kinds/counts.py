"""Owns the counts of threads by kind, for many threads at once."""

from __future__ import annotations

from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.problems import Problem
from widgets.function.http.incoming import single_query
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.registry import KINDS
from widgets.function.shapes import counts
from widgets.function.state.public_answers import PublicAnswer
from widgets.function.state.services import Services
from widgets.store.records import ThreadCounts

MOST_COUNTED: Final = 50


async def count(services: Services, request: Request) -> Response:
    manifest = await services.manifest.current()
    query = single_query(request, {"threads"})
    asked = list(dict.fromkeys(query.get("threads", "").split(",")))
    if asked == [""] or len(asked) > MOST_COUNTED:
        raise Problem("query-invalid", f"threads names 1 to {MOST_COUNTED} threads.")
    known = [thread for thread in asked if thread in manifest.threads]

    async def render() -> bytes:
        found = await services.store.counts(known)
        declared = {kind.name: await kind.count(services, known) for kind in KINDS if kind.count}
        nothing = ThreadCounts(0, {})
        document = {}
        for thread in known:
            reactions = found.get(thread, nothing).reactions
            document[thread] = {
                "comments": found.get(thread, nothing).comments,
                "reactions": counts(manifest.threads[thread].reactions, reactions),
                **{name: of_kind.get(thread, 0) for name, of_kind in declared.items()},
            }
        return msgspec.json.encode({"counts": document})

    return await services.public(request, manifest, PublicAnswer(known, render))


ROUTES: Final = (ApiRoute("GET", "/counts", count),)
