"""What the cache remembers of an index, so that the next build can change it instead of making it anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import msgspec

from generator.disk.cache import damage_reported
from generator.ground.model import Struct
from generator.ground.text import digest
from generator.outputs.search.layout import Table
from generator.outputs.search.tree import Group

TABLE = "search"


class Page(Struct, array_like=True):
    """An indexed page: its *mark* (see Subject), its number and address, and the index of its *traits*."""

    mark: str
    number: int
    url: str
    home: str
    traits: int


class Traits(Struct, array_like=True):
    """What pages can be filtered by; *guest* are conditions in whose table a page does not lie."""

    type: str
    topics: tuple[str, ...]
    stages: tuple[str, ...]
    guest: tuple[str, ...]


class Known(Struct):
    """An index as the last build made it; *same* are its phrases with one meaning, *frequent* words with a rest."""

    surroundings: str
    tables: tuple[Table, ...]
    same: tuple[tuple[str, tuple[str, ...]], ...]
    frequent: tuple[str, ...]
    words: tuple[Group, ...]
    ends: tuple[Group, ...]
    traits: tuple[Traits, ...]
    pages: dict[str, Page]


encode_known = msgspec.msgpack.Encoder().encode
_decode_known = msgspec.msgpack.Decoder(Known).decode


def token_of(remembered: bytes) -> str:
    """What the directory is recorded with among the outputs: files and cache belong together while it is equal."""
    return digest(remembered)


class Rows(Protocol):
    """A table of payloads by key."""

    def get(self, table: str, keys: Sequence[str]) -> dict[str, bytes]: ...

    def put(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None: ...

    def drop(self, table: str, keys: Iterable[str]) -> None: ...

    def drop_below(self, table: str, prefix: str) -> None: ...


class Change(NamedTuple):
    """Rows to be written once the files are in place; *whole* where they replace everything of the scope."""

    scope: str
    rows: dict[str, bytes]
    gone: tuple[str, ...]
    whole: bool

    def save(self, rows: Rows) -> None:
        if self.whole:
            rows.drop_below(TABLE, self.scope)
        rows.drop(TABLE, (self.scope + key for key in self.gone))
        rows.put(TABLE, ((self.scope + key, payload) for key, payload in self.rows.items()))


class State:
    """Reads the rows of one index; *scope* begins the keys of all of them."""

    def __init__(self, rows: Rows, scope: str) -> None:
        self._rows = rows
        self.scope = scope

    def known(self, token: str) -> Known | None:
        """What the last build remembered; None where the files in place, whose directory has *token*, are others."""
        payload = self.get(("known",)).get("known")
        if payload is None or token_of(payload) != token:
            return None
        with damage_reported():
            return _decode_known(payload)

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Payloads by key; those that are missing are left out."""
        found = self._rows.get(TABLE, [self.scope + key for key in keys])
        return {key.removeprefix(self.scope): payload for key, payload in found.items()}


def record_key(number: int) -> str:
    return f"page/{number}"


def word_key(cell: int) -> str:
    return f"word/{cell}"


def end_key(cell: int) -> str:
    return f"end/{cell}"
