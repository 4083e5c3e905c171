"""Owns comments in SQLite: rows, conversations, counts, the queue."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from widgets.store.calls import Call
from widgets.store.conversations import emptied, shown, taken_down
from widgets.store.desk_records import AuditEntry
from widgets.store.interface import CommentChange, Trace
from widgets.store.records import (
    MOST_ANSWERS,
    TAKEDOWNS,
    VISIBLE,
    Added,
    Comment,
    Conflict,
    Cursor,
    Gone,
    Once,
    Page,
    PageAsk,
    ParentGone,
    ThreadCounts,
    ThreadFull,
)
from widgets.store.sqlite import beside, desk, names, outbox, watches
from widgets.store.sqlite.desk import append
from widgets.store.sqlite.marks import thread_counts
from widgets.store.sqlite.rows import (
    COMMENT_COLUMNS,
    bump,
    comment_from,
    earlier,
    read_comment,
    remember,
    write_comment,
)


def add(
    db: sqlite3.Connection,
    comment: Comment,
    once: Once | None,
    audit: AuditEntry | None = None,
    call: Call | None = None,
) -> Added:
    if once is not None and (existing := read_earlier(db, once)) is not None:
        return Added(existing, True)
    if comment.parent is not None:
        _demand_parent(db, comment)
    names.claim(db, comment)
    write_comment(db, comment)
    show(db, comment, int(comment.visible))
    remember(db, once, comment.id)
    if audit is not None:
        append(db, audit)
    if call is not None:
        outbox.keep(db, call)
    return Added(read_comment(db, comment.id) or comment, False)


def read_earlier(db: sqlite3.Connection, once: Once) -> Comment | None:
    before = earlier(db, once)
    if before is None:
        return None
    existing = read_comment(db, before)
    if existing is None or existing.state == "withdrawn":
        raise Gone
    return existing


def _demand_parent(db: sqlite3.Connection, comment: Comment) -> None:
    parent = read_comment(db, comment.parent or "")
    if parent is None or not parent.visible or (parent.thread, parent.root) != (comment.thread, comment.root):
        raise ParentGone
    size = db.execute(
        "SELECT count(*) FROM comments WHERE thread = ? AND root = ?", (comment.thread, comment.root)
    ).fetchone()[0]
    if size > MOST_ANSWERS:
        raise ThreadFull


def show(db: sqlite3.Connection, comment: Comment, step: int) -> None:
    """Change the counts of visible comments, and make cached answers of the thread stale."""
    if step:
        db.execute("UPDATE comments SET live = live + ? WHERE id = ?", (step, comment.root))
        db.execute(
            "INSERT INTO threads VALUES (?, ?) ON CONFLICT DO UPDATE SET shown = shown + excluded.shown",
            (comment.thread, step),
        )
    bump(db, comment.thread)


def change(db: sqlite3.Connection, wanted: CommentChange) -> Comment:
    if wanted.once is not None and (existing := read_earlier(db, wanted.once)) is not None:
        return existing
    before = read_comment(db, wanted.id)
    if before is None or before.state == "withdrawn":
        raise Gone
    if before.revision != wanted.revision:
        raise Conflict
    after = wanted.applied_to(before)
    write_comment(db, after)
    remember(db, wanted.once, after.id)
    show(db, after, int(after.visible) - int(before.visible))
    if taken_down(before, after):
        bump(db, TAKEDOWNS)
    if after.visible and not before.visible:
        names.show(db, after, names.read(db, after.condition, after.skeleton))
    if wanted.approve_name is not None:
        db.execute(
            "UPDATE names SET approved = ? WHERE condition = ? AND skeleton = ? AND author = ?",
            (int(wanted.approve_name), after.condition, after.skeleton, after.author),
        )
    for row in wanted.rows:
        desk.keep(db, row)
    if wanted.audit is not None:
        append(db, wanted.audit)
    if wanted.call is not None:
        outbox.keep(db, wanted.call)
    return read_comment(db, after.id) or after


def remove(
    db: sqlite3.Connection,
    id_: str,
    author: str | None,
    audit: AuditEntry | None = None,
    trace: Trace | None = None,
) -> bool:
    before = read_comment(db, id_)
    if before is None or before.state == "withdrawn" or (author is not None and before.author != author):
        raise Gone
    if audit is not None:
        append(db, audit)
    beside.erase(db, id_)
    watches.erase(db, id_)
    last = names.release(db, before)
    if trace is not None:
        for row in trace.rows:
            desk.keep(db, row)
        for row in trace.names if last else ():
            desk.drop(db, row.kind, row.id)
            desk.keep(db, row)
    stays = _answered(db, id_)
    if stays:
        write_comment(db, emptied(before))
    else:
        db.execute("DELETE FROM comments WHERE id = ?", (id_,))
    show(db, before, -int(before.visible))
    if taken_down(before, None):
        bump(db, TAKEDOWNS)
    place = before.parent
    while not stays and place:
        parent = read_comment(db, place)
        if parent is None or parent.state != "withdrawn" or _answered(db, place):
            break
        db.execute("DELETE FROM comments WHERE id = ?", (place,))
        place = parent.parent
    return stays


def _answered(db: sqlite3.Connection, id_: str) -> bool:
    row = db.execute("SELECT thread, root FROM comments WHERE id = ?", (id_,)).fetchone()
    found = db.execute(
        "SELECT 1 FROM comments WHERE thread = ? AND root = ? AND parent = ? LIMIT 1", (*row, id_)
    )
    return found.fetchone() is not None


def read_by(db: sqlite3.Connection, author: str) -> list[Comment]:
    rows = db.execute(
        f"SELECT {COMMENT_COLUMNS} FROM comments WHERE author = ? AND author <> '' ORDER BY id",  # noqa: S608
        (author,),
    )
    return [comment_from(row) for row in rows]


def read_newest(db: sqlite3.Connection, thread: str, limit: int) -> list[Comment]:
    states = ", ".join(f"'{state}'" for state in sorted(VISIBLE))
    rows = db.execute(
        f"SELECT {COMMENT_COLUMNS} FROM comments WHERE thread = ? AND state IN ({states}) "  # noqa: S608  (names of ours)
        "ORDER BY id DESC LIMIT ?",
        (thread, limit),
    )
    return [comment_from(row) for row in rows]


def read_counts(db: sqlite3.Connection, threads: Sequence[str]) -> dict[str, ThreadCounts]:
    found = {}
    for thread in threads:
        row = db.execute("SELECT shown FROM threads WHERE thread = ?", (thread,)).fetchone()
        found[thread] = ThreadCounts(row[0] if row else 0, thread_counts(db, "reaction", thread))
    return found


def purge_bursts(db: sqlite3.Connection, before: int) -> None:
    db.execute("UPDATE comments SET burst = NULL WHERE burst IS NOT NULL AND created < ?", (before,))


def read_queue(
    db: sqlite3.Connection, limit: int, after: str | None, conditions: Sequence[str]
) -> list[tuple[str, Comment]]:
    clauses = ["queued = 1", *desk.of_conditions(conditions)]
    values: list[str | int] = [*conditions]
    if after:
        urgency, _, id_ = after.partition(".")
        clauses.append("(urgency < ? OR (urgency = ? AND id > ?))")
        values += [int(urgency), int(urgency), id_]
    rows = db.execute(
        f"SELECT {COMMENT_COLUMNS} FROM comments WHERE {' AND '.join(clauses)} ORDER BY urgency DESC, id LIMIT ?",  # noqa: S608
        (*values, limit),
    )
    return [(f"{comment.urgency}.{comment.id}", comment) for comment in map(comment_from, rows)]


def read_page(db: sqlite3.Connection, ask: PageAsk) -> Page:
    backwards = ask.cursor is not None and ask.cursor.backwards
    roots = _roots(db, ask, ask.cursor, backwards, ask.roots + 1)
    taken: list[tuple[str, int]] = []
    size = 0
    for id_, reacted, live in roots[: ask.roots]:
        if taken and size + live > ask.enough:
            break
        taken.append((id_, reacted))
        size += live
    more = len(taken) < len(roots)
    if backwards:
        taken.reverse()
    if not taken:
        return Page((), None, None)
    first, last = (Cursor(id_, reacted) for id_, reacted in (taken[0], taken[-1]))
    before = more if backwards else bool(ask.cursor and _roots(db, ask, first, True, 1))
    after = bool(_roots(db, ask, last, False, 1)) if backwards else more
    return Page(
        _conversations(db, ask.thread, [id_ for id_, _ in taken]),
        replace(first, backwards=True) if before else None,
        last if after else None,
    )


def _roots(
    db: sqlite3.Connection, ask: PageAsk, cursor: Cursor | None, backwards: bool, limit: int
) -> list[tuple[str, int, int]]:
    """(id, reacted, live) of roots beyond the cursor, in the direction asked."""
    descending = (ask.order == "newest") != backwards
    beyond = "<" if descending else ">"
    values: list[str | int] = [ask.thread]
    where = ""
    if ask.order == "reacted":
        beyond = "<" if backwards else ">"
        order = "reacted ASC, id DESC" if backwards else "reacted DESC, id ASC"
        if cursor:
            less = ">" if backwards else "<"
            where = (
                f"AND (reacted {less} ? OR (reacted = ? AND id {beyond}{'=' if cursor.inclusive else ''} ?))"
            )
            values += [cursor.reacted, cursor.reacted, cursor.root]
    else:
        order = "id DESC" if descending else "id ASC"
        if cursor:
            where = f"AND id {beyond}{'=' if cursor.inclusive else ''} ?"
            values.append(cursor.root)
    return db.execute(
        f"SELECT id, reacted, live FROM comments WHERE thread = ? AND parent IS NULL AND live > 0 {where} "  # noqa: S608
        f"ORDER BY {order} LIMIT ?",
        (*values, limit),
    ).fetchall()


def _conversations(db: sqlite3.Connection, thread: str, roots: list[str]) -> tuple[Comment, ...]:
    places = ", ".join("?" * len(roots))
    rows = db.execute(
        f"SELECT {COMMENT_COLUMNS} FROM comments WHERE thread = ? AND root IN ({places})",  # noqa: S608
        (thread, *roots),
    )
    by_root: dict[str, list[Comment]] = {root: [] for root in roots}
    for comment in map(comment_from, rows):
        by_root[comment.root].append(comment)
    return tuple(comment for root in roots for comment in shown(by_root[root]))
