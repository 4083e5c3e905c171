"""Owns the audited store: a wrapper that writes an audit entry with every change of a comment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, cast

from widgets.store.desk_records import AuditEntry
from widgets.store.interface import CommentChange, Store
from widgets.store.records import Comment, Conflict

_STATE: Final = ("state", "held", "urgency", "queued", "flags", "reason", "decided", "aside")


@dataclass(frozen=True, slots=True)
class StaffAction:
    """What a member of staff does. `reason` is a key or staff's own words, never a member's."""

    actor: str
    action: str
    reason: str = ""
    batch: str = ""
    answer: str | None = None  # the key of the standard answer that the writer reads
    decides: bool = True


def state_of(comment: Comment) -> dict[str, Any]:
    """The fields that an undo restores; the text is not among them."""
    state = {name: getattr(comment, name) for name in _STATE}
    return {**state, "held": list(comment.held), "flags": dict(comment.flags), "noted": bool(comment.note)}


class AuditedStore:
    """Passed to the functions of `moderation` in place of the store.

    With `revision` it refuses (Conflict) as soon as the comment is not the one that was read on the page.
    """

    def __init__(
        self,
        store: Store,
        action: StaffAction,
        now: int,
        new_id: Callable[[], str],
        revision: int | None = None,
    ) -> None:
        self._store = store
        self._action = action
        self._now = now
        self._new_id = new_id
        self._revision = revision
        self._seen: Comment | None = None
        self.entry: AuditEntry | None = None

    def as_store(self) -> Store:
        return cast(Store, self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def comment(self, id_: str) -> Comment | None:
        found = await self._store.comment(id_)
        if found is not None and self._revision not in (None, found.revision):
            raise Conflict
        self._seen = found
        return found

    async def change_comment(self, change: CommentChange) -> Comment:
        seen = self._seen
        if seen is None or (seen.id, seen.revision) != (change.id, change.revision):
            seen = await self._store.comment(change.id)
            if seen is None or seen.revision != change.revision:
                raise Conflict
        fields: Mapping[str, Any] = change.fields
        if self._action.decides:
            fields = {"reason": self._action.answer, "decided": self._now, **fields}
        before = state_of(seen)
        if change.approve_name is not None:
            name = await self._store.name(seen.condition, seen.skeleton)
            before["name_approved"] = bool(name and name.approved)
        after = state_of(replace(seen, **fields)) | {"revision": seen.revision + 1}
        self.entry = entry_of(self._action, self._new_id(), self._now, seen, before, after)
        return await self._store.change_comment(replace(change, fields=fields, audit=self.entry))


class About(Protocol):
    """What an action is about: a comment, a story or a question."""

    @property
    def id(self) -> str: ...
    @property
    def condition(self) -> str: ...


def entry_of(
    action: StaffAction,
    id_: str,
    now: int,
    comment: About | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    return AuditEntry(
        id_,
        now,
        action.actor,
        action.action,
        comment.id if comment else "",
        action.reason,
        action.batch or id_,
        before or {},
        after or {},
        comment.condition if comment else "",
    )
