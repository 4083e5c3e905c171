"""Owns what of a conversation is shown, the same for every store: visible comments, and empty places that
hold them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from widgets.store.records import Comment


def emptied(comment: Comment) -> Comment:
    """The place a comment leaves: identity and time, and nothing that anyone wrote."""
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
        revision=comment.revision + 1,
    )


def shown(conversation: Iterable[Comment]) -> list[Comment]:
    """Root first, then answers by time; nothing at all where nothing is visible.

    A root or an answered comment that is not visible itself comes as an empty place, so that answers keep
    what they answer.
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
    """Counts with one of them moved; a count of nothing leaves the mapping."""
    counts = dict(before)
    counts[key] = counts.get(key, 0) + step
    if counts[key] <= 0:
        del counts[key]
    return counts
