"""Owns how SQLite keeps comments of an older system: a batch and the row that says so, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from widgets.store.desk_records import DeskRow
from widgets.store.records import Comment, ParentGone
from widgets.store.sqlite import desk, names
from widgets.store.sqlite.comments import show
from widgets.store.sqlite.rows import read_comment, write_comment


def keep(db: sqlite3.Connection, comments: Sequence[Comment], row: DeskRow) -> None:
    if desk.read_row(db, row.kind, row.id) is not None:
        return
    desk.keep(db, row)
    for comment in comments:
        if comment.id != comment.root and read_comment(db, comment.root) is None:
            raise ParentGone
        if comment.author:  # a removed one, of which its place alone is carried, has none
            names.claim(db, comment)
        write_comment(db, comment)
        show(db, comment, int(comment.visible))
