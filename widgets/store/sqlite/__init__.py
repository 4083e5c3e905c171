"""The store on one machine: SQLite in WAL mode, every commit on the disk before its answer."""

from widgets.store.sqlite.ledger import SqliteLedger
from widgets.store.sqlite.store import SqliteStore

__all__ = ["SqliteLedger", "SqliteStore"]
