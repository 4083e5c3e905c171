"""Both ledgers count, spend and forget alike."""

from __future__ import annotations

from functools import partial

import pytest

from tests.widgets.store.conftest import Stores
from widgets.contract.problems import Problem
from widgets.store.ledger_writes import LedgerWrites
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
    charge = Charge("bucket", 3, 2_000_000_000)
    counts = [await stores.ledger.charge([charge, Charge(f"own {n}", 1, 2_000_000_000)]) for n in range(3)]
    assert counts == [[1, 1], [2, 1], [3, 1]]


async def test_a_token_is_spent_once_but_its_spender_may_say_so_again(stores: Stores) -> None:
    assert await stores.ledger.spend("token", "me", 2_000_000_000)
    assert await stores.ledger.spend("token", "me", 2_000_000_000)
    assert not await stores.ledger.spend("token", "you", 2_000_000_000)


async def test_what_is_over_its_limit_draws_on_nothing_behind_it(stores: Stores) -> None:
    address, network = Charge("address", 1, 2_000_000_000), Charge("network", 9, 2_000_000_000)
    counts = [await stores.ledger.charge([address, network]) for _ in range(3)]
    assert counts == [[1, 1], [2], [3]]
    assert await stores.ledger.charge([network]) == [2]


async def test_arrivals_are_counted_by_day_and_name(stores: Stores) -> None:
    for day, name in (("2026-09-21", "poll~a/1/form"), ("2026-09-21", "poll~a/1/proven")) * 2:
        await stores.ledger.count_arrival(day, name, 2_000_000_000)
    await stores.ledger.count_arrival("2026-09-22", "poll~a/1/form", 2_000_000_000)
    assert await stores.ledger.arrivals("2026-09-21") == {"poll~a/1/form": 2, "poll~a/1/proven": 2}
    assert await stores.ledger.arrivals("2026-09-23") == {}


async def test_a_unit_of_work_keeps_what_it_wrote_before_it_refused(stores: Stores) -> None:
    def work(writes: LedgerWrites) -> tuple[list[int], str, Problem]:
        counts = writes.charge([Charge("bucket", 3, 2_000_000_000)])
        return counts, writes.agree("token", "me", 2_000_000_000), Problem("duplicate")

    counts, agreed, refused = await stores.ledger.together(work)
    assert (counts, agreed, refused.code) == ([1], "me", "duplicate")
    assert await stores.ledger.charge([Charge("bucket", 3, 2_000_000_000)]) == [2]
    assert not await stores.ledger.spend("token", "you", 2_000_000_000)


async def test_one_unit_of_work_gets_a_token_that_two_want(stores: Stores) -> None:
    wanted = [stores.ledger.together(partial(_agree, by=by)) for by in ("me", "you")]
    assert len({await one for one in wanted}) == 1


def _agree(writes: LedgerWrites, by: str) -> str:
    return writes.agree("token", by, 2_000_000_000)
