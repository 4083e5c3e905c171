"""Owns the ledger in SQLite: a file beside the store's, never backed up, emptied on time, securely."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Awaitable, Sequence
from pathlib import Path

from widgets.store.records import Charge
from widgets.store.sqlite.files import LEDGER, migrate, open_database
from widgets.store.sqlite.turns import Turns
from widgets.store.sqlite.writer import Writer


class SqliteLedger:
    """Implements `Ledger`. It outlives a crash of the process; a power cut may lose its last moments, never
    the store's."""

    def __init__(self, path: Path, *, busy_seconds: float = 5.0) -> None:
        connection = open_database(path, synchronous="NORMAL", busy_seconds=busy_seconds)
        migrate(connection, LEDGER)
        self._writer = Writer(connection, Turns(path), "gatherwell-ledger")

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

    def charge(self, charges: Sequence[Charge]) -> Awaitable[list[int]]:
        def draw(db: sqlite3.Connection) -> list[int]:
            return [
                db.execute(
                    "INSERT INTO limits VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n",
                    (charge.bucket, charge.expires),
                ).fetchone()[0]
                for charge in charges
            ]

        return self._writer.submit(draw)

    def spend(self, token: str, by: str, expires: int) -> Awaitable[bool]:
        def once(db: sqlite3.Connection) -> bool:
            db.execute("INSERT OR IGNORE INTO spent VALUES (?, ?, ?)", (token, by, expires))
            row = db.execute("SELECT by FROM spent WHERE token = ?", (token,)).fetchone()
            return bool(row[0] == by)

        return self._writer.submit(once)

    def purge(self, now: int, day: str) -> Awaitable[None]:
        def forget(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM limits WHERE expires <= ?", (now,))
            db.execute("DELETE FROM spent WHERE expires <= ?", (now,))
            db.execute("DELETE FROM day_keys WHERE day < ?", (day,))

        return self._writer.submit(forget, shred=True)

    async def close(self) -> None:
        self._writer.close()
