"""Comments of Isso's database: accepted ones, read without changing the file."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from generator.ground.errors import ContentError
from generator.importing.comments.markup import LARGEST, markdown_as_comment
from generator.importing.comments.old import Old
from generator.importing.entries import Noting, Origin

# Everything else (network address, website, who voted) is not asked for.
_ASKED: Final = """SELECT comments.id, comments.parent, threads.uri, comments.author, comments.email, comments.created,
 comments.mode, comments.text FROM comments LEFT JOIN threads ON threads.id = comments.tid ORDER BY comments.id"""
_ACCEPTED: Final = 1
_WAITING: Final = {2: "pending", 4: "in the trash"}


class IssoComments:
    """The comments of one database."""

    kind = "isso"

    def __init__(self, file: Path) -> None:
        self._file = file

    def comments(self, note: Noting, out: Counter[str]) -> Iterator[Old]:
        try:
            with closing(sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", uri=True)) as db:
                db.text_factory = lambda raw: raw.decode("utf-8", "replace")
                for row in db.execute(_ASKED):
                    old = _comment(row, out)
                    if old is not None:
                        yield old
        except sqlite3.DatabaseError as error:
            if "malformed" in str(error):
                note(
                    "damaged", Origin(self._file.name), "the database is damaged; nothing after this was read"
                )
                return
            hint = "name the file that `dbpath` of Isso's settings names, with Isso stopped"
            raise ContentError("is no database of Isso", self._file.name, hint=hint) from None

    def logins(self) -> frozenset[str]:
        return frozenset()

    def site(self) -> str:
        return "isso"


def _comment(row: tuple[object, ...], out: Counter[str]) -> Old | None:
    key, parent, uri, name, mail, created, mode, written = row
    words = _words(written)
    text = markdown_as_comment(words) if mode == _ACCEPTED and uri else ""
    if not text:
        accepted = "without words" if uri else "of pages that the database does not know"
        out[
            _WAITING.get(mode, accepted if mode == _ACCEPTED else "not approved")
            if isinstance(mode, int)
            else "not approved"
        ] += 1
        return None
    return Old(
        key=str(key),
        parent=str(parent or ""),
        address=_words(uri),
        who=f"mail {_words(mail)}" if mail else f"name {_words(name)}",
        name=_words(name),
        created=_moment(created),
        text=text,
        cut=len(words) > LARGEST,
    )


def _words(value: object) -> str:
    """A column as text: SQLite gives bytes where a program wrote bytes, whatever the column is said to hold."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def _moment(created: object) -> str:
    try:
        return datetime.fromtimestamp(float(str(created)), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""
