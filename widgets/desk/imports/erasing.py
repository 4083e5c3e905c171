"""Owns the erasure of all that an old name wrote: imported members hold no key, so the desk does it when they ask."""

from __future__ import annotations

from collections.abc import Callable

from widgets.desk.imports.old_names import ERASED, is_old
from widgets.desk.moderation.audited_store import StaffAction, entry_of, state_of
from widgets.function.text.name_notes import NAME_NOTES
from widgets.rules.names import skeleton_of
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.interface import Store
from widgets.store.records import Comment, Gone, StoreError


class NotImported(StoreError):
    """The name is nobody's, or a member's who holds a key."""


async def erase_author(
    store: Store, author: str, action: StaffAction, now: int, fresh_id: Callable[[], str]
) -> tuple[AuditEntry, int]:
    """Erase everything of an imported author, and leave out what a later import brings of it. Each comment has its entry in
    the audit, all of one batch; the first is returned, and how many there were. Raises NotImported."""
    written = await store.comments_by(author) if is_old(author) else []
    if not written:
        raise NotImported("No comment of an older system stands under this name; members erase their own.")
    if await store.desk_row(ERASED, author) is None:
        await store.keep_desk_row(DeskRow(ERASED, author, {}))
    batch = action.batch or fresh_id()
    entries: list[AuditEntry] = []
    for comment in written:
        entry = _entry(action, batch, fresh_id(), now, comment)
        try:
            await store.remove_comment(comment.id, author, entry)
        except Gone:
            continue
        entries.append(entry)
    await store.drop_desk_row(NAME_NOTES, author)
    if not entries:
        raise NotImported("It was erased already.")
    return entries[0], len(entries)


def _entry(action: StaffAction, batch: str, id_: str, now: int, comment: Comment) -> AuditEntry:
    one = StaffAction(action.actor, action.action, action.reason, batch)
    return entry_of(one, id_, now, comment, {"state": state_of(comment)["state"]}, {"state": "withdrawn"})


async def author_of(store: Store, condition: str, name: str) -> str:
    """Whose name it is. Raises NotImported."""
    held = await store.name(condition, skeleton_of(name))
    if held is None or not is_old(held.author):
        raise NotImported(
            f"Nothing of an older system stands under '{name}' in {condition}; write the name as the page shows it."
        )
    return held.author
