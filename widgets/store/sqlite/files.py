"""Owns the database files: how they are opened, their schema and its migrations."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from widgets.store.records import StoreError

# WITHOUT ROWID throughout: rows lie in the order of their keyed hashes, so that a copy of the file
# does not tell in which order people voted.
CONTRIBUTIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE votes (poll TEXT, version INTEGER, voter TEXT, choices TEXT NOT NULL, day TEXT NOT NULL,
      PRIMARY KEY (poll, version, voter)) WITHOUT ROWID, STRICT;
    CREATE TABLE tallies (poll TEXT, version INTEGER, cell TEXT, n INTEGER NOT NULL,
      PRIMARY KEY (poll, version, cell)) WITHOUT ROWID, STRICT;
    CREATE TABLE marks (kind TEXT, thread TEXT, person TEXT, marks TEXT NOT NULL, day TEXT NOT NULL,
      PRIMARY KEY (kind, thread, person)) WITHOUT ROWID, STRICT;
    CREATE TABLE page_reactions (thread TEXT, key TEXT, n INTEGER NOT NULL,
      PRIMARY KEY (thread, key)) WITHOUT ROWID, STRICT;
    CREATE TABLE comments (
      id TEXT PRIMARY KEY, thread TEXT NOT NULL, condition TEXT NOT NULL, root TEXT NOT NULL, parent TEXT,
      author TEXT NOT NULL, pseudonym TEXT NOT NULL, skeleton TEXT NOT NULL, text TEXT NOT NULL,
      html TEXT NOT NULL,
      lang TEXT NOT NULL, state TEXT NOT NULL, created INTEGER NOT NULL, held TEXT NOT NULL, edited INTEGER,
      urgency INTEGER NOT NULL, queued INTEGER NOT NULL, role TEXT, person TEXT, note TEXT,
      flags TEXT NOT NULL,
      reactions TEXT NOT NULL, live INTEGER NOT NULL, revision INTEGER NOT NULL, reacted INTEGER NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX comments_conversation ON comments (thread, root, id);
    CREATE INDEX comments_roots ON comments (thread, id) WHERE parent IS NULL AND live > 0;
    CREATE INDEX comments_reacted ON comments (thread, reacted DESC, id) WHERE parent IS NULL AND live > 0;
    CREATE INDEX comments_author ON comments (author, id) WHERE author <> '';
    CREATE INDEX comments_queue ON comments (urgency DESC, id) WHERE queued = 1;
    CREATE TABLE names (condition TEXT, skeleton TEXT, author TEXT NOT NULL, approved INTEGER NOT NULL,
      uses INTEGER NOT NULL, PRIMARY KEY (condition, skeleton)) WITHOUT ROWID, STRICT;
    CREATE TABLE threads (thread TEXT PRIMARY KEY, shown INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    CREATE TABLE stamps (scope TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    CREATE TABLE once (key TEXT PRIMARY KEY, digest TEXT NOT NULL, result TEXT NOT NULL, day TEXT NOT NULL)
      WITHOUT ROWID, STRICT;
    """,
    # The desk. Nothing alters the audit, whatever the application asks: the file itself refuses.
    """
    ALTER TABLE comments ADD COLUMN reason TEXT;
    ALTER TABLE comments ADD COLUMN decided INTEGER;
    CREATE INDEX comments_rejected ON comments (decided) WHERE state = 'rejected';
    CREATE TABLE desk (kind TEXT, id TEXT, value TEXT NOT NULL, expires INTEGER, revision INTEGER NOT NULL,
      PRIMARY KEY (kind, id)) WITHOUT ROWID, STRICT;
    CREATE TABLE audit (id TEXT PRIMARY KEY, time INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
      comment TEXT NOT NULL, reason TEXT NOT NULL, batch TEXT NOT NULL, before TEXT NOT NULL,
      after TEXT NOT NULL) WITHOUT ROWID, STRICT;
    CREATE INDEX audit_comment ON audit (comment, id) WHERE comment <> '';
    CREATE INDEX audit_batch ON audit (batch, id) WHERE batch <> '';
    CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
    CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
    CREATE TRIGGER audit_once BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
      BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
    """,
)

LEDGER: Final[tuple[str, ...]] = (
    """
    CREATE TABLE day_keys (day TEXT PRIMARY KEY, secret BLOB NOT NULL) WITHOUT ROWID, STRICT;
    CREATE TABLE limits (bucket TEXT PRIMARY KEY, n INTEGER NOT NULL,
      expires INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    CREATE TABLE spent (token TEXT PRIMARY KEY, by TEXT NOT NULL,
      expires INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    """,
)


def open_database(path: Path, *, synchronous: str, busy_seconds: float = 5.0) -> sqlite3.Connection:
    """A connection in autocommit mode; the file is made, readable by its owner alone, where it is missing.

    Raises StoreError on a file that is no database, or that cannot be opened for writing.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private(path)
        connection = sqlite3.connect(
            path, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")  # no word in a file that nobody knows of
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be opened as a store ({named(error)}).") from error
    return connection


def make_private(path: Path) -> None:
    """An empty file for its owner alone, unless there is one."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def named(error: Exception) -> str:
    """What went wrong, in the system's own word and without a value that somebody sent."""
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else type(error).__name__
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


def migrate(connection: sqlite3.Connection, versions: Sequence[str]) -> None:
    """Bring a file to the newest schema, each step in a transaction; raises StoreError on a file from the
    future."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if found > len(versions):
            raise StoreError(
                f"The database has schema {found}, this version knows {len(versions)}; upgrade Gatherwell."
            )
        for number, script in enumerate(versions[found:], start=found + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise StoreError(
            f"The database's schema cannot be read or brought up to date ({named(error)})."
        ) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    """Statement by statement: a trigger holds semicolons of its own."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""
