"""Owns operations that erase, as the store runs them: each notes in the log of erasures what must not come back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from widgets.store.desk_records import SHORT_LIVED, AuditEntry, DeskRow
from widgets.store.interface import CommentChange, Trace
from widgets.store.records import Cast, Comment, MarkChange, Marked, MarkKind, Once, Vote
from widgets.store.sqlite import comments, desk, marks, votes
from widgets.store.sqlite.erasures import ErasureLog
from widgets.store.sqlite.rows import read_comment


def casting(log: ErasureLog, vote: Vote, once: Once | None) -> Callable[[sqlite3.Connection], Cast]:
    def run(db: sqlite3.Connection) -> Cast:
        if not vote.choices:
            log.note(db, "vote", vote.poll, str(vote.version), vote.voter)
        return votes.cast(db, vote, once)

    return run


def erasing_marks(
    log: ErasureLog, kind: MarkKind, thread: str, person: str
) -> Callable[[sqlite3.Connection], int]:
    def run(db: sqlite3.Connection) -> int:
        erased = marks.erase(db, kind, thread, person)
        if erased:
            log.note(db, "marks", kind, thread, person)
        return erased

    return run


def keeping(log: ErasureLog, row: DeskRow) -> Callable[[sqlite3.Connection], DeskRow]:
    def run(db: sqlite3.Connection) -> DeskRow:
        if row.value.get("revoked") is not None:
            log.note(db, "desk", row.kind, row.id)
        return desk.keep(db, row)

    return run


def dropping(log: ErasureLog, kind: str, id_: str) -> Callable[[sqlite3.Connection], bool]:
    def run(db: sqlite3.Connection) -> bool:
        dropped = desk.drop(db, kind, id_)
        if dropped and kind not in SHORT_LIVED:
            log.note(db, "desk", kind, id_)
        return dropped

    return run


def removing(
    log: ErasureLog, id_: str, author: str | None, audit: AuditEntry | None, trace: Trace | None
) -> Callable[[sqlite3.Connection], bool]:
    def run(db: sqlite3.Connection) -> bool:
        stays = comments.remove(db, id_, author, audit, trace)
        log.note(db, "comment", id_)
        return stays

    return run


def changing(log: ErasureLog, change: CommentChange) -> Callable[[sqlite3.Connection], Comment]:
    def run(db: sqlite3.Connection) -> Comment:
        before = read_comment(db, change.id)
        after = comments.change(db, change)
        if before is not None and before.text != after.text:
            log.note(db, "text", change.id)
        elif before is not None and before.visible and not after.visible:
            log.note(db, "hidden", change.id)
        return after

    return run


def marking(log: ErasureLog, change: MarkChange, once: Once | None) -> Callable[[sqlite3.Connection], Marked]:
    def run(db: sqlite3.Connection) -> Marked:
        marked = marks.mark(db, change, once)
        if not marked.repeated and change.mark not in marked.own:
            log.note(db, "marks", change.kind, change.thread, change.person)
        return marked

    return run
