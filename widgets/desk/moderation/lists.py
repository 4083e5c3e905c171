"""Owns the desk's lists: what was searched for, the weekly load, the audit log."""

from __future__ import annotations

from collections import Counter
from typing import Final

from starlette.responses import Response

from widgets.desk.auth.people import all_staff
from widgets.desk.auth.rights import together
from widgets.desk.moderation.audit_lines import log_line
from widgets.desk.moderation.comment_cards import card
from widgets.desk.moderation.first_looks import STEPS, read_first_looks, week_of
from widgets.desk.pages.frame import page
from widgets.desk.request import DeskRequest
from widgets.store.desk_records import AuditAsk, Find

_MOST: Final = 50
_WEEKS: Final = 4
_WEEK: Final = 7 * 86_400
_MOST_LOAD: Final = 5_000
DECISIONS: Final = frozenset({"approve", "reject", "hold", "note", "crisis", "redact", "answer"})


async def search_page(request: DeskRequest) -> Response:
    return page(request, "search", cards=None, words="")


async def search(request: DeskRequest) -> Response:
    """The words are sent in the body: a URL would be kept in the browser's history and in logs."""
    words = request.sent("words", 100)
    found = (
        await request.services.store.find(Find(words, 4 * _MOST, conditions=request.staff.conditions))
        if words
        else []
    )
    shown = [card(request, comment) for comment in found if request.reaches(comment)][:_MOST]
    return page(request, "search", cards=shown, words=words)


async def load(request: DeskRequest) -> Response:
    """Decisions by person and week, the newest week first; weeks begin on Monday, UTC. Who is there for some conditions sees
    what was decided there, and by whom it can be."""
    now = request.services.now()
    ask = AuditAsk(_MOST_LOAD, since=now - _WEEKS * _WEEK, conditions=request.staff.conditions)
    entries = await request.services.store.audit(ask)
    done = Counter((entry.actor, week_of(entry.time)) for entry in entries if entry.action in DECISIONS)
    weeks = list(dict.fromkeys(week_of(now - n * _WEEK) for n in range(_WEEKS)))
    everybody = await all_staff(request.services.store)
    names = {one.id: one.name for one in everybody if one.revoked is None and together(one, request.staff)}
    names |= {actor: names.get(actor, request.words.known("actor", actor)) for actor, _ in done}
    rows = [
        (name, [done[actor, week] for week in weeks])
        for actor, name in sorted(names.items(), key=lambda pair: pair[1].casefold())
    ]
    found = await read_first_looks(request, weeks)
    looks = [
        (week, kind, [found[week][f"{kind} {step}"] for step in STEPS])
        for week in weeks
        for kind in ("plea", "other")
    ]
    return page(request, "load", weeks=weeks, rows=rows, steps=STEPS, looks=looks)


async def audit(request: DeskRequest) -> Response:
    before = request.http.query_params.get("before", "")[:26] or None
    entries = await request.services.store.audit(
        AuditAsk(_MOST + 1, before=before, conditions=request.staff.conditions)
    )
    names = {staff.id: staff.name for staff in await all_staff(request.services.store)}
    shown = entries[:_MOST]
    return page(
        request,
        "audit",
        lines=[log_line(request, entry, names) for entry in shown],
        older=shown[-1].id if len(entries) > _MOST else "",
    )
