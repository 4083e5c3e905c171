"""Owns how an entry of the audit log reads: names and actions in the words of the reader's language."""

from __future__ import annotations

from typing import Any

from widgets.desk.auth.people import all_staff
from widgets.desk.request import DeskRequest
from widgets.store.desk_records import AuditAsk, AuditEntry


async def changed_words(request: DeskRequest, id_: str, revision: int) -> str:
    """Who changed a post while it was read, and how; where its writer did, that it changed."""
    store = request.services.store
    last = await store.audit(AuditAsk(1, comment=id_))
    if not last or last[0].after.get("revision") != revision:
        return request.words("changed")
    line = log_line(request, last[0], {staff.id: staff.name for staff in await all_staff(store)})
    return request.words("changed-by", who=line["actor"], what=line["action"])


def log_line(request: DeskRequest, entry: AuditEntry, names: dict[str, str]) -> dict[str, Any]:
    kind = {"reject": "answer", "voice-decline": "answer", "undo": "action", "sign-in": "by"}.get(
        entry.action
    )
    known = request.words.known(kind, entry.reason) if kind else entry.reason
    if entry.action in ("invite", "revoke"):
        known = names.get(entry.after["staff"], entry.after["staff"])
    if entry.action == "export-raw":
        known = entry.after["survey"]
    if entry.action == "hand-over":
        known = names.get(entry.reason, entry.reason)
    return {
        "time": entry.time,
        "actor": names.get(entry.actor, request.words.known("actor", entry.actor)),
        "action": request.words.known("action", entry.action),
        "reason": known,
        "comment": entry.comment,
        "before": request.words.known("state", str(entry.before.get("state", ""))),
        "after": request.words.known("state", str(entry.after.get("state", ""))),
    }
