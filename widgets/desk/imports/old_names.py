"""Owns who old names belong to: an author that no device key makes, and a pseudonym that the rules of today allow."""

from __future__ import annotations

import hashlib
import time
from typing import Final

from widgets.contract.problems import Problem
from widgets.function.text.name_claims import was_erased
from widgets.function.text.name_notes import IMPORTED
from widgets.rules.keys import Keys
from widgets.rules.names import Pseudonym, SiteNames, check_pseudonym
from widgets.store.interface import Store

PREFIX: Final = IMPORTED
ERASED: Final = "import-erased"  # kind of rows: authors whose words were erased; later imports leave them out
_REPLACEMENT: Final = "Member"
_MOST: Final = 100_000


def old_author(source: str, condition: str, name: str) -> str:
    """The author of what `name` wrote in an older system; made of what is public, so it needs no secret."""
    text = "\0".join((source, condition, name))
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:23]


def is_old(author: str) -> bool:
    return author.startswith(PREFIX)


class OldNames:
    """Pseudonyms of one import: each author has one in a condition, and nobody else's; with `keys` none either that a member
    erased within twelve months."""

    def __init__(self, store: Store, source: str, site: SiteNames, keys: Keys | None = None) -> None:
        self._store = store
        self._keys = keys
        self._source = source
        self._site = site
        self._of: dict[str, Pseudonym] = {}
        self._taken: dict[tuple[str, str], str] = {}
        self._next: dict[tuple[str, str], int] = {}
        self.erased: frozenset[str] = frozenset()

    async def prepare(self) -> None:
        self.erased = frozenset(row.id for row in await self._store.desk_rows(ERASED))

    async def name(self, condition: str, written: str, author: str) -> Pseudonym:
        found = self._of.get(author)
        if found is None:
            found = self._of[author] = await self._free(condition, written, author)
            for skeleton in (found.skeleton, *found.others):
                self._taken[condition, skeleton] = author
        return found

    async def _free(self, condition: str, written: str, author: str) -> Pseudonym:
        """As written, where that may be a pseudonym and is free, else with a number; a reserved word is replaced."""
        own = await self._own(author)
        if own is not None:
            return own
        base, number = written, 1
        if self._checked(written) is None:
            base, number = _REPLACEMENT, self._next.get((condition, _REPLACEMENT), 1)
        while number < _MOST:
            name = self._checked(base if number == 1 else f"{base} {number}")
            number += 1
            if name is not None and await self._is_free(condition, name, author):
                self._next[condition, base] = number
                return name
        raise AssertionError("no name is free")

    async def _own(self, author: str) -> Pseudonym | None:
        """What an earlier import called this author."""
        stored = await self._store.comments_by(author)
        return self._checked(stored[0].pseudonym) if stored else None

    def _checked(self, raw: str) -> Pseudonym | None:
        try:
            return check_pseudonym(raw, self._site)
        except Problem:
            return None

    async def _is_free(self, condition: str, name: Pseudonym, author: str) -> bool:
        for skeleton in (name.skeleton, *name.others):
            if self._taken.get((condition, skeleton), author) != author:
                return False
            held = await self._store.name(condition, skeleton)
            if held is not None and held.author != author:
                return False
        skeletons = (name.skeleton, *name.others)
        return self._keys is None or not await was_erased(
            self._store, self._keys, condition, skeletons, int(time.time())
        )
