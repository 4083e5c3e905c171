"""Owns the log of erasures, a file beside the store: which rows of an older copy must not come back.

It holds keyed hashes alone, in the order of the erasures, with their days. The key lies in the store and its copies, so
that the log by itself tells nothing. A store's row `erasure_mark` says how far the log had come; a copy has the row too.

Responses to surveys and their free texts have neither order nor day here: in the order stands a row that names none, and the
hash lies apart, by its own value and with the year. Otherwise an older copy would show what was erased together: which
response with which texts, and with which votes.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from widgets.store.records import ERASURE_DAYS, StoreError
from widgets.store.sqlite.files import migrate, named, open_database, open_read_only
from widgets.store.sqlite.identity import FileIdentity

log = logging.getLogger("gatherwell.store")

# A comment that is gone, one whose words were replaced, one that is shown no more, a vote, marks, a row of the desk, a response
# to a survey, all responses to one, a free text, all free texts of a survey, a story or question, one that is shown no more or
# in other words, a tick that was taken back, that somebody asked to be told about a post.
What = Literal[
    "comment",
    "text",
    "hidden",
    "vote",
    "marks",
    "desk",
    "response",
    "survey",
    "free-text",
    "free-texts",
    "voice",
    "voice-shown",
    "voice-consent",
    "watch",
]

# The log outlives a store that is lost, and then knows the erasures of its successor too.
LOG: Final[tuple[str, ...]] = (
    """
    CREATE TABLE erasures (store TEXT, seq INTEGER, entry TEXT NOT NULL, day TEXT NOT NULL,
      PRIMARY KEY (store, seq)) WITHOUT ROWID, STRICT;
    """,
)


def log_path(store: Path) -> Path:
    return store.with_name(f"{store.name}-erasures")


class ErasureLog:
    """Notes erasures within the store's transaction, and writes them to the log before that commits.

    An erasure whose commit fails after that stays in the log: a copy would lose a row that somebody wanted erased.
    """

    def __init__(self, store: Path, busy_seconds: float, db: sqlite3.Connection) -> None:
        """`db` is a connection to the store."""
        self._path = log_path(store)
        self._connection = open_database(self._path, synchronous="FULL", busy_seconds=busy_seconds)
        migrate(self._connection, LOG)
        self._files = FileIdentity(self._path)
        self._noted: dict[int, tuple[str, str]] = {}
        self._apart: list[tuple[str, str]] = []
        with suppress(sqlite3.DatabaseError):  # a damaged store tells so itself, and commits nothing
            self._begin_log(*_mark(db))

    def _begin_log(self, secret: bytes, seq: int) -> None:
        """Note from where on the log knows the store's erasures, where it does not reach as far as the store."""
        store, day = entry(secret, "store"), datetime.now(UTC).strftime("%Y-%m-%d")
        begun = self._connection.execute(_BEGIN, (store, seq, day, store, seq)).rowcount
        if begun and seq:
            log.warning(
                "%s lacks erasures of this store: it begins anew. Only copies that are made from now on can be gone back "
                "to with it. Put the earlier log back, if there is one, and start again.",
                self._path,
            )

    def demand(self) -> None:
        """Raises Busy where the log's name leads to another file, or to none."""
        self._files.demand()

    def begin(self) -> None:
        """Forget what a transaction noted that failed."""
        self._noted.clear()
        self._apart.clear()

    def note(self, db: sqlite3.Connection, what: What, *parts: str) -> None:
        """Called in the transaction that erases."""
        secret, seq = db.execute("UPDATE erasure_mark SET seq = seq + 1 RETURNING secret, seq").fetchone()
        noted = entry(secret, what, *parts)
        if what in ("response", "free-text"):
            self._apart.append((entry(secret, _APART), noted))
            noted = entry(secret, _APART, str(seq))  # what comes later in the order is missed where this is
        self._noted[seq] = (entry(secret, "store"), noted)

    def flush(self) -> None:
        """Called before the commit; all is on the disk when it returns. Raises sqlite3.Error, Busy."""
        if not self._noted:
            return
        self.demand()
        day = datetime.now(UTC).strftime("%Y-%m-%d")
        rows = [(store, seq, noted, day) for seq, (store, noted) in self._noted.items()]
        rows += [(store, _place(noted), noted, f"{day[:4]}-12-31") for store, noted in self._apart]
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany("INSERT OR REPLACE INTO erasures VALUES (?, ?, ?, ?)", rows)
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        if self._apart and self._path.stat().st_size <= _QUICKLY_LAID_ANEW:
            self.lay_anew()
        self.demand()
        self.begin()

    def forget(self, today: str) -> None:
        """Delete what no copy is old enough to need; the last row tells how far the log reaches. Raises sqlite3.Error."""
        before = (date.fromisoformat(today) - timedelta(days=ERASURE_DAYS)).isoformat()
        self._connection.execute(_FORGET, (before,))

    def lay_anew(self) -> None:
        """Write all rows in the order of their keys: within a page, and in the write-ahead log, they lie as they came. A log in
        use is laid anew the next time."""
        with suppress(sqlite3.OperationalError):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        self._connection.close()


def entry(secret: bytes, what: str, *parts: str) -> str:
    return hashlib.blake2b("\0".join((what, *parts)).encode(), key=secret, digest_size=16).hexdigest()


def read_log(log: Path, secret: bytes, after: int) -> tuple[frozenset[str], int]:
    """The entries of a store after this number, and the last number. Raises StoreError where the log does not know every
    erasure from there on: then it is another one's, older, or began later."""
    rows = _rows(log, secret)
    last = max(rows, default=-1)
    if last < after:
        raise StoreError(f"{log} is older than the copy, or belongs to another store. {REMEDY}")
    missing = sum(not rows.get(seq) for seq in range(after + 1, last + 1))
    if missing:
        raise StoreError(
            f"{log} lacks erasures that came after the copy ({missing} of {last - after}): it was deleted or replaced in "
            "between, or they are older than a log reaches back. What was erased since the copy cannot be known. "
            f"{REMEDY}"
        )
    # Of what lies apart all: a response's receipt and a text's key were of one alone, and none comes again.
    apart = frozenset(_rows(log, secret, _APART).values())
    return frozenset(noted for seq, noted in rows.items() if seq > after) | apart, last


def reach(log: Path, secret: bytes) -> int:
    """The last number that the log has of a store; -1 where it has none or cannot be read."""
    try:
        return max(_rows(log, secret), default=-1)
    except StoreError:
        return -1


def mark_of(store: Path) -> tuple[bytes, int] | None:
    """A store's key and how far its log has come; None where there is none, or it is damaged or of an earlier version."""
    try:
        with closing(open_read_only(store)) as connection:
            return _mark(connection)
    except sqlite3.Error:
        return None


def log_faults(store: Path) -> list[str]:
    """What is wrong with the log beside a store. A copy that was never opened as a store has none, rightly."""
    mark = mark_of(store)
    if mark is None or not _was_opened(store):
        return []
    log = log_path(store)
    if not log.is_file():
        return [f"There is no log of erasures at {log}: {_PUT_BACK}"]
    try:
        last = max(_rows(log, mark[0]), default=-1)
    except StoreError as error:
        return [str(error)]
    # Before the first erasure a log of an earlier version has no row.
    return [f"{log} lacks erasures of the store: {_PUT_BACK}"] if max(last, 0) < mark[1] else []


def _rows(log: Path, secret: bytes, of: str = "store") -> dict[int, str]:
    query = "SELECT seq, entry FROM erasures WHERE store = ?"
    try:
        with closing(open_read_only(log)) as connection:
            return dict(connection.execute(query, (entry(secret, of),)).fetchall())
    except sqlite3.Error as error:
        raise StoreError(f"{log} cannot be read as a log of erasures ({named(error)}).") from error


def _place(noted: str) -> int:
    """Where a hash lies that has no number: by itself."""
    return int(noted[:15], 16)


def _mark(db: sqlite3.Connection) -> tuple[bytes, int]:
    secret, seq = db.execute("SELECT secret, seq FROM erasure_mark").fetchone()
    return secret, seq


def _was_opened(store: Path) -> bool:
    with closing(open_read_only(store)) as connection:
        return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal")


_APART: Final = "surveys"  # what lies apart has a name of its own where the store's stands
_QUICKLY_LAID_ANEW: Final = 8 << 20  # bytes
# A row without an entry: the log knows what was erased after this number, and not what was erased up to it.
_BEGIN: Final = """
    INSERT INTO erasures SELECT ?, ?, '', ?
    WHERE ? NOT IN (SELECT store FROM erasures WHERE seq >= ?)
"""
_FORGET: Final = """
    DELETE FROM erasures WHERE day < ? AND seq < (SELECT max(seq) FROM erasures AS own WHERE own.store = erasures.store)
"""
REMEDY: Final = (
    "Name the right log with --erasures, or accept with --without-erasures that erased words come back."
)
_PUT_BACK: Final = "a copy from before cannot be gone back to without what was erased since. Put it back, then start the function again."
