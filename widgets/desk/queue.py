"""Owns the queue's page: the most urgent first, with reasons, and what can be done to many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.responses import RedirectResponse, Response

from widgets.desk.acts import ACTS, ANSWERS, BULK
from widgets.desk.call import Call
from widgets.desk.cards import card
from widgets.desk.claims import claims, release
from widgets.desk.pages import HEADERS, page
from widgets.desk.people import all_staff
from widgets.desk.refusals import Refused
from widgets.desk.rights import may
from widgets.desk.sessions import PATH
from widgets.desk.undo import can_undo, read_batch, undo
from widgets.store.desk_records import AuditEntry
from widgets.store.records import Comment, Conflict, Gone

SHOWN: Final = 40  # a post of the page stays within what the function takes
_MOST_READ: Final = 2_000


async def show(call: Call) -> Response:
    waiting, more = await _waiting(call)
    looking = await _lookers(call)
    return page(
        call,
        "queue",
        cards=[card(call, comment, looking) for comment in waiting],
        more=more,
        acts=[act for act in BULK if may(call.staff, act)],
        answers=ANSWERS,
        done=await done_words(call),
    )


async def _waiting(call: Call) -> tuple[list[Comment], bool]:
    """What this person may decide on: theirs alone, whatever else waits."""
    found: list[Comment] = []
    after: str | None = None
    for _ in range(_MOST_READ // SHOWN):
        rows = await call.services.store.queue(SHOWN, after)
        found += [comment for _, comment in rows if call.reaches(comment)]
        if len(found) > SHOWN or len(rows) < SHOWN:
            break
        after = rows[-1][0]
    return found[:SHOWN], len(found) > SHOWN


async def _lookers(call: Call) -> dict[str, str]:
    names = {staff.id: staff.name for staff in await all_staff(call.services.store)}
    held = await claims(call.services.store, call.services.now())
    return {comment: names.get(staff, staff) for comment, staff in held.items() if staff != call.staff.id}


async def done_words(call: Call) -> dict[str, object] | None:
    """What the last act did, and whether it can still be taken back."""
    batch = call.request.query_params.get("done", "")
    entries = await read_batch(call, batch) if batch else []
    if not entries or any(entry.actor != call.staff.id for entry in entries):
        return None
    if any(entry.action == "undo" for entry in entries):
        return {"text": call.words("done.undo"), "undo": "", "left": 0}
    text = call.words(f"done.{entries[0].action}")
    if len(entries) > 1:
        text = call.words("done.bulk", n=len(entries), what=text)
    passed = call.request.query_params.get("passed", "")
    if passed.isascii() and passed.isdigit() and int(passed):
        text += " " + call.words.count("done.passed", int(passed))
    left = 30 - (call.services.now() - entries[0].time)
    return {"text": text, "undo": batch if can_undo(call, entries) else "", "left": max(0, left)}


def done(entries: Sequence[AuditEntry], passed: int = 0) -> Response:
    """Back to the queue, with a word about what was done; reloading does nothing again."""
    more = f"&passed={passed}" if passed else ""
    return RedirectResponse(f"{PATH}/?done={entries[0].batch}{more}", 303, HEADERS)


async def bulk(call: Call) -> Response:
    """One act for the chosen comments, or for the one whose own button was pressed.

    What somebody else changed meanwhile is passed over and counted, never overwritten.
    """
    one = call.sent("one")
    if one:
        act, _, chosen = one.partition(" ")
        picked = [chosen.partition(" ")[0]]
    else:
        act, picked = call.sent("act"), [text[:60] for text in call.form.get("item", ())]
    if act not in BULK or not may(call.staff, act):
        raise Refused(403, "forbidden")
    if not picked:
        raise Refused(400, "none-chosen")
    batch = call.services.new_id()
    entries, passed = [], 0
    for text in picked[:SHOWN]:
        id_, _, revision = text.partition(".")
        comment = await call.services.store.comment(id_)
        if comment is None or not call.reaches(comment) or not may(call.staff, act, comment.condition):
            raise Refused(404, "not-found")
        if not revision.isascii() or not revision.isdigit():
            raise Refused(400, "malformed")
        try:
            entries.append(await ACTS[act](call, comment, int(revision), batch))
            await release(call.services.store, id_, call.staff.id)
        except (Conflict, Gone):
            passed += 1
    if not entries:
        raise Refused(409, "changed")
    return done(entries, passed)


async def take_back(call: Call) -> Response:
    batch = call.sent("batch")
    await undo(call, batch)
    return RedirectResponse(f"{PATH}/?done={batch}", 303, HEADERS)
