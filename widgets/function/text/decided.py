"""Owns the question whether a person has decided on a comment's words, as they stand now."""

from __future__ import annotations

from typing import Final

from widgets.function.text.moderation import TAKEN_OUT
from widgets.store.desk_records import AuditAsk
from widgets.store.interface import Store
from widgets.store.records import Comment

_MOST_ENTRIES: Final = 1_000  # of one comment


async def was_decided(store: Store, comment: Comment) -> bool:
    """Approved, noted, or redacted. A redaction is no decision on the whole, so only the audit log tells of it; it is
    asked where the text holds the mark that a redaction leaves."""
    if comment.decided is not None or comment.note is not None:
        return True
    if TAKEN_OUT not in comment.text:
        return False
    entries = await store.audit(AuditAsk(_MOST_ENTRIES, comment=comment.id))
    return any(entry.action == "redact" for entry in entries)
