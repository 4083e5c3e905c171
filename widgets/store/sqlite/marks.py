"""Owns marks (reactions, flags, later kinds of one tap) in SQLite: a row per person and thread, and counts in the same
transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from widgets.store.calls import Call
from widgets.store.conversations import newly_counted
from widgets.store.records import (
    Gone,
    Mark,
    MarkChange,
    Marked,
    MarkKind,
    Once,
    PersonMarks,
    TooManyMarks,
    cell_of,
    counts_of,
    marks_from,
    marks_text,
)
from widgets.store.sqlite import outbox
from widgets.store.sqlite.rows import (
    bump,
    earlier,
    read_comment,
    remember,
    write_comment,
)


def mark(db: sqlite3.Connection, change: MarkChange, once: Once | None) -> Marked:
    own = _own(db, change.kind, change.thread, change.person)
    repeated = earlier(db, once) is not None
    if not repeated:
        on = change.on if change.on is not None else change.mark not in own
        after = own | {change.mark} if on else own - {change.mark}
        if after != own:
            if len(after) > change.most:
                raise TooManyMarks
            _count(db, change.kind, change.thread, change.mark, 1 if on else -1)
            _keep(db, change.kind, change.thread, change.person, after, change.day)
            bump(db, change.thread)
            own = after
        remember(db, once, "")
    return Marked(own, _counts(db, change), repeated)


def flag(db: sqlite3.Connection, change: MarkChange, urgency: int, call: Call | None = None) -> None:
    own = _own(db, change.kind, change.thread, change.person)
    comment = read_comment(db, change.mark.target)
    if comment is None or not comment.visible:
        raise Gone
    if any(mark.target == comment.id for mark in own):
        return  # one flag of one person for one comment
    if len(own) >= change.most:
        raise TooManyMarks
    _keep(db, change.kind, change.thread, change.person, own | {change.mark}, change.day)
    write_comment(
        db,
        replace(
            comment,
            flags=newly_counted(comment.flags, change.mark.key, 1),
            urgency=max(comment.urgency, urgency),
            queued=True,
        ),
    )
    if call is not None:
        outbox.keep(db, call)


def erase(db: sqlite3.Connection, kind: MarkKind, thread: str, person: str) -> int:
    own = _own(db, kind, thread, person)
    counted = kind != "flag"  # how often a comment was flagged stays with it until a person decides
    for mark_ in own if counted else ():
        _count(db, kind, thread, mark_, -1)
    db.execute("DELETE FROM marks WHERE kind = ? AND thread = ? AND person = ?", (kind, thread, person))
    if own and counted:
        bump(db, thread)
    return len(own)


def read_marks(db: sqlite3.Connection, kind: MarkKind, keys: Sequence[tuple[str, str]]) -> list[PersonMarks]:
    found = ((thread, person, _own(db, kind, thread, person)) for thread, person in keys)
    return [PersonMarks(thread, person, own) for thread, person, own in found if own]


def recount(db: sqlite3.Connection, kind: MarkKind, thread: str) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for (text,) in db.execute("SELECT marks FROM marks WHERE kind = ? AND thread = ?", (kind, thread)):
        counts.update((mark_.target, mark_.key) for mark_ in marks_from(text))
    return dict(counts)


def thread_counts(db: sqlite3.Connection, kind: MarkKind, thread: str) -> dict[str, int]:
    cells = dict(db.execute("SELECT key, n FROM page_reactions WHERE thread = ?", (thread,)).fetchall())
    return counts_of(kind, cells)


def _counts(db: sqlite3.Connection, change: MarkChange) -> dict[str, int]:
    if not change.mark.target:
        return thread_counts(db, change.kind, change.thread)
    comment = read_comment(db, change.mark.target)
    return dict(comment.reactions) if comment else {}


def _count(db: sqlite3.Connection, kind: MarkKind, thread: str, mark_: Mark, step: int) -> None:
    if not mark_.target:
        db.execute(
            "INSERT INTO page_reactions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            (thread, cell_of(kind, mark_.key), step),
        )
        return
    comment = read_comment(db, mark_.target)
    if comment is None or (step > 0 and not comment.visible):
        if step < 0:
            return
        raise Gone
    if comment.state != "withdrawn":
        write_comment(db, replace(comment, reactions=newly_counted(comment.reactions, mark_.key, step)))


def _own(db: sqlite3.Connection, kind: str, thread: str, person: str) -> frozenset[Mark]:
    row = db.execute(
        "SELECT marks FROM marks WHERE kind = ? AND thread = ? AND person = ?", (kind, thread, person)
    ).fetchone()
    return marks_from(row[0]) if row else frozenset()


def _keep(
    db: sqlite3.Connection, kind: str, thread: str, person: str, marks: frozenset[Mark], day: str
) -> None:
    if marks:
        db.execute(
            "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?)",
            (kind, thread, person, marks_text(marks), day),
        )
    else:
        db.execute("DELETE FROM marks WHERE kind = ? AND thread = ? AND person = ?", (kind, thread, person))
