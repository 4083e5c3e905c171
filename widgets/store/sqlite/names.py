"""Owns reservations of pseudonyms in SQLite: who holds a name in a condition, and whether it was ever public."""

from __future__ import annotations

import sqlite3

from widgets.store.records import Comment, Name, NameTaken


def claim(db: sqlite3.Connection, comment: Comment) -> None:
    """A new comment's name. Held posts of several authors may bear the same: the first that is shown has it."""
    held = read(db, comment.condition, comment.skeleton)
    if held is not None and held.author != comment.author:
        show(db, comment, held)
        return
    db.execute(
        "INSERT INTO names VALUES (?, ?, ?, 0, 1, ?) ON CONFLICT DO UPDATE "
        "SET uses = uses + 1, public = max(public, excluded.public)",
        (comment.condition, comment.skeleton, comment.author, int(comment.visible)),
    )


def show(db: sqlite3.Connection, comment: Comment, held: Name | None) -> None:
    """The name of a comment becomes public, where the comment does."""
    if held is not None and held.author != comment.author and held.public:
        raise NameTaken
    if not comment.visible:
        return
    own = held is not None and held.author == comment.author
    change = "public = 1" if own else "author = excluded.author, approved = 0, uses = 1, public = 1"
    db.execute(
        f"INSERT INTO names VALUES (?, ?, ?, 0, 1, 1) ON CONFLICT DO UPDATE SET {change}",  # noqa: S608  (ours)
        (comment.condition, comment.skeleton, comment.author),
    )


def release(db: sqlite3.Connection, comment: Comment) -> bool:
    """Whether that was the last use of a public name."""
    key = (comment.condition, comment.skeleton, comment.author)
    where = "WHERE condition = ? AND skeleton = ? AND author = ?"
    db.execute(f"UPDATE names SET uses = uses - 1 {where}", key)  # noqa: S608  (ours)
    last = db.execute(f"DELETE FROM names {where} AND uses <= 0 RETURNING public", key).fetchone()  # noqa: S608  (ours)
    return bool(last and last[0])


def read(db: sqlite3.Connection, condition: str, skeleton: str) -> Name | None:
    row = db.execute(
        "SELECT author, approved, public FROM names WHERE condition = ? AND skeleton = ?",
        (condition, skeleton),
    ).fetchone()
    return Name(row[0], bool(row[1]), bool(row[2])) if row else None
