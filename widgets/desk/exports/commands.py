"""Owns the plain functions behind `gatherwell export` and `gatherwell import gatherwell`; they print nothing."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from widgets.contract.manifest import parse_manifest
from widgets.desk.auth.people import TERMINAL
from widgets.desk.exports.reading import demand_sound
from widgets.desk.exports.restoring import Restored, restore_contributions
from widgets.desk.exports.threads import write_threads, write_voices
from widgets.desk.exports.writing import Written, write_contributions
from widgets.function.state.services import new_id
from widgets.store.desk_records import AuditEntry
from widgets.store.interface import Ledger, Store
from widgets.store.opening import demand_existing, with_stores

CONTRIBUTIONS: Final = "contributions"  # the folder in an export


def export_contributions(store: str, manifests: Sequence[bytes], folder: Path) -> Written:
    """Write what the store holds into `folder`; the audit tells of it first. Raises StoreError, OSError."""
    demand_existing(store)

    async def run(opened: Store, _: Ledger) -> Written:
        now = time.time()
        entry = AuditEntry(new_id(now, secrets.token_bytes(10)), int(now), TERMINAL, "export-all")
        await opened.append_audit(entry)
        parsed = [parse_manifest(each) for each in manifests]
        written = await write_contributions(opened, parsed, folder / CONTRIBUTIONS)
        write_threads(folder / CONTRIBUTIONS, folder / "threads", parsed)
        write_voices(folder / CONTRIBUTIONS, folder)
        return written

    return with_stores(store, run)


def demand_contributions(folder: Path) -> None:
    """Raises StoreError with the first line that no export holds; nothing is opened or written."""
    demand_sound(folder / CONTRIBUTIONS)


def import_contributions(store: str, folder: Path) -> Restored:
    """The store is made where there is none. Raises StoreError."""
    return with_stores(store, lambda opened, _: restore_contributions(opened, folder / CONTRIBUTIONS))
