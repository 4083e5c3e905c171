"""Owns what an editor can do to a comment: approve, hold, reject, add a note, redact. The desk decides who may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from widgets.function.text.appeals import APPEAL, APPEALED
from widgets.rules.text import render
from widgets.store.interface import CommentChange, Store
from widgets.store.records import Comment, Conflict, Gone, Note

_TRIES: Final = 5
TAKEN_OUT: Final = "[…]"


async def approve(store: Store, comment_id: str) -> Comment:
    """Publish. Later comments under this pseudonym are not held by the policy `first`. Raises Gone, Conflict."""
    return await _change(store, comment_id, _approved, approve_name=True)


async def hold(store: Store, comment_id: str, urgency: int = 1) -> Comment:
    """Hide the comment until an editor decides."""

    def held(comment: Comment) -> Mapping[str, Any]:
        # A plea that is held by a person stays as urgent as it was.
        most = max(urgency, comment.urgency)
        return {"state": "held", "held": comment.held or ("policy",), "queued": True, "urgency": most}

    return await _change(store, comment_id, held)


async def set_aside(store: Store, comment_id: str, until: int) -> Comment:
    """Out of the queue until then; nothing else changes. Raises Gone, Conflict."""
    return await _change(store, comment_id, lambda comment: {"aside": until})


async def reject(store: Store, comment_id: str) -> Comment:
    """Never show; its writer still finds it among their own and can withdraw it. A second rejection, after an appeal, is
    final."""

    def rejected(comment: Comment) -> Mapping[str, Any]:
        over = APPEALED in comment.held or APPEAL in comment.held
        return {**_settled(), "state": "rejected", "held": (APPEALED,) if over else ()}

    return await _change(store, comment_id, rejected)


async def add_note(store: Store, comment_id: str, note: Note) -> Comment:
    """Show with a clinician's note above it. `note.html` must be clean already."""
    return await _change(
        store, comment_id, lambda comment: {**_settled(), "state": "noted", "note": note}, approve_name=True
    )


async def redact(store: Store, comment_id: str, seen: str, spans: Sequence[tuple[int, int]]) -> Comment:
    """Put `TAKEN_OUT` in the place of each span (characters of `seen`, the text that the editor saw); what
    stood there is destroyed with it. Raises Gone; Conflict where the text has changed; ValueError on a span
    that does not lie in the text."""
    shorter = without(seen, spans)

    def redacted(comment: Comment) -> Mapping[str, Any]:
        if comment.text != seen:
            raise Conflict
        return {"text": shorter, "html": render(shorter)}

    return await _change(store, comment_id, redacted)


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Raises ValueError."""
    kept: list[str] = []
    end = 0
    for begin, until in sorted(spans):
        if not 0 <= begin < until <= len(text):
            raise ValueError("A span must lie in the text.")
        if begin >= end or not kept:
            kept += [text[end:begin], TAKEN_OUT]
        end = max(end, until)
    return "".join((*kept, text[end:]))


def _approved(comment: Comment) -> Mapping[str, Any]:
    return {**_settled(), "state": "noted" if comment.note else "published"}


def _settled() -> dict[str, Any]:
    return {"held": (), "queued": False, "urgency": 0, "flags": {}, "burst": None, "aside": None}


async def _change(
    store: Store,
    comment_id: str,
    fields: Callable[[Comment], Mapping[str, Any]],
    *,
    approve_name: bool | None = None,
) -> Comment:
    """Retried when the comment changed meanwhile, but only while its text is the same: an edit by the writer raises
    Conflict, so that nobody approves a text that they have not read."""
    seen = await store.comment(comment_id)
    for _ in range(_TRIES):
        if seen is None:
            raise Gone
        try:
            return await store.change_comment(
                CommentChange(seen.id, seen.revision, fields(seen), approve_name)
            )
        except Conflict:
            now = await store.comment(comment_id)
            if now is not None and now.text != seen.text:
                raise
            seen = now
    raise Conflict
