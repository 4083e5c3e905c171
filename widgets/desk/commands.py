"""Owns the plain functions behind `gatherwell desk …` and the store's upkeep; they print nothing."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from widgets.desk.auth import people
from widgets.desk.auth.people import TERMINAL, Staff
from widgets.desk.moderation.actions import ANSWERS
from widgets.desk.moderation.audited_store import AuditedStore, StaffAction
from widgets.desk.moderation.sources import is_source, note_html
from widgets.function.state.retention import purge as purge_stores
from widgets.function.state.services import day_of, new_id
from widgets.function.text import moderation
from widgets.rules.keys import Keys
from widgets.store.desk_records import SHORT_LIVED, AuditAsk, AuditEntry
from widgets.store.interface import Ledger, Store
from widgets.store.opening import demand_existing, sqlite_path, with_stores
from widgets.store.records import Comment, Gone, NameTaken, Note, StoreError
from widgets.store.sqlite import SqliteStore, inspection, restoring
from widgets.store.sqlite.restoring import Restored

T = TypeVar("T")
_PAGE: Final = 500
_EVER: Final = 2**53  # seconds


def queue(store: str, limit: int = 50) -> list[Comment]:
    """What waits for an editor, the most urgent first. `store` as in `Settings.store`. Raises StoreError."""

    async def read(opened: Store, _: Ledger) -> list[Comment]:
        return [comment for _, comment in await opened.queue(limit)]

    return _with(store, read)


def show(store: str, comment_id: str) -> tuple[Comment, list[Comment], list[AuditEntry]]:
    """A comment, the conversation it is part of, and what was done to it. Raises Gone."""

    async def read(opened: Store, _: Ledger) -> tuple[Comment, list[Comment], list[AuditEntry]]:
        comment = await opened.comment(comment_id)
        if comment is None or comment.state == "withdrawn":
            raise Gone
        around = await opened.conversation(comment.thread, comment.root)
        return comment, around, await opened.audit(AuditAsk(_PAGE, comment=comment_id))

    return _with(store, read)


def approve(store: str, comment_id: str) -> Comment:
    """Raises Gone where there is no such comment, Conflict where its text has just changed."""
    return _decide(store, StaffAction(TERMINAL, "approve"), lambda seen: moderation.approve(seen, comment_id))


def reject(store: str, comment_id: str, answer: str = "other") -> Comment:
    """`answer` is the key of the standard answer that its writer reads. Raises Gone, Conflict, StoreError."""
    if answer not in ANSWERS:
        raise StoreError(f"An answer is one of {', '.join(ANSWERS)}.")
    action = StaffAction(TERMINAL, "reject", answer, answer=answer)
    return _decide(store, action, lambda seen: moderation.reject(seen, comment_id))


def hold(store: str, comment_id: str) -> Comment:
    """Raises Gone, Conflict."""
    action = StaffAction(TERMINAL, "hold", decides=False)
    return _decide(store, action, lambda seen: moderation.hold(seen, comment_id))


def note(store: str, comment_id: str, text: str, source: str, by: str) -> Comment:
    """Show with the note of a clinician who is on the staff. Raises Gone, Conflict, StaffError."""
    if not is_source(source) or not text.strip():
        raise StoreError("A note has a text, and a source that begins with https://.")

    async def add(opened: Store, _: Ledger) -> Comment:
        staff = await people.read_staff(opened, by)
        if staff is None or staff.role != "clinician":
            raise people.StaffError(f"{by} is no clinician on the staff; `gatherwell desk staff` lists them.")
        audited = _audited(opened, StaffAction(TERMINAL, "note", staff.id))
        shown = Note(note_html(text, source, staff.name), source, staff.name)
        return await moderation.add_note(audited.as_store(), comment_id, shown)

    return _with(store, add)


def invite(
    store: str,
    *,
    name: str,
    role: str,
    person: str | None = None,
    conditions: tuple[str, ...] = (),
    verified_by: str = "",
    may_answer_crisis: bool = False,
) -> tuple[Staff, str]:
    """Returns the person and the token of a one-time link. Raises StaffError."""
    token = secrets.token_bytes(32).hex()
    day = day_of(time.time()) if verified_by else ""
    staff = Staff(people.staff_id(name), name, role, person, conditions, verified_by, day)
    staff = replace(staff, may_answer_crisis=may_answer_crisis)

    async def let_in(opened: Store, _: Ledger) -> Staff:
        return await people.invite(opened, staff, token, _now(), _new_id)

    return _with(store, let_in), token


def revoke(store: str, staff: str) -> Staff:
    """Raises StaffError."""
    return _with(store, lambda opened, _: people.revoke(opened, staff, _now(), _new_id))


def staff(store: str) -> list[Staff]:
    """The revoked too."""
    return _with(store, lambda opened, _: people.all_staff(opened))


def export(store: str) -> list[dict[str, Any]]:
    """The whole audit log, the oldest entry first."""

    async def read(opened: Store, _: Ledger) -> list[dict[str, Any]]:
        entries: list[AuditEntry] = []
        before: str | None = None
        while page := await opened.audit(AuditAsk(_PAGE, before=before)):
            entries += page
            before = page[-1].id
        return [asdict(entry) for entry in reversed(entries)]

    return _with(store, read)


def purge(store: str, secret: bytes | None = None) -> int:
    """Delete all that has expired; returns how many rejected comments were deleted. `secret` is the function's, by which notes
    on their pseudonyms are found."""
    keys = Keys(secret) if secret else None
    return _with(store, lambda opened, ledger: purge_stores(opened, ledger, time.time(), _new_id, keys))


def check(store: str) -> list[str]:
    """What is wrong with the store, in words; empty when it is sound. A SQLite store is only read: a running function
    goes on. Raises NoStore."""
    path = sqlite_path(store)
    if path is not None:
        return inspection.check_file(path)
    return _with(store, lambda opened, _: opened.check())


def arrivals(store: str, day: str) -> dict[str, int]:
    """How many first votes came on that day (YYYY-MM-DD), by `<poll>/<version>/<way>`. Raises StoreError."""

    async def read(_: Store, ledger: Ledger) -> dict[str, int]:
        return dict(await ledger.arrivals(day))

    return _with(store, read)


def back_up(store: str, target: Path) -> None:
    """An online copy of a SQLite store; the ledger is left out by design. Raises StoreError on another
    kind, and where there is none."""

    async def copy(opened: Store, _: Ledger) -> None:
        if not isinstance(opened, SqliteStore):
            raise StoreError("DynamoDB keeps its own backups: point-in-time recovery.")
        await asyncio.to_thread(opened.back_up, target)

    _with(store, copy)


def restore(store: str, copy: Path, erasures: Path | None, *, without_erasures: bool) -> Restored:
    """Raises StoreError; the store is then as it was."""
    path = sqlite_path(store)
    if path is None:
        raise StoreError("DynamoDB restores its own backups: point-in-time recovery makes a new table.")
    return restoring.restore(copy, path, erasures=erasures, without_erasures=without_erasures)


def rotate(store: str) -> int:
    """Replace every key that can be replaced without loss: the day's key of addresses, challenges, the desk's sessions and
    links. Returns how many sessions and links have ended."""

    async def end(opened: Store, ledger: Ledger) -> int:
        rows = [row for kind in SHORT_LIVED for row in await opened.desk_rows(kind)]
        await ledger.purge(_EVER, "9999-12-31")
        return sum([await opened.drop_desk_row(row.kind, row.id) for row in rows])

    return _with(store, end)


def _decide(store: str, action: StaffAction, work: Callable[[Store], Awaitable[Comment]]) -> Comment:
    async def decide(opened: Store, _: Ledger) -> Comment:
        try:
            return await work(_audited(opened, action).as_store())
        except NameTaken:
            raise StoreError(
                "Somebody else has published under this pseudonym since: it can stay held, or be rejected."
            ) from None

    return _with(store, decide)


def _audited(opened: Store, action: StaffAction) -> AuditedStore:
    return AuditedStore(opened, action, _now(), _new_id)


def _now() -> int:
    return int(time.time())


def _new_id() -> str:
    return new_id(time.time(), secrets.token_bytes(10))


def _with(store: str, work: Callable[[Store, Ledger], Awaitable[T]]) -> T:
    demand_existing(store)
    return with_stores(store, work)
