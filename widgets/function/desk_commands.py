"""Owns the plain functions behind `gatherwell desk …` and the store's upkeep; they print nothing."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar

from widgets.desk import people
from widgets.desk.acts import ANSWERS, is_source, note_html
from widgets.desk.people import TERMINAL, Staff
from widgets.desk.witness import Act, Witness
from widgets.function import moderation
from widgets.function.retention import purge as purge_stores
from widgets.function.services import day_of, new_id
from widgets.store.desk_records import AuditAsk, AuditEntry
from widgets.store.interface import Ledger, Store
from widgets.store.opening import open_stores
from widgets.store.records import Comment, Gone, Note, StoreError
from widgets.store.sqlite import SqliteStore

T = TypeVar("T")
_PAGE: Final = 500


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
    return _decide(store, Act(TERMINAL, "approve"), lambda seen: moderation.approve(seen, comment_id))


def reject(store: str, comment_id: str, answer: str = "other") -> Comment:
    """`answer` is the key of the standard answer that its writer reads. Raises Gone, Conflict, StoreError."""
    if answer not in ANSWERS:
        raise StoreError(f"An answer is one of {', '.join(ANSWERS)}.")
    act = Act(TERMINAL, "reject", answer, answer=answer)
    return _decide(store, act, lambda seen: moderation.reject(seen, comment_id))


def hold(store: str, comment_id: str) -> Comment:
    """Raises Gone, Conflict."""
    act = Act(TERMINAL, "hold", decides=False)
    return _decide(store, act, lambda seen: moderation.hold(seen, comment_id))


def note(store: str, comment_id: str, text: str, source: str, by: str) -> Comment:
    """Show with the note of a clinician who is on the staff. Raises Gone, Conflict, StaffError."""
    if not is_source(source) or not text.strip():
        raise StoreError("A note has a text, and a source that begins with https://.")

    async def add(opened: Store, _: Ledger) -> Comment:
        staff = await people.read_staff(opened, by)
        if staff is None or staff.role != "clinician":
            raise people.StaffError(f"{by} is no clinician on the staff; `gatherwell desk staff` lists them.")
        witness = _witness(opened, Act(TERMINAL, "note", staff.id))
        shown = Note(note_html(text, source, staff.name), source, staff.name)
        return await moderation.add_note(witness.as_store(), comment_id, shown)

    return _with(store, add)


def invite(
    store: str,
    *,
    name: str,
    role: str,
    person: str | None = None,
    conditions: tuple[str, ...] = (),
    verified_by: str = "",
) -> tuple[Staff, str]:
    """The person, and the token of a link that lets in once. Raises StaffError."""
    token = secrets.token_bytes(32).hex()
    day = day_of(time.time()) if verified_by else ""
    staff = Staff(people.staff_id(name), name, role, person, conditions, verified_by, day)

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
    """The whole audit, the oldest first."""

    async def read(opened: Store, _: Ledger) -> list[dict[str, Any]]:
        entries: list[AuditEntry] = []
        before: str | None = None
        while page := await opened.audit(AuditAsk(_PAGE, before=before)):
            entries += page
            before = page[-1].id
        return [asdict(entry) for entry in reversed(entries)]

    return _with(store, read)


def purge(store: str) -> int:
    """How many rejected comments were past their time; all else that was goes too."""
    return _with(store, lambda opened, ledger: purge_stores(opened, ledger, time.time(), _new_id))


def check(store: str) -> list[str]:
    """What is wrong with the store, in words; empty when it is sound. Raises StoreError where there is none."""
    _demand_file(store)
    return _with(store, lambda opened, _: opened.check())


def back_up(store: str, target: Path) -> None:
    """An online copy of a SQLite store; the ledger is left out by design. Raises StoreError on another
    kind, and where there is none."""
    _demand_file(store)

    async def copy(opened: Store, _: Ledger) -> None:
        if not isinstance(opened, SqliteStore):
            raise StoreError("DynamoDB keeps its own backups: point-in-time recovery.")
        await asyncio.to_thread(opened.back_up, target)

    _with(store, copy)


def _demand_file(store: str) -> None:
    """A mistyped path must not become an empty store that is sound, nor a copy of one."""
    kind, _, place = store.partition(":")
    if kind == "sqlite" and not Path(place).is_file():
        raise StoreError(f"There is no store at {place}.")


def _decide(store: str, act: Act, work: Callable[[Store], Awaitable[Comment]]) -> Comment:
    async def decide(opened: Store, _: Ledger) -> Comment:
        return await work(_witness(opened, act).as_store())

    return _with(store, decide)


def _witness(opened: Store, act: Act) -> Witness:
    return Witness(opened, act, _now(), _new_id)


def _now() -> int:
    return int(time.time())


def _new_id() -> str:
    return new_id(time.time(), secrets.token_bytes(10))


def _with(store: str, work: Callable[[Store, Ledger], Awaitable[T]]) -> T:
    async def run() -> T:
        opened, ledger = open_stores(store)
        try:
            return await work(opened, ledger)
        finally:
            await opened.close()
            await ledger.close()

    return asyncio.run(run())
