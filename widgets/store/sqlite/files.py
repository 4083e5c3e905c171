"""Owns the database files: how they are opened, their schema and its migrations."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from widgets.store.records import NewerStore, NoStore, StoreError

APPLICATION_ID: Final = 0x47575354  # "GWST", in the header of every store

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
    # The desk. Triggers make the audit log append-only, whatever the application asks.
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
    # The outbox: calls to those on duty, in the same file as what they are about.
    """
    CREATE TABLE outbox (id TEXT PRIMARY KEY, due INTEGER, created INTEGER NOT NULL, value TEXT NOT NULL,
      revision INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    """,
    # Bursts: a random number that goes with the decision, and what staff set aside for a day.
    """
    ALTER TABLE comments ADD COLUMN burst TEXT;
    ALTER TABLE comments ADD COLUMN aside INTEGER;
    CREATE INDEX comments_burst ON comments (created) WHERE burst IS NOT NULL;
    """,
    # Decided: whether a name was ever public, and the condition of an entry of the audit log.
    """
    ALTER TABLE names ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
    UPDATE names SET public = EXISTS (SELECT 1 FROM comments WHERE comments.condition = names.condition
      AND comments.skeleton = names.skeleton AND state IN ('published', 'noted'));
    ALTER TABLE audit ADD COLUMN condition TEXT NOT NULL DEFAULT '';
    DROP TRIGGER audit_unchanged;
    UPDATE audit SET condition = coalesce((SELECT condition FROM comments WHERE id = audit.comment), '');
    CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
    CREATE INDEX audit_condition ON audit (condition, id) WHERE condition <> '';
    """,
    # What sensitive polls have published, and what stands in until the next moment for rows that have changed since.
    """
    CREATE TABLE published (poll TEXT, version INTEGER, moment INTEGER NOT NULL, tally TEXT NOT NULL,
      PRIMARY KEY (poll, version)) WITHOUT ROWID, STRICT;
    CREATE TABLE stand_ins (poll TEXT, version INTEGER, cell TEXT, n INTEGER NOT NULL,
      PRIMARY KEY (poll, version, cell)) WITHOUT ROWID, STRICT;
    """,
    # Whose file it is, and how far the log of erasures beside it reaches (`erasures.py`): a copy holds both, so
    # that what was erased after the copy can be erased in it. `laid` is the erasure after which rows were last
    # written anew.
    f"""
    PRAGMA application_id = {APPLICATION_ID};
    CREATE TABLE erasure_mark (id INTEGER PRIMARY KEY CHECK (id = 1), secret BLOB NOT NULL, seq INTEGER NOT NULL,
      laid INTEGER NOT NULL) STRICT;
    INSERT INTO erasure_mark VALUES (1, randomblob(32), 0, 0);
    CREATE INDEX comments_approved ON comments (condition, id)
      WHERE state = 'published' AND decided IS NOT NULL AND queued = 0;
    """,  # noqa: S608  (a number of ours)
    # Surveys: responses, what was published of them, what is gone since; free texts apart, without day, version or language.
    """
    CREATE TABLE responses (survey TEXT, version INTEGER, voter TEXT, receipt TEXT NOT NULL, salt TEXT NOT NULL,
      answers TEXT NOT NULL, cells TEXT NOT NULL, publication INTEGER NOT NULL, day TEXT NOT NULL,
      publications INTEGER NOT NULL, PRIMARY KEY (survey, version, voter)) WITHOUT ROWID, STRICT;
    CREATE UNIQUE INDEX responses_receipt ON responses (receipt);
    CREATE TABLE surveys (survey TEXT, version INTEGER, results TEXT, moment INTEGER,
      responses INTEGER NOT NULL DEFAULT 0, publications INTEGER NOT NULL DEFAULT 0, until INTEGER,
      ended INTEGER NOT NULL DEFAULT 0, layout TEXT,
      asked TEXT NOT NULL DEFAULT '[]', PRIMARY KEY (survey, version)) WITHOUT ROWID, STRICT;
    CREATE TABLE gone (survey TEXT, version INTEGER, cell TEXT, n INTEGER NOT NULL,
      PRIMARY KEY (survey, version, cell)) WITHOUT ROWID, STRICT;
    CREATE TABLE free_texts (survey TEXT, question TEXT, key TEXT, text TEXT, plea INTEGER NOT NULL,
      PRIMARY KEY (survey, question, key)) WITHOUT ROWID, STRICT;
    """,
    # Rows of the desk that go with a comment: an older function would leave them behind when it erases one.
    """
    CREATE INDEX desk_ends ON desk (expires) WHERE expires IS NOT NULL;
    """,
    # Stories and questions of members. Ids are chance, so that the order of rows tells nothing.
    """
    CREATE TABLE voices (id TEXT PRIMARY KEY, author TEXT NOT NULL, receipt TEXT NOT NULL, state TEXT NOT NULL,
      urgency INTEGER NOT NULL, created INTEGER NOT NULL, due INTEGER, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
    CREATE UNIQUE INDEX voices_receipt ON voices (receipt);
    CREATE INDEX voices_author ON voices (author);
    CREATE INDEX voices_state ON voices (state);
    CREATE INDEX voices_due ON voices (due) WHERE due IS NOT NULL;
    """,
    # Who asked to be told of answers: a keyed hash for each post, which an older function would leave behind.
    """
    CREATE TABLE watches (thing TEXT PRIMARY KEY, watcher TEXT NOT NULL) WITHOUT ROWID, STRICT;
    CREATE INDEX watches_watcher ON watches (watcher);
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
    # Free texts of surveys that wait for others to go with.
    """
    CREATE TABLE waiting_texts (key TEXT PRIMARY KEY, survey TEXT NOT NULL, question TEXT NOT NULL,
      text TEXT NOT NULL, plea INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    """,
)


def demand_store(path: Path) -> None:
    """Raises NoStore where there is no file, or one that is not a store of ours; nothing is made or changed."""
    if not path.is_file():
        raise NoStore(f"There is no store at {path}.", path)
    if not is_ours(path):
        raise NoStore(f"{path} is not a store of Gatherwell.")


def is_ours(path: Path) -> bool:
    """Whether an existing file is a store: by its application id, or by its tables where an earlier version made it.

    Raises StoreError where the file is no database.
    """
    try:
        with closing(open_read_only(path)) as connection:
            found = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            }
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read as a store ({named(error)}).") from error
    return found == APPLICATION_ID or (found == 0 and tables >= {"votes", "tallies", "comments", "once"})


def is_foreign(path: Path) -> bool:
    """Whether a file holds something that is not a store; one that is missing or empty does not, nor a database without
    tables: another process may be making it into a store just now."""
    return path.is_file() and path.stat().st_size > 0 and not _has_no_tables(path) and not is_ours(path)


def _has_no_tables(path: Path) -> bool:
    try:
        with closing(open_read_only(path)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None
    except sqlite3.Error:
        return False


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that takes no lock for writing; raises sqlite3.Error where the file is missing or no database."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=5.0, check_same_thread=False)


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
        _keep_a_log(connection, time.monotonic() + busy_seconds)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")  # so that no text lands in a temporary file
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be opened as a store ({named(error)}).") from error
    return connection


def _keep_a_log(connection: sqlite3.Connection, deadline: float) -> None:
    """Turn the write-ahead log on. Where two processes do so in a new file, SQLite refuses one at once, whatever its timeout
    (https://sqlite.org/c3ref/busy_handler.html: a wait would be a deadlock)."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            primary = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
            if primary != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def make_private(path: Path) -> None:
    """An empty file for its owner alone, unless there is one."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def named(error: Exception) -> str:
    """The error's name as the system gives it, without any value that somebody sent."""
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else type(error).__name__
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


def migrate(connection: sqlite3.Connection, versions: Sequence[str]) -> None:
    """Bring a file to the newest schema, each step in a transaction. Raises NewerStore, StoreError."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if found > len(versions):
            raise NewerStore(found, len(versions))
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
