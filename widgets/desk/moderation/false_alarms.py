"""Owns how staff teach false alarms: a few words of a post, listed with who and when, taken back at any time."""

from __future__ import annotations

import asyncio

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.people import all_staff
from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import PATH
from widgets.desk.moderation.audited_store import StaffAction, entry_of
from widgets.desk.pages.frame import HEADERS, page
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.function.text.false_alarms import FALSE_ALARM, MOST, FalseAlarm, alarm_row, read_alarms
from widgets.rules.false_alarms import AlarmRefused, read_alarm
from widgets.store.desk_records import AuditEntry
from widgets.store.records import Comment


async def false_alarm(request: DeskRequest, comment: Comment, revision: int | None, batch: str) -> AuditEntry:
    """The audit tells that something was taught, and no word of it. Raises Refused."""
    services = request.services
    try:
        words = await asyncio.to_thread(read_alarm, request.sent("words", 100), comment.text)
    except AlarmRefused as refused:
        raise Refused(400, refused.key) from None
    known = [
        one for one in await read_alarms(services.store, services.now()) if one.condition == comment.condition
    ]
    if len(known) >= MOST:
        raise Refused(409, "alarms-full", most=MOST)
    if any(one.words == words for one in known):
        raise Refused(409, "alarm-known")
    alarm = FalseAlarm(services.new_id(), words, comment.condition, request.staff.id, services.now())
    await services.store.keep_desk_row(alarm_row(alarm))
    action = StaffAction(request.staff.id, "false-alarm", batch=batch)
    entry = entry_of(action, services.new_id(), services.now(), comment, {}, {"alarm": alarm.id})
    await services.store.append_audit(entry)
    return entry


async def show(request: DeskRequest) -> Response:
    names = {staff.id: staff.name for staff in await all_staff(request.services.store)}
    conditions = request.manifest.conditions
    alarms = await read_alarms(request.services.store, request.services.now())
    shown = [
        {
            "id": alarm.id,
            "words": " ".join(alarm.words),
            "by": names.get(alarm.by, alarm.by),
            "at": alarm.at,
            "condition": conditions[alarm.condition].title
            if alarm.condition in conditions
            else alarm.condition,
        }
        for alarm in alarms
        if may(request.staff, "alarms", alarm.condition)
    ]
    return page(request, "alarms", alarms=shown)


async def forget(request: DeskRequest) -> Response:
    """Anybody who may teach may take back; what is of another condition does not exist."""
    services = request.services
    alarms = await read_alarms(services.store, services.now())
    found = next((one for one in alarms if one.id == request.sent("alarm", 26)), None)
    if found is None or not may(request.staff, "alarms", found.condition):
        raise Refused(404, "not-found")
    if not await services.store.drop_desk_row(FALSE_ALARM, found.id):
        raise Refused(409, "changed")
    entry = AuditEntry(
        services.new_id(),
        services.now(),
        request.staff.id,
        "forget-alarm",
        after={"alarm": found.id},
        condition=found.condition,
    )
    await services.store.append_audit(entry)
    return RedirectResponse(f"{PATH}/alarms", 303, HEADERS)
