"""Owns the way of a text through the rules: what is asked of its writer, what is spent, what is decided."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.function.incoming import Write
from widgets.function.manifest import Manifest, Thread
from widgets.function.problems import Problem
from widgets.function.restraints import read_name_hold
from widgets.function.rules.claims import NO_CLAIMS, claims
from widgets.function.rules.crisis import plea
from widgets.function.rules.names import Pseudonym
from widgets.function.rules.pace import in_quiet_hours, too_soon
from widgets.function.rules.personal_data import kinds, personal_data
from widgets.function.rules.personal_data.place import in_browser_units
from widgets.function.rules.proof import check_proof
from widgets.function.rules.publishing import Decision, Draft, decide
from widgets.function.rules.text import link_count, render
from widgets.function.services import Services
from widgets.function.shapes import CommentEdit, CommentRequest
from widgets.store.records import Comment, Once

_LONG_TEXT = 60  # characters from which the same words by two people are no coincidence


@dataclass(frozen=True, slots=True)
class Judged:
    text: str
    html: str
    decision: Decision


async def judge(
    services: Services,
    manifest: Manifest,
    thread: Thread,
    write: Write,
    wanted: CommentRequest | CommentEdit,
    *,
    text: str,
    name: Pseudonym,
    author: str,
    once: Once | None,
    before: Comment | None = None,
) -> Judged:
    """What the rules say of a text, the same for a new one and a changed one.

    First all that may send the text back to its writer, then what can be spent only once. A plea is not sent
    back for what could be asked of its writer: it is taken, and held.
    """
    known = await services.store.name(thread.condition, name.skeleton)
    if known is not None and known.author != author:
        raise Problem("pseudonym-taken")
    found = personal_data(text)
    told = plea(text)
    if found and not wanted.confirmed and not write.is_form and told is None:
        raise Problem("personal-data", found=kinds(found), places=in_browser_units(text, found))
    condition = manifest.conditions[thread.condition]
    if before is None and told is None:
        await _keep_the_pace(services, condition.slow, author)
    proven = await _proven(services, wanted.altcha, once)
    html = render(text)
    hold = await read_name_hold(services.store, thread.condition, name.skeleton, services.now())
    draft = Draft(
        text=text,
        links=link_count(text, html),
        policy=condition.comments,
        approved_before=known is not None and known.approved,
        proven=proven,
        seen_elsewhere=await _seen_elsewhere(services, text, author),
        personal_data=kinds(found),
        confirmed=wanted.confirmed,
        state_before=before.state if before else None,
        name_on_hold=hold is not None,
        plea=told,
        quiet=in_quiet_hours(condition.quiet, services.settings.clock()),
        claims=claims(text, services.claims.get(thread.condition, NO_CLAIMS)),
    )
    return Judged(text, html, decide(draft))


async def _keep_the_pace(services: Services, minutes: int, author: str) -> None:
    """An author is one in each condition: what they wrote there is what this asks for."""
    if not minutes:
        return
    written = [comment.created for comment in await services.store.comments_by(author)]
    wait = too_soon(minutes, max(written, default=None), services.now())
    if wait is not None:
        raise Problem("slow-mode", retry_after=wait)


async def _seen_elsewhere(services: Services, text: str, author: str) -> bool:
    if not services.settings.limits or len(text) < _LONG_TEXT:
        return False
    return not await services.gate.first_today(author, "text", text)


async def demand_new(services: Services, once: Once | None, *act: str) -> None:
    """The same words by the same writer in the same place are a slip of the finger, unless it is a retry."""
    intent = once.key if once else services.new_id()
    if services.settings.limits and not await services.gate.first_today(intent, "own-text", *act):
        raise Problem("duplicate")


async def _proven(services: Services, altcha: str | None, once: Once | None) -> bool:
    if not services.settings.proof.required:
        return True
    if altcha is None:
        return False
    proof = check_proof(
        services.keys, altcha, now=services.now(), min_seconds=services.settings.proof.min_seconds
    )
    # A retry of the same intent may bring the same solution; anything else must solve its own.
    by = once.key if once else services.keys.digest("single", services.new_id())
    if not await services.ledger.spend(proof.token, by, proof.expires + 60):
        raise Problem("proof-spent")
    return True


def once_of(services: Services, route: str, author: str, write: Write, *said: str) -> Once | None:
    if not write.idempotency:
        return None
    key = services.keys.once(route, author, write.idempotency)
    return Once(key, services.keys.digest(key, *said), services.today())
