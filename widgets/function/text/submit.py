"""Owns what is asked of the writer of a submitted text, and what the rules are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from widgets.contract.manifest import Manifest, Thread
from widgets.contract.problems import Problem
from widgets.function.http.member import Member
from widgets.function.shapes import CommentEdit, CommentRequest
from widgets.function.state.proofs import Payment, checked_payment
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
from widgets.rules.publishing import Draft
from widgets.rules.text import link_count, render
from widgets.store.records import Comment, Gone, Name, Once


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
class Prepared:
    """A text that does not go back to its writer, before anything is drawn on in the ledger."""

    html: str
    draft: Draft  # without what the ledger tells
    payment: Payment | None  # None where no proof of work came, or none is asked for
    second_name: bool = False  # a new text, and its writer has others here, all under another name
    bursts: bool = False  # a new text, and its writer has no public post that staff decided on


async def prepare(services: Services, manifest: Manifest, given: Submitted) -> Prepared:
    """What the rules are told of a text, the same for a new one and a changed one. Writes nothing.

    Raises Problem for all that sends the text back to its writer. A plea is not sent back for what could be asked of its
    writer: it is taken, and held.
    """
    condition = manifest.conditions[given.thread.condition]
    known = await _name_of(services, given)
    trusted = known is not None and known.approved
    found = personal_data(given.text, manifest.own_numbers())
    told = judge_plea(given.text, given.lang)
    young = tells_age_below(given.text, condition.minimum_age)
    if told is None:
        if condition.minimum_age and not young:
            _demand_age(given)
        if found and not given.wanted.confirmed and not given.member.write.is_form:
            raise Problem("personal-data", found=kinds(found), places=in_browser_units(given.text, found))
    new = given.before is None
    written = await _written(services, given.author, needed=new and (bool(condition.slow) or not trusted))
    if told is None and new:
        _demand_slow_mode(services, condition.slow, written)
    payment = _payment(services, given.wanted.altcha, given.once)
    html = render(given.text)
    holds = await read_holds(services.store, services.now())
    of_name = hold_of_name(holds, given.thread.condition, given.name.skeleton)
    reached = (*manifest.conditions, *manifest.retired.conditions) if holds else ()
    draft = Draft(
        text=given.text,
        links=link_count(given.text, html),
        policy=condition.comments,
        approved_before=trusted,
        proven=payment is not None or not services.settings.proof.required,
        seen_elsewhere=False,
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
    names = {comment.skeleton for comment in written}
    return Prepared(
        html,
        draft,
        payment,
        second_name=known is None and bool(names) and given.name.skeleton not in names,
        bursts=new and not trusted and not any(one.visible and one.decided is not None for one in written),
    )


async def _written(services: Services, author: str, *, needed: bool) -> Sequence[Comment]:
    return await services.store.comments_by(author) if needed else ()


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


def _demand_slow_mode(services: Services, minutes: int, written: Sequence[Comment]) -> None:
    """Slow mode: raises Problem while the author's last comment in this condition is too recent."""
    wait = too_soon(minutes, max((one.created for one in written), default=None), services.now())
    if wait is not None:
        raise Problem("slow-mode", retry_after=wait)


def _payment(services: Services, altcha: str | None, once: Once | None) -> Payment | None:
    if altcha is None or not services.settings.proof.required:
        return None
    return checked_payment(services, "text", altcha, once)


async def earlier_comment(services: Services, once: Once | None) -> Comment | None:
    """The comment that an earlier request with the same intent wrote or changed, as it is now; a retry draws on no limit and
    spends no proof. Raises OnceMismatch where the key served another text."""
    if once is None:
        return None
    try:
        return await services.store.earlier_comment(once)
    except Gone:
        raise Problem("unknown-comment") from None
