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


def charge_in_order(add: Callable[[str, int], int], charges: Sequence[Charge]) -> list[int]:
    """What `LedgerWrites.charge` does, by a store's own `add`, which counts one more in a bucket and returns its count."""
    counts: list[int] = []
    for charge in charges:
        counts.append(add(charge.bucket, charge.expires))
        if counts[-1] > charge.limit:
            break
    return counts
