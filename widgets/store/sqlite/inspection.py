"""Owns checks of a store's file that need no lock for writing, so that a running function goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from widgets.store.records import StoreError
from widgets.store.sqlite import surveys, votes
from widgets.store.sqlite.erasures import log_faults
from widgets.store.sqlite.files import demand_store, named, open_read_only


def faults(connection: sqlite3.Connection) -> list[str]:
    """SQLite's own integrity check, then every tally against its rows, all as of one moment."""
    try:
        connection.execute("BEGIN")
        try:
            damage = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
            return damage or votes.wrong_tallies(connection) + surveys.wrong_counts(connection)
        finally:
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        return [f"The database cannot be read ({named(error)})."]


def check_file(path: Path) -> list[str]:
    """What is wrong with the store at this path; empty when it is sound. Raises NoStore."""
    demand_store(path)
    with closing(open_read_only(path)) as connection:
        found = faults(connection)
    return found or log_faults(path)


def demand_sound(path: Path, remedy: str) -> None:
    """SQLite's quick check of a file that may be missing. Raises StoreError with what to do."""
    if not path.is_file() or path.stat().st_size == 0:
        return
    try:
        with closing(open_read_only(path)) as connection:
            found = [text for (text,) in connection.execute("PRAGMA quick_check(1)")]
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read ({named(error)}). {remedy}") from error
    if found != ["ok"]:
        raise StoreError(f"{path} is damaged. {remedy}")
