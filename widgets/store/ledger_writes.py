"""Owns what one unit of work may write in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from widgets.store.records import Charge

T = TypeVar("T")


class LedgerWrites(Protocol):
    """The ledger's writes inside `Ledger.together`. They take effect in the order of the calls."""

    def charge(self, charges: Sequence[Charge]) -> list[int]:
        """Add one to each bucket, in order, and to none after the first that is then above its limit; returns the new
        counts. A count above its charge's limit is a refusal."""
        ...

    def agree(self, token: str, value: str, expires: int) -> str:
        """The value that was first given for the token, which is this one where there was none."""
        ...


Work = Callable[[LedgerWrites], T]
