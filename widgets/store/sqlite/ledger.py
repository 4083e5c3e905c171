"""Owns the ledger in SQLite: a file beside the store's, never backed up; expired rows are deleted securely."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Awaitable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from widgets.store.ledger_writes import T, Work, charge_in_order
from widgets.store.records import Charge
from widgets.store.sqlite.file_lock import FileLock
from widgets.store.sqlite.files import LEDGER, migrate, open_database
from widgets.store.sqlite.free_texts import SqliteTextLedger
from widgets.store.sqlite.identity import FileIdentity
from widgets.store.sqlite.writer import Writer

_ARRIVALS: Final = "arrivals/"  # buckets of limits are hexadecimal digits


class SqliteLedger:
    """Implements `Ledger`. It survives a crash of the process; a power failure may lose its last commits."""

    def __init__(self, path: Path, *, busy_seconds: float = 5.0) -> None:
        connection = open_database(path, synchronous="NORMAL", busy_seconds=busy_seconds)
        migrate(connection, LEDGER)
        self._writer = Writer(connection, FileLock(path), "gatherwell-ledger")
        self.texts = SqliteTextLedger(self._writer, FileIdentity(path))

    async def day_key(self, day: str) -> bytes:
        def read(db: sqlite3.Connection) -> tuple[bytes, bool]:
            row = db.execute("SELECT secret FROM day_keys WHERE day = ?", (day,)).fetchone()
            if row:
                return bytes(row[0]), False
            secret = secrets.token_bytes(32)
            db.execute("DELETE FROM day_keys WHERE day < ?", (day,))
            db.execute("INSERT INTO day_keys VALUES (?, ?)", (day, secret))
            return secret, True

        secret, fresh = await self._writer.submit(read)
        if fresh:
            await self._writer.submit(lambda db: None, shred=True)
        return secret

    def together(self, work: Work[T]) -> Awaitable[T]:
        return self._writer.submit(lambda db: work(_Writes(db)))

    def charge(self, charges: Sequence[Charge]) -> Awaitable[list[int]]:
        return self.together(lambda writes: writes.charge(charges))

    async def count_arrival(self, day: str, name: str, expires: int) -> None:
        await self._writer.submit(lambda db: _add(db, f"{_ARRIVALS}{day}/{name}", expires))

    def arrivals(self, day: str) -> Awaitable[Mapping[str, int]]:
        prefix = f"{_ARRIVALS}{day}/"

        def read(db: sqlite3.Connection) -> Mapping[str, int]:
            rows = db.execute(
                "SELECT bucket, n FROM limits WHERE bucket >= ? AND bucket < ?", (prefix, f"{prefix}\x7f")
            )
            return {bucket.removeprefix(prefix): n for bucket, n in rows}

        return self._writer.submit(read)

    async def spend(self, token: str, by: str, expires: int) -> bool:
        return await self.agree(token, by, expires) == by

    def agree(self, token: str, value: str, expires: int) -> Awaitable[str]:
        return self.together(lambda writes: writes.agree(token, value, expires))

    def purge(self, now: int, day: str) -> Awaitable[None]:
        def purge(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM limits WHERE expires <= ?", (now,))
            db.execute("DELETE FROM spent WHERE expires <= ?", (now,))
            db.execute("DELETE FROM day_keys WHERE day < ?", (day,))

        return self._writer.submit(purge, shred=True)

    async def close(self) -> None:
        self._writer.close()


class _Writes:
    """Implements `LedgerWrites` within the writer's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def charge(self, charges: Sequence[Charge]) -> list[int]:
        return charge_in_order(partial(_add, self._db), charges)

    def agree(self, token: str, value: str, expires: int) -> str:
        kept = self._db.execute("INSERT OR IGNORE INTO spent VALUES (?, ?, ?)", (token, value, expires))
        if kept.rowcount == 1:
            return value
        return str(self._db.execute("SELECT by FROM spent WHERE token = ?", (token,)).fetchone()[0])


def _add(db: sqlite3.Connection, bucket: str, expires: int) -> int:
    row = db.execute(
        "INSERT INTO limits VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n",
        (bucket, expires),
    ).fetchone()
    return int(row[0])
