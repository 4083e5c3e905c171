"""Owns the review of a submitted text: what is asked of its writer, the proof of work, the rules' decision."""

from __future__ import annotations

from dataclasses import dataclass, replace

from widgets.contract.manifest import Manifest, Thread
from widgets.contract.problems import Problem
from widgets.function.http.member import Member
from widgets.function.shapes import CommentEdit, CommentRequest
from widgets.function.state.proofs import spend_proof
from widgets.function.state.services import Services
from widgets.function.text.decided import was_decided
from widgets.function.text.false_alarms import is_eased
from widgets.function.text.locks import device_marks, hold_of_device, hold_of_name, read_holds
from widgets.function.text.name_claims import demand_free
from widgets.rules.age import tells_age_below
from widgets.rules.claims import NO_CLAIMS, judge_claim
from widgets.rules.crisis import judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.names import Pseudonym
from widgets.rules.pace import in_quiet_hours, too_soon
from widgets.rules.personal_data import kinds, personal_data
from widgets.rules.personal_data.place import in_browser_units
from widgets.rules.publishing import Decision, Draft, decide
from widgets.rules.text import link_count, render
from widgets.store.records import Comment, Gone, Name, Once

_LONG_TEXT = 60  # characters from which the same words by two people are no coincidence


@dataclass(frozen=True, slots=True)
class Submitted:
    """A text on its way in: normalised, under a checked name, with all that its writer sent beside it.

    `author` is the keyed hash of the writer within the thread's condition; `before` the comment that the text
    changes, None for a new one.
    """

    thread_id: str
    thread: Thread
    text: str
    name: Pseudonym
    author: str
    lang: str  # of the page
    member: Member
    wanted: CommentRequest | CommentEdit
    once: Once | None
    before: Comment | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    html: str
    decision: Decision
    proven: bool = True
    trusted: bool = False  # its writer has an approved post
    new_name: bool = False  # its writer has nothing else under this name


async def review(services: Services, manifest: Manifest, given: Submitted) -> Reviewed:
    """What the rules say of a text, the same for a new one and a changed one.

    First all that may send the text back to its writer, then what can be spent only once. A plea is not sent
    back for what could be asked of its writer: it is taken, and held.
    """
    condition = manifest.conditions[given.thread.condition]
    known = await _name_of(services, given)
    found = personal_data(given.text, manifest.own_numbers())
    told = judge_plea(given.text, given.lang)
    young = tells_age_below(given.text, condition.minimum_age)
    if told is None:
        if condition.minimum_age and not young:
            _demand_age(given)
        if found and not given.wanted.confirmed and not given.member.write.is_form:
            raise Problem("personal-data", found=kinds(found), places=in_browser_units(given.text, found))
        if given.before is None:
            await _demand_slow_mode(services, condition.slow, given.author)
    proven = await _proven(services, given.wanted.altcha, given.once)
    html = render(given.text)
    holds = await read_holds(services.store, services.now())
    of_name = hold_of_name(holds, given.thread.condition, given.name.skeleton)
    reached = (*manifest.conditions, *manifest.retired.conditions) if holds else ()
    draft = Draft(
        text=given.text,
        links=link_count(given.text, html),
        policy=condition.comments,
        approved_before=known is not None and known.approved,
        proven=proven,
        seen_elsewhere=await _seen_elsewhere(services, given.text, given.author),
        personal_data=kinds(found),
        confirmed=given.wanted.confirmed,
        state_before=given.before.state if given.before else None,
        decided_before=given.before is not None and await was_decided(services.store, given.before),
        name_on_hold=of_name is not None,
        device_on_hold=hold_of_device(holds, device_marks(services.keys, reached, given.member.device))
        is not None,
        plea=told,
        eased=told is not None
        and await is_eased(services.store, given.thread.condition, given.text, told, services.now()),
        quiet=in_quiet_hours(condition.quiet, services.settings.clock()),
        claim=judge_claim(given.text, services.claims.get(given.thread.condition, NO_CLAIMS)),
        harm=judge_harm(given.text, given.lang),
        young=young,
    )
    decision = await _decide(services, given, draft)
    return Reviewed(html, decision, proven, trusted=draft.approved_before, new_name=known is None)


def _demand_age(given: Submitted) -> None:
    """Raises Problem age-missing for a new text without the tick about its writer's age."""
    if isinstance(given.wanted, CommentRequest) and not given.wanted.age:
        raise Problem("age-missing")


async def _name_of(services: Services, given: Submitted) -> Name | None:
    """The writer's own reservation of the name. Raises Problem pseudonym-taken for a new text under another's."""
    condition = given.thread.condition
    if given.before is None:
        return await demand_free(services, condition, given.name, given.author)
    known = await services.store.name(condition, given.name.skeleton)
    return known if known is not None and known.author == given.author else None


async def _demand_slow_mode(services: Services, minutes: int, author: str) -> None:
    """Slow mode: raises Problem while the author's last comment in this condition is too recent."""
    if not minutes:
        return
    written = [comment.created for comment in await services.store.comments_by(author)]
    wait = too_soon(minutes, max(written, default=None), services.now())
    if wait is not None:
        raise Problem("slow-mode", retry_after=wait)


async def _seen_elsewhere(services: Services, text: str, author: str) -> bool:
    if not services.settings.limits or len(text) < _LONG_TEXT:
        return False
    return not await services.rate_limits.first_today(author, "text", text)


async def earlier_comment(services: Services, once: Once | None) -> Comment | None:
    """The comment that an earlier request with the same intent wrote or changed, as it is now; a retry draws on no limit and
    spends no proof. Raises OnceMismatch where the key served another text."""
    if once is None:
        return None
    try:
        return await services.store.earlier_comment(once)
    except Gone:
        raise Problem("unknown-comment") from None


async def demand_new(services: Services, once: Once | None, *act: str) -> None:
    """Raises Problem duplicate where the same author sent the same text to the same place today, unless it is a retry."""
    if not services.settings.limits:
        return
    intent = once.key if once else services.new_id()
    if not await services.rate_limits.first_today(intent, "own-text", *act):
        raise Problem("duplicate")


async def _proven(services: Services, altcha: str | None, once: Once | None) -> bool:
    if not services.settings.proof.required:
        return True
    if altcha is None:
        return False
    await spend_proof(services, "text", altcha, once)
    return True


async def _decide(services: Services, given: Submitted, draft: Draft) -> Decision:
    """The rules' decision. What would show unread draws on the budget of its writer and of the writer's network, unless the
    name has an approved post, or the text changes what shows already."""
    decision = decide(draft)
    if decision.state == "held" or draft.approved_before or (given.before and given.before.visible):
        return decision
    limits = services.rate_limits
    by_name = await limits.within("unread-by-name", given.author)
    if by_name and await limits.within("unread", given.member.write.address):
        return decision
    return decide(replace(draft, over_budget=True))
