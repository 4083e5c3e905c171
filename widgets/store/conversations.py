"""Owns which comments of a conversation are shown, the same for every store: visible ones, and placeholders for
removed ones that have answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from widgets.store.records import Comment


def emptied(comment: Comment) -> Comment:
    """The placeholder of a removed comment: identity and time, nothing that anyone wrote."""
    return replace(
        comment,
        author="",
        pseudonym="",
        skeleton="",
        text="",
        html="",
        state="withdrawn",
        held=(),
        edited=None,
        urgency=0,
        queued=False,
        role=None,
        person=None,
        note=None,
        reason=None,
        decided=None,
        flags={},
        reactions={},
        burst=None,
        aside=None,
        revision=comment.revision + 1,
    )


def shown(conversation: Iterable[Comment]) -> list[Comment]:
    """Root first, then answers by time; nothing at all where nothing is visible.

    A root or an answered comment that is not visible is shown as a placeholder, so that its answers keep their
    parent.
    """
    rows = sorted(conversation, key=lambda comment: comment.id)
    if not any(row.visible for row in rows):
        return []
    answered = {row.parent for row in rows if row.visible}
    kept = []
    for row in rows:
        if row.visible:
            kept.append(row)
        elif row.id == row.root or row.id in answered:
            kept.append(emptied(row))
    kept.sort(key=lambda comment: (comment.id != comment.root, comment.id))
    return kept


def newly_counted(before: Mapping[str, int], key: str, step: int) -> dict[str, int]:
    """A copy with one count changed by `step`; a count of zero is removed."""
    counts = dict(before)
    counts[key] = counts.get(key, 0) + step
    if counts[key] <= 0:
        del counts[key]
    return counts


def taken_down(before: Comment, after: Comment | None) -> bool:
    """Whether words that everybody could read are not to be read any more; `after` is None where nothing is left."""
    return before.visible and (after is None or not after.visible or after.html != before.html)
