"""Owns the review of a submitted text: all that it draws on in one unit of work of the ledger, and the rules' decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.shapes import CommentRequest
from widgets.function.state.rate_limits import Draws
from widgets.function.state.services import Services
from widgets.function.text.submit import Prepared, Submitted, prepare
from widgets.rules.publishing import Decision, Draft, decide

_LONG_TEXT: Final = 60  # characters from which the same words by two people are no coincidence


@dataclass(frozen=True, slots=True)
class Reviewed:
    html: str
    decision: Decision
    proven: bool = True
    second_name: bool = False  # its writer begins a second name in this condition with it
    burst: str | None = None  # the burst of posts that it belongs to, of what is queued


async def review(services: Services, manifest: Manifest, given: Submitted, rule: str = "") -> Reviewed:
    """What the rules say of a text, the same for a new one and a changed one. Raises Problem.

    First all that may send the text back to its writer, then what can be spent only once. The request counts on the limits
    of `rule` whatever comes of it, and beyond them is refused as limited, whatever else is wrong with it.
    """
    try:
        prepared = await prepare(services, manifest, given)
    except Exception:
        await services.rate_limits.draw(rule, given.member.write.address)
        raise
    spare = (services.new_id(), services.settings.random(8).hex())
    if not services.settings.limits and prepared.payment is None:
        decision = decide(prepared.draft)
        if not (decision.queued and prepared.bursts):  # nothing is drawn on
            return _reviewed(prepared, decision)
    found = await services.rate_limits.together(
        lambda draws: _draw(draws, given, prepared, rule, spare, limited=bool(services.settings.limits))
    )
    if isinstance(found, Problem):
        raise found
    return found


def _draw(
    draws: Draws, given: Submitted, prepared: Prepared, rule: str, spare: tuple[str, str], *, limited: bool
) -> Reviewed | Problem:
    """`spare`: what stands for an intent where the request names none, and the number of a new burst."""
    refused = draws.limited(rule, given.member.write.address)
    if refused is not None:
        return refused
    payment = prepared.payment
    if payment is not None and not draws.spend(payment.token, payment.by, payment.expires):
        return Problem("proof-spent")
    decision = _decide(
        draws, given, _with_copies(draws, given, prepared.draft) if limited else prepared.draft
    )
    intent = given.once.key if given.once else spare[0]
    if limited and given.before is None and not draws.first_today(intent, "own-text", *_act(given)):
        return Problem("duplicate")
    drawn = _reviewed(prepared, decision)
    if not (decision.queued and prepared.bursts):
        return drawn
    return replace(drawn, burst=draws.burst(given.text, given.member.write.address, spare[1]))


def _reviewed(prepared: Prepared, decision: Decision) -> Reviewed:
    return Reviewed(prepared.html, decision, prepared.draft.proven, prepared.second_name)


def _with_copies(draws: Draws, given: Submitted, draft: Draft) -> Draft:
    if len(given.text) < _LONG_TEXT:
        return draft
    return replace(draft, seen_elsewhere=not draws.first_today(given.author, "text", given.text))


def _act(given: Submitted) -> tuple[str, ...]:
    """The same author sends the same text to the same place."""
    parent = given.wanted.parent if isinstance(given.wanted, CommentRequest) else None
    return given.author, given.thread_id, parent or "", given.name.shown, given.text


def _decide(draws: Draws, given: Submitted, draft: Draft) -> Decision:
    """The rules' decision. What would show unread draws on the budget of its writer and of the writer's network, unless the
    name has an approved post, or the text changes what shows already."""
    decision = decide(draft)
    if decision.state == "held" or draft.approved_before or (given.before and given.before.visible):
        return decision
    by_name = draws.within("unread-by-name", given.author)
    if by_name and draws.within("unread", given.member.write.address):
        return decision
    return decide(replace(draft, over_budget=True))
