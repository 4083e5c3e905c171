"""Owns the plain functions behind `gatherwell function import` and `gatherwell desk erase-name`; they print nothing."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from pathlib import Path

from widgets.desk.auth.people import TERMINAL
from widgets.desk.imports.erasing import author_of, erase_author
from widgets.desk.imports.judging import Judges
from widgets.desk.imports.taking import OldPlaces, Taken, take_in
from widgets.desk.moderation.audited_store import StaffAction
from widgets.function.state.services import new_id
from widgets.function.text.name_notes import forget_notes
from widgets.rules.keys import Keys
from widgets.store.interface import Ledger, Store
from widgets.store.opening import demand_existing, with_stores


def import_comments(
    store: str,
    file: Path,
    manifests: Sequence[bytes],
    old: OldPlaces,
    claims: Path | None,
    secret: bytes | None = None,
    jobs: int = 1,
) -> Taken:
    """The store is made where there is none; `secret` is the function's, `jobs` how many processes read texts. Raises
    StoreError, OSError."""
    keys = Keys(secret) if secret else None

    async def run(opened: Store, _: Ledger) -> Taken:
        return await take_in(opened, file, manifests, old, Judges(claims, jobs), keys)

    return with_stores(store, run)


def erase_name(store: str, condition: str, name: str, secret: bytes | None = None) -> int:
    """Erase all that an imported name wrote; how many comments. Raises StoreError."""
    keys = Keys(secret) if secret else None
    demand_existing(store)
    return with_stores(store, lambda opened, _: _erase(opened, condition, name, keys))


async def _erase(store: Store, condition: str, name: str, keys: Keys | None) -> int:
    author = await author_of(store, condition, name)
    now = time.time()
    action = StaffAction(TERMINAL, "erase-name")
    _, erased = await erase_author(
        store, author, action, int(now), lambda: new_id(time.time(), secrets.token_bytes(10))
    )
    if keys is not None:
        await forget_notes(store, keys, author)
    return erased
