"""The build cache: what earlier builds read, rendered and wrote.

One SQLite file under ``.gatherwell/``, with keys made of content; deleting it is always safe. Payloads carry a checksum,
so that a damaged file is detected.
"""

from __future__ import annotations

import errno
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import astuple

from generator.disk.stamps import Seen, Stamp, Written

CACHE_NAME = "cache.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (path TEXT PRIMARY KEY, size INT, mtime INT, ctime INT, inode INT, seen INT,
  digest TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (key TEXT PRIMARY KEY, payload BLOB);
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, payload BLOB);
CREATE TABLE IF NOT EXISTS bodies (key TEXT PRIMARY KEY, payload BLOB);
CREATE TABLE IF NOT EXISTS images (key TEXT PRIMARY KEY, payload BLOB);
CREATE TABLE IF NOT EXISTS outputs (out TEXT, path TEXT, view TEXT, digest TEXT, size INT, mtime INT, ctime INT,
  inode INT, seen INT, PRIMARY KEY (out, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search (key TEXT PRIMARY KEY, payload BLOB);
CREATE TABLE IF NOT EXISTS states (out TEXT PRIMARY KEY, payload BLOB);
"""
_TABLES = ("sources", "documents", "facts", "bodies", "images", "outputs", "search", "states")
_BATCH = 500
# For more keys than this, reading the whole table is quicker than looking up each key.
_MANY = 1000
T = TypeVar("T")


class CacheDamaged(Exception):
    """The cache file is damaged; delete it and build again."""


class Cache:
    """The cache file in *folder*; emptied where *version* differs from that of its last use.

    One process writes; workers open the file for reading with :class:`BodyStore`. Raises CacheDamaged.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self.path = folder / CACHE_NAME
        self._version = version
        self._seen: dict[str, Seen] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
        with damage_reported():
            self._db = sqlite3.connect(self.path, timeout=60, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        db = self._db
        # A body fits into one or two pages of this size, which saves many system calls.
        db.execute("PRAGMA page_size=32768")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA wal_autocheckpoint=2500")
        db.execute("PRAGMA cache_size=-8000")
        db.executescript(_SCHEMA)
        row = db.execute("SELECT value FROM meta WHERE key='version'").fetchone()
        if row is None or row[0] != self._version:
            db.execute("BEGIN")
            self._forget(db)
            db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (self._version,))
            db.execute("COMMIT")

    def empty(self) -> None:
        """Delete everything except which files were written."""
        with self._transaction() as db:
            self._forget(db)
        self._seen = None

    def _forget(self, db: sqlite3.Connection) -> None:
        for table in _TABLES:
            # The list of outputs is kept, because only files in it may be removed; their views become stale.
            db.execute("UPDATE outputs SET view=''" if table == "outputs" else f"DELETE FROM {table}")  # noqa: S608

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._db.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- files that were read -------------------------------------------------------------------

    def seen_sources(self) -> dict[str, Seen]:
        """Every source that was read before, by path relative to the root.

        Read once for each instance. Entries that another process adds later are missed, which only costs time.
        """
        if self._seen is None:
            with damage_reported():
                rows = self._db.execute("SELECT path, size, mtime, ctime, inode, seen, digest FROM sources")
                self._seen = {r[0]: Seen(Stamp(r[1], r[2], r[3], r[4]), r[5], r[6]) for r in rows}
        return dict(self._seen)

    def replace_sources(self, changed: dict[str, Seen], gone: Collection[str]) -> None:
        """Record *changed* sources and delete those that are *gone*."""
        if not changed and not gone:
            return
        known = self.seen_sources()
        with self._transaction() as db:
            db.executemany("DELETE FROM sources WHERE path=?", ((path,) for path in gone))
            rows = ((path, *astuple(seen.stamp), seen.seen, seen.digest) for path, seen in changed.items())
            db.executemany("INSERT OR REPLACE INTO sources VALUES (?,?,?,?,?,?,?)", rows)
        self._seen = {path: seen for path, seen in known.items() if path not in gone} | changed

    # --- payloads by key ------------------------------------------------------------------------

    def get(self, table: str, keys: Sequence[str]) -> dict[str, bytes]:
        """The payloads of those *keys* that exist; raises CacheDamaged on a wrong checksum."""
        with damage_reported():
            return {key: unsealed(payload) for key, payload in self._rows(table, keys)}

    def _rows(self, table: str, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        if len(keys) > _MANY:
            wanted = set(keys)
            rows = self._db.execute(f"SELECT key, payload FROM {table}")  # noqa: S608
            yield from (row for row in rows if row[0] in wanted)
            return
        for start in range(0, len(keys), _BATCH):
            part = keys[start : start + _BATCH]
            marks = ",".join("?" * len(part))
            yield from self._db.execute(f"SELECT key, payload FROM {table} WHERE key IN ({marks})", part)  # noqa: S608

    def holds_any(self, table: str) -> bool:
        """Whether *table* has any row."""
        with damage_reported():
            return self._db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608

    def has(self, table: str, keys: Collection[str]) -> set[str]:
        """Those of *keys* that exist."""
        with damage_reported():
            known = {row[0] for row in self._db.execute(f"SELECT key FROM {table}")}  # noqa: S608
            return known.intersection(keys)

    def put(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        self.put_all({table: rows})

    def put_all(self, tables: Mapping[str, Iterable[tuple[str, bytes]]]) -> None:
        """Put rows into several tables in one transaction."""
        with self._transaction() as db:
            for table, rows in tables.items():
                sealed_rows = ((key, sealed(payload)) for key, payload in rows)
                db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?,?)", sealed_rows)  # noqa: S608

    def drop(self, table: str, keys: Iterable[str]) -> None:
        """Delete the rows of *keys*."""
        with self._transaction() as db:
            db.executemany(f"DELETE FROM {table} WHERE key=?", ((key,) for key in keys))  # noqa: S608

    def drop_below(self, table: str, prefix: str) -> None:
        """Delete all rows whose keys begin with *prefix*."""
        with self._transaction() as db:
            db.execute(f"DELETE FROM {table} WHERE substr(key, 1, ?)=?", (len(prefix), prefix))  # noqa: S608

    def prune(self, table: str, live: set[str]) -> None:
        """Delete all keys that are not *live*, once there are 1,000 more of them than of live ones."""
        with damage_reported():
            most = self._db.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0  # noqa: S608
            if most <= 2 * len(live) + 1000:
                return  # row ids are never below the number of rows
            known = {row[0] for row in self._db.execute(f"SELECT key FROM {table}")}  # noqa: S608
        stale = known - live
        if len(stale) > len(live) + 1000:
            with self._transaction() as db:
                db.executemany(f"DELETE FROM {table} WHERE key=?", ((key,) for key in stale))  # noqa: S608

    # --- words that must not stay ----------------------------------------------------------------

    def remembered(self, name: str) -> str:
        """What :meth:`remember` was told under *name*; empty without."""
        with damage_reported():
            row = self._db.execute("SELECT value FROM meta WHERE key=?", (name,)).fetchone()
            return str(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (name, value))

    def rewrite(self) -> None:
        """Write the file anew, so that nothing of deleted rows is left in it or in its log."""
        with damage_reported():
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # --- files that were written ----------------------------------------------------------------

    def written(self, out: str) -> dict[str, Written]:
        """What earlier builds wrote into the output folder *out*, by output path."""
        with damage_reported():
            sql = "SELECT path, view, size, mtime, ctime, inode, seen, digest FROM outputs WHERE out=?"
            rows = self._db.execute(sql, (out,))
            return {
                path: Written(view, Seen(Stamp(size, mtime, ctime, inode), seen, content))
                for path, view, size, mtime, ctime, inode, seen, content in rows
            }

    def claim(self, out: str, paths: Iterable[str]) -> None:
        """Record, before the first rename, that *paths* are ours, so that the next build may remove them if this one is
        killed.
        """
        with self._transaction() as db:
            sql = "INSERT OR IGNORE INTO outputs VALUES (?,?,'','',0,0,0,0,0)"
            db.executemany(sql, ((out, path) for path in paths))

    def record(self, out: str, changed: dict[str, Written], gone: Iterable[str], state: bytes) -> None:
        """Record what was written to and removed from *out*, and the state that the next build compares itself with."""
        with self._transaction() as db:
            db.executemany("DELETE FROM outputs WHERE out=? AND path=?", ((out, path) for path in gone))
            _put_written(db, out, changed)
            db.execute("INSERT OR REPLACE INTO states VALUES (?,?)", (out, sealed(state)))

    def restamp(self, out: str, changed: Mapping[str, Written]) -> None:
        """Record new stamps of outputs whose bytes are as they were."""
        if changed:
            with self._transaction() as db:
                _put_written(db, out, changed)

    def keep_state(self, name: str, state: bytes) -> None:
        """Record *state* under a name that is no output folder's."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO states VALUES (?,?)", (name, sealed(state)))

    def forget_state(self, out: str) -> None:
        """Delete the state of *out*, so that until :meth:`record` no build takes it for complete."""
        with self._transaction() as db:
            db.execute("DELETE FROM states WHERE out=?", (out,))

    def state(self, out: str) -> bytes | None:
        """The state that the last complete build of *out* recorded."""
        with damage_reported():
            row = self._db.execute("SELECT payload FROM states WHERE out=?", (out,)).fetchone()
            return unsealed(row[0]) if row else None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with damage_reported():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _put_written(db: sqlite3.Connection, out: str, changed: Mapping[str, Written]) -> None:
    rows = (
        (out, path, w.view, w.file.digest, *astuple(w.file.stamp), w.file.seen) for path, w in changed.items()
    )
    db.executemany("INSERT OR REPLACE INTO outputs VALUES (?,?,?,?,?,?,?,?,?)", rows)


class BodyStore:
    """Reads bodies by key from the cache file; for workers, which never write."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60)

    def __enter__(self) -> BodyStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def get(self, key: str) -> bytes | None:
        with damage_reported():
            row = self._db.execute("SELECT payload FROM bodies WHERE key=?", (key,)).fetchone()
            return unsealed(row[0]) if row else None


def decode_cached(payload: bytes, kind: type[T]) -> T:
    """A cached payload as *kind*; raises CacheDamaged where it cannot be decoded."""
    with damage_reported():
        return msgspec.msgpack.decode(payload, type=kind)


def sealed(payload: bytes) -> bytes:
    """*payload* after its checksum."""
    return zlib.crc32(payload).to_bytes(4, "little") + payload


def unsealed(stored: bytes) -> bytes:
    """The payload of a sealed one; raises CacheDamaged on a wrong checksum."""
    payload = stored[4:]
    if zlib.crc32(payload).to_bytes(4, "little") != stored[:4]:
        raise CacheDamaged("a payload does not match its checksum")
    return payload


@contextmanager
def damage_reported() -> Iterator[None]:
    """Raise errors of SQLite and of decoding as CacheDamaged; those of a full or read-only disk as OSError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "full" in text or "readonly" in text or "unable to open" in text or "disk I/O" in text:
            number = errno.ENOSPC if "full" in text else errno.EROFS if "readonly" in text else errno.EIO
            raise OSError(number, f"the cache cannot be written: {text}") from error
        raise CacheDamaged(text) from error
    except (sqlite3.DatabaseError, msgspec.MsgspecError, TypeError, ValueError) as error:
        raise CacheDamaged(str(error)) from error


def rewritten_without(folder: Path, table: str, name: str, live: frozenset[str]) -> None:
    """Empty a table of the cache in *folder*, and write the file anew, where what is remembered under *name* is not all
    *live* any more. For a build that uses another cache; the next one of this cache makes the rows again."""
    path = folder / CACHE_NAME
    if not path.is_file():
        return
    with damage_reported(), closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as db:
        row = db.execute("SELECT value FROM meta WHERE key=?", (name,)).fetchone()
        if row and set(str(row[0]).split()) - live:
            db.execute(f"DELETE FROM {table}")  # noqa: S608  (a name of ours)
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def delete_cache(folder: Path) -> None:
    """Delete the cache in *folder* with its write-ahead log."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            (folder / f"{CACHE_NAME}{suffix}").unlink()
