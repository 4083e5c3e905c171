"""Owns the desk's lists: what was searched for, posts without an answer, the week's load, the audit."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Final

from starlette.responses import Response

from widgets.desk.call import Call
from widgets.desk.cards import card
from widgets.desk.item import log_line
from widgets.desk.pages import page
from widgets.desk.people import all_staff
from widgets.store.desk_records import AuditAsk, Find

_MOST: Final = 50
_UNANSWERED_SECONDS: Final = 60 * 86_400
_WEEKS: Final = 4
_WEEK: Final = 7 * 86_400
_MOST_LOAD: Final = 5_000
DECISIONS: Final = frozenset({"approve", "reject", "hold", "note", "crisis", "redact", "answer"})


async def search_page(call: Call) -> Response:
    return page(call, "search", cards=None, words="")


async def search(call: Call) -> Response:
    """Words come in the body: an address line would keep them, in the browser and on the way."""
    words = call.sent("words", 100)
    found = await call.services.store.find(Find(words, 4 * _MOST)) if words else []
    shown = [card(call, comment) for comment in found if call.reaches(comment)][:_MOST]
    return page(call, "search", cards=shown, words=words)


async def unanswered(call: Call) -> Response:
    since = call.services.now() - _UNANSWERED_SECONDS
    found = await call.services.store.unanswered(since, 4 * _MOST)
    return page(
        call,
        "unanswered",
        cards=[card(call, comment) for comment in found if call.reaches(comment)][:_MOST],
    )


async def load(call: Call) -> Response:
    """Decisions by person and week, the newest week first; weeks begin on Monday, UTC."""
    now = call.services.now()
    entries = await call.services.store.audit(AuditAsk(_MOST_LOAD, since=now - _WEEKS * _WEEK))
    done = Counter((entry.actor, _week(entry.time)) for entry in entries if entry.action in DECISIONS)
    weeks = list(dict.fromkeys(_week(now - n * _WEEK) for n in range(_WEEKS)))
    names = {staff.id: staff.name for staff in await all_staff(call.services.store) if staff.revoked is None}
    names |= {actor: names.get(actor, call.words.known("actor", actor)) for actor, _ in done}
    rows = [
        (name, [done[actor, week] for week in weeks])
        for actor, name in sorted(names.items(), key=lambda pair: pair[1].casefold())
    ]
    return page(call, "load", weeks=weeks, rows=rows)


def _week(seconds: int) -> str:
    year, week, _ = datetime.fromtimestamp(seconds, UTC).isocalendar()
    return datetime.fromisocalendar(year, week, 1).strftime("%Y-%m-%d")


async def audit(call: Call) -> Response:
    before = call.request.query_params.get("before", "")[:26] or None
    entries = await call.services.store.audit(AuditAsk(_MOST + 1, before=before))
    names = {staff.id: staff.name for staff in await all_staff(call.services.store)}
    shown = entries[:_MOST]
    return page(
        call,
        "audit",
        lines=[log_line(call, entry, names) for entry in shown],
        older=shown[-1].id if len(entries) > _MOST else "",
    )
