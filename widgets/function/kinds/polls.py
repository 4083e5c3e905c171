"""Owns polls: their public answer, and votes cast, changed and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from html import escape
from typing import Annotated, Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Key, Manifest, Poll
from widgets.contract.problems import Problem, ProofRequired
from widgets.function.http.answers import json_answer, way_back
from widgets.function.http.incoming import Write, read_write, single_query
from widgets.function.http.member import Member, member_of
from widgets.function.http.routing import ApiRoute
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.kinds.published import Shown, fix_due
from widgets.function.pages.page import html_page, paragraph
from widgets.function.pages.said import Said, to_said
from widgets.function.shapes import Altcha, Lang, Strict, moment
from widgets.function.state.proofs import Payment, challenge_for, checked_payment
from widgets.function.state.public_answers import PublicAnswer
from widgets.function.state.rate_limits import Draws
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.rules.limits import DAY
from widgets.rules.polls import (
    check_vote,
    closed,
    results,
    results_for_public,
    results_for_voter,
    wrong_count,
)
from widgets.store.records import Cast, Once, Tally, Vote

_TAKE_BACK: Final = "take-back"
ARRIVALS_KEPT: Final = 8 * DAY  # seconds: how votes came, by poll and day, for the operator to look at


class VoteRequest(Strict, frozen=True):
    version: Annotated[int, msgspec.Meta(ge=1)]
    choices: Annotated[tuple[Key, ...], msgspec.Meta(max_length=50)]
    altcha: Altcha | None = None
    lang: Lang | None = None


async def show(services: Services, request: Request) -> Response:
    single_query(request, set())
    manifest = await services.manifest.current()
    poll_id = request.path_params["poll"]
    poll = manifest.poll(poll_id)
    now = services.settings.clock()
    shown = await fix_due(services, poll_id, poll)

    async def render() -> bytes:
        return msgspec.json.encode(await public_poll(services, poll_id, poll, shown))

    changes = [shown.next, poll.closes.timestamp() if poll.closes else None]
    until = min((moment for moment in changes if moment is not None and moment > now), default=None)
    return await services.public(request, manifest, PublicAnswer([poll_id], render, until))


async def public_poll(services: Services, poll_id: str, poll: Poll, shown: Shown) -> dict[str, Any]:
    """What everybody may see of a poll now; `shown` is what a sensitive one has fixed."""
    now = services.settings.clock()
    if not poll.sensitive:
        shown = Shown(await services.store.tally(poll_id, poll.version))
    return _answer(poll_id, poll, shown, results_for_public(poll, now), now)


async def vote(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    manifest = await services.manifest.current()
    poll_id = request.path_params["poll"]
    poll = manifest.poll(poll_id)
    if write.is_form:
        return await _vote_by_form(services, manifest, poll_id, poll, write)
    member = member_of(services, write)
    wanted = write.json(VoteRequest)
    cast = await _cast(services, poll_id, poll, member, wanted)
    now = services.settings.clock()
    show_results = results_for_voter(poll, bool(cast.vote.choices), now)
    shown = await fix_due(services, poll_id, poll) if poll.sensitive else Shown(cast.tally or Tally())
    answer = _answer(poll_id, poll, shown, show_results, now)
    notice = _notice(poll, wanted.lang or "")
    return json_answer({**answer, "choices": list(cast.vote.choices), "notice": notice}, write.origin)


async def _vote_by_form(
    services: Services, manifest: Manifest, poll_id: str, poll: Poll, write: Write
) -> Response:
    fields = write.form()
    version = fields.get("version", [""])[0]
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        raise Problem("body-invalid", "The form lacks the poll's version.")
    member, lang = member_of(services, write), fields.get("lang", [""])[0]
    wanted = VoteRequest(int(version), tuple(dict.fromkeys(fields.get("choice", ()))))
    sure = fields.get("action") == [_TAKE_BACK]
    if not wanted.choices and not sure:
        return await _ask_first(services, poll_id, poll, member, wanted, lang)
    await _cast(services, poll_id, poll, member, wanted)
    if not wanted.choices:
        return to_said(services, Said("unvoted", lang, poll=poll_id))
    if wanted.choices and (member.fresh or poll.sensitive):
        said = _said(poll) if poll.sensitive else "voted"
        return member.answered(
            services, to_said(services, Said(said, lang, poll=poll_id, first=member.fresh))
        )
    path = write.back or manifest.page_path(poll.pages, lang)
    return way_back(write, path, fragment=f"poll-{poll_id.rpartition('~')[2]}")


async def _ask_first(
    services: Services, poll_id: str, poll: Poll, member: Member, wanted: VoteRequest, lang: str
) -> Response:
    """A form shows no earlier choice: who sent it without one may have pressed by mistake. Nothing is taken back yet."""
    check_vote(poll, wanted.version, (), services.settings.clock())
    await services.rate_limits.draw("vote", member.write.address)
    await _demand_a_vote(services, poll, _vote_key(services, poll_id, poll, member))
    lang = language(lang)
    form = (
        f'<form method="post" action="/api/v1/polls/{escape(poll_id)}/votes">'
        f'<input type="hidden" name="lang" value="{lang}"><input type="hidden" name="version" value="{poll.version}">'
        f'<button name="action" value="{_TAKE_BACK}">{escape(phrase(lang, "unvote"))}</button></form>'
    )
    parts = [paragraph(phrase(lang, "unvote-ask")), form, paragraph(phrase(lang, "go-back"))]
    return html_page(lang, phrase(lang, "unvote-title"), parts)


def _vote_key(services: Services, poll_id: str, poll: Poll, member: Member) -> tuple[str, int, str]:
    return poll_id, poll.version, services.keys.voter(poll_id, poll.version, member.device)


async def _cast(services: Services, poll_id: str, poll: Poll, member: Member, wanted: VoteRequest) -> Cast:
    choices = check_vote(poll, wanted.version, wanted.choices, services.settings.clock())
    await fix_due(services, poll_id, poll)
    key = _vote_key(services, poll_id, poll, member)
    voter = key[2]
    once = member.once(services, "vote", voter, *choices)
    priced = services.settings.limits or services.settings.proof.required
    first = choices and priced and not await services.store.votes([key])
    payment = await _payment(services, member, wanted.altcha, once) if first else None
    if services.settings.limits or payment is not None:
        await _draw(services, poll_id, member, payment, first=bool(first))
    if not choices and member.write.is_form:
        await _demand_a_vote(services, poll, key)
    cast = await services.store.cast(Vote(poll_id, poll.version, voter, choices, services.today()), once)
    if first and not cast.repeated:
        name, kept = f"{poll_id}/{poll.version}/{_arrival(services, member)}", services.now() + ARRIVALS_KEPT
        await services.ledger.count_arrival(services.today(), name, kept)
    return cast


async def _demand_a_vote(services: Services, poll: Poll, key: tuple[str, int, str]) -> None:
    """A form without a choice takes a vote back; where there is none its sender forgot to choose. Raises Problem."""
    if not await services.store.votes([key]):
        raise wrong_count(poll)


async def _payment(
    services: Services, member: Member, altcha: str | None, once: Once | None
) -> Payment | None:
    """A device's first vote in a poll costs a proof of work; a form's sender may have no scripts. Raises Problem."""
    if member.write.is_form or not services.settings.proof.required:
        return None
    if altcha is None:
        await services.rate_limits.draw("challenge", member.write.address)
        raise ProofRequired(challenge_for(services, "vote"))
    return checked_payment(services, "vote", altcha, once)


async def _draw(
    services: Services, poll_id: str, member: Member, payment: Payment | None, *, first: bool
) -> None:
    """Spend the proof, draw on the limits, and on those of new voters, lower ones for a form, which brings no proof; all in one
    unit of work of the ledger. Raises Problem."""
    address = member.write.address
    rules = [("vote", "")]
    if first:
        forms = member.write.is_form and services.settings.proof.required
        rules += [("form-voter", poll_id)] if forms else []
        rules.append(("new-voter", poll_id))

    def draw(draws: Draws) -> Problem | None:
        if payment is not None and not draws.spend(payment.token, payment.by, payment.expires):
            return Problem("proof-spent")
        refusals = (draws.limited(rule, address, scope) for rule, scope in rules)
        return next((refused for refused in refusals if refused is not None), None)

    refused = await services.rate_limits.together(draw)
    if refused is not None:
        raise refused


def _arrival(services: Services, member: Member) -> str:
    """How a first vote came."""
    return "form" if member.write.is_form else "proven" if services.settings.proof.required else "open"


def _said(poll: Poll) -> str:
    return "voted-sensitive" if poll.closes else "voted-sensitive-open"


def _notice(poll: Poll, lang: str) -> str | None:
    """What a voter in a sensitive poll should know of when the vote, and a change of it, shows."""
    return phrase(language(lang), _said(poll)) if poll.sensitive else None


def _answer(poll_id: str, poll: Poll, shown: Shown, with_results: bool, now: float) -> dict[str, Any]:
    return {
        "poll": poll_id,
        "version": poll.version,
        "state": "closed" if closed(poll, now) else "open",
        "closes": moment(poll.closes.astimezone(UTC).timestamp()) if poll.closes else None,
        "visibility": poll.results,
        "results": results(poll, shown.tally) if with_results and shown.tally is not None else None,
        "publishes": moment(shown.next) if shown.next is not None else None,
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
    polls = (await services.manifest.current()).polls
    for vote in found:
        if vote.poll in polls and polls[vote.poll].version == vote.version:
            await fix_due(services, vote.poll, polls[vote.poll])
        await services.store.cast(Vote(vote.poll, vote.version, vote.voter, (), vote.day), None)
    return {"votes": len(found)}


def _mine(manifest: Manifest, document: Mapping[str, Any], lang: str) -> Iterator[str]:
    for vote in document["votes"]:
        poll = manifest.polls.get(vote["poll"])
        labels = {option.key: option.label for option in poll.options} if poll else {}
        chosen = ", ".join(labels.get(key, key) for key in vote["choices"])
        yield paragraph(f"{poll.question if poll else vote['poll']} — {chosen}")


POLLS: Final = Kind(
    "polls",
    (ApiRoute("GET", "/polls/{poll}", show), ApiRoute("POST", "/polls/{poll}/votes", vote)),
    _export,
    _erase,
    mine=_mine,
    said=("voted", "voted-sensitive", "voted-sensitive-open", "unvoted"),
)
