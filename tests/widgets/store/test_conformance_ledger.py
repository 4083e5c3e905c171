"""Both ledgers count, spend and forget alike."""

from __future__ import annotations

import pytest

from tests.widgets.store.conftest import Stores
from widgets.store.records import Charge

pytestmark = pytest.mark.anyio


async def test_a_day_has_one_key_and_the_next_day_another(stores: Stores) -> None:
    monday = await stores.ledger.day_key("2026-09-21")
    assert await stores.ledger.day_key("2026-09-21") == monday
    tuesday = await stores.ledger.day_key("2026-09-22")
    assert len(monday) == len(tuesday) == 32
    assert monday != tuesday


async def test_a_past_days_key_is_destroyed_with_the_next_ones_first_use(stores: Stores) -> None:
    monday = await stores.ledger.day_key("2026-09-21")
    await stores.ledger.day_key("2026-09-22")
    assert await stores.ledger.day_key("2026-09-21") != monday


async def test_charges_on_a_bucket_add_up(stores: Stores) -> None:
    charge = Charge("bucket", 2, 2_000_000_000)
    counts = [await stores.ledger.charge([charge, Charge(f"own {n}", 1, 2_000_000_000)]) for n in range(3)]
    assert counts == [[1, 1], [2, 1], [3, 1]]


async def test_a_token_is_spent_once_but_its_spender_may_say_so_again(stores: Stores) -> None:
    assert await stores.ledger.spend("token", "me", 2_000_000_000)
    assert await stores.ledger.spend("token", "me", 2_000_000_000)
    assert not await stores.ledger.spend("token", "you", 2_000_000_000)
