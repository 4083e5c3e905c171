"""Owns polls: their public answer, and votes cast, changed and taken back."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.function.answers import json_answer, member_of_form, set_key, way_back
from widgets.function.incoming import Write, read_write
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.manifest import Manifest, Poll
from widgets.function.pages.said import to_said
from widgets.function.problems import Problem
from widgets.function.rules.polls import (
    check_vote,
    closed,
    results,
    results_for_public,
    results_for_voter,
)
from widgets.function.services import Services
from widgets.function.shapes import VoteRequest, moment
from widgets.store.records import Cast, Once, Tally, Vote


async def show(services: Services, request: Request) -> Response:
    manifest = await services.manifest.current()
    poll_id = request.path_params["poll"]
    poll = manifest.poll(poll_id)
    now = services.settings.clock()

    async def render() -> bytes:
        tally = await services.store.tally(poll_id, poll.version)
        return msgspec.json.encode(_answer(poll_id, poll, tally, results_for_public(poll, now), now))

    until = poll.closes.timestamp() if poll.closes and not closed(poll, now) else None
    return await services.answers.give(
        request.scope, manifest, services.store, [poll_id], render, until=until
    )


async def vote(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    manifest = await services.manifest.current()
    poll_id = request.path_params["poll"]
    poll = manifest.poll(poll_id)
    if write.is_form:
        return await _vote_by_form(services, manifest, poll_id, poll, write)
    if write.device is None:
        raise Problem("key-missing")
    wanted = write.json(VoteRequest)
    cast = await _cast(services, poll_id, poll, write, write.device, wanted)
    now = services.settings.clock()
    show_results = results_for_voter(poll, bool(cast.vote.choices), now)
    answer = _answer(poll_id, poll, cast.tally or Tally(), show_results, now)
    return json_answer({**answer, "choices": list(cast.vote.choices)}, write.origin)


async def _vote_by_form(
    services: Services, manifest: Manifest, poll_id: str, poll: Poll, write: Write
) -> Response:
    fields = write.form()
    version = fields.get("version", [""])[0]
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        raise Problem("body-invalid", "The form lacks the poll's version.")
    device, fresh = member_of_form(services, write)
    wanted = VoteRequest(int(version), tuple(dict.fromkeys(fields.get("choice", ()))))
    await _cast(services, poll_id, poll, write, device, wanted)
    lang = fields.get("lang", [""])[0]
    if fresh:
        response = to_said("voted", poll=poll_id, lang=lang, first=True)
        set_key(response, services, device)
        return response
    path = write.back or manifest.page_path(poll.pages, lang)
    return way_back(write, path, fragment=f"poll-{poll_id.rpartition('~')[2]}")


async def _cast(
    services: Services, poll_id: str, poll: Poll, write: Write, device: str, wanted: VoteRequest
) -> Cast:
    choices = check_vote(poll, wanted.version, wanted.choices, services.settings.clock())
    voter = services.keys.voter(poll_id, poll.version, device)
    if services.settings.limits:
        await services.gate.draw("vote", write.address)
        if choices and not await services.store.votes([(poll_id, poll.version, voter)]):
            await services.gate.draw("new-voter", write.address, poll_id)
    day = services.today()
    once = None
    if write.idempotency:
        key = services.keys.once("vote", voter, write.idempotency)
        once = Once(key, services.keys.digest(key, *choices), day)
    return await services.store.cast(Vote(poll_id, poll.version, voter, choices, day), once)


def _answer(poll_id: str, poll: Poll, tally: Tally, with_results: bool, now: float) -> dict[str, Any]:
    return {
        "poll": poll_id,
        "version": poll.version,
        "state": "closed" if closed(poll, now) else "open",
        "closes": moment(poll.closes.astimezone(UTC).timestamp()) if poll.closes else None,
        "visibility": poll.results,
        "results": results(poll, tally) if with_results else None,
    }


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    keys = [(poll, version, services.keys.voter(poll, version, device)) for poll, version in reach.polls]
    return {
        "votes": [
            {"poll": vote.poll, "version": vote.version, "choices": list(vote.choices), "day": vote.day}
            for vote in await services.store.votes(keys)
        ]
    }


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    keys = [(poll, version, services.keys.voter(poll, version, device)) for poll, version in reach.polls]
    found = await services.store.votes(keys)
    for vote in found:
        await services.store.cast(Vote(vote.poll, vote.version, vote.voter, (), vote.day), None)
    return {"votes": len(found)}


POLLS = Kind(
    "polls", (("GET", "/polls/{poll}", show), ("POST", "/polls/{poll}/votes", vote)), _export, _erase
)
