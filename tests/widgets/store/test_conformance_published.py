"""What a sensitive poll publishes is fixed once for each moment; what changed since stands as it stood. On both stores."""

from __future__ import annotations

import asyncio

import pytest

from tests.widgets.store.conftest import Stores
from widgets.store.publications import Published, Rounding, stood_before
from widgets.store.records import Tally, Vote

pytestmark = pytest.mark.anyio
POLL = "ra~work"
FIRST, SECOND, THIRD = 1_790_035_200, 1_792_627_200, 1_795_219_200  # midnights, 30 days apart
BEFORE, AFTER, LATER = (
    "2026-09-21",
    "2026-09-22",
    "2026-10-22",
)  # days: before FIRST, from it on, from SECOND on


def voter(number: int) -> str:
    return f"{number:032x}"


async def vote(stores: Stores, number: int, *choices: str, day: str = BEFORE) -> None:
    await stores.store.cast(Vote(POLL, 1, voter(number), choices, day), None)


async def published(stores: Stores, moment: int, step: int = 1) -> Tally:
    return (await stores.store.publish(POLL, 1, moment, Rounding(step))).tally


async def test_nothing_is_published_before_the_first_moment(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    assert await stores.store.published(POLL, 1) is None


async def test_numbers_are_rounded_down_to_the_step(stores: Stores) -> None:
    for number in range(24):
        await vote(stores, number, "yes" if number < 22 else "no")
    fixed = Published(FIRST, Tally(22, {"yes": 22}))
    assert await stores.store.publish(POLL, 1, FIRST, Rounding(11)) == fixed
    assert await stores.store.published(POLL, 1) == fixed


async def test_a_moment_is_fixed_once(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    await published(stores, FIRST)
    await vote(stores, 2, "yes", day=AFTER)
    assert await published(stores, FIRST) == Tally(1, {"yes": 1})
    assert await published(stores, SECOND) == Tally(2, {"yes": 2})
    assert await stores.store.publish(POLL, 1, FIRST, Rounding(1)) == Published(SECOND, Tally(2, {"yes": 2}))


async def test_many_who_fix_a_moment_at_once_agree(stores: Stores) -> None:
    for number in range(12):
        await vote(stores, number, "yes")
    found = await asyncio.gather(*(stores.store.publish(POLL, 1, FIRST, Rounding(11)) for _ in range(6)))
    assert set(map(str, found)) == {str(Published(FIRST, Tally(11, {"yes": 11})))}


async def test_what_was_taken_back_stands_for_one_more_moment_without_its_row(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    await published(stores, FIRST)
    await vote(stores, 1, day=AFTER)
    assert await stores.store.votes([(POLL, 1, voter(1))]) == []
    assert await stores.store.tally(POLL, 1) == Tally()
    assert await published(stores, SECOND) == Tally(1, {"yes": 1})
    assert await published(stores, THIRD) == Tally()


async def test_what_was_changed_stands_for_one_more_moment_as_it_stood(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    await published(stores, FIRST)
    for choice in ("no", "maybe", "no"):
        await vote(stores, 1, choice, day=AFTER)
    assert await published(stores, SECOND) == Tally(1, {"yes": 1})
    assert await published(stores, THIRD) == Tally(1, {"no": 1})


async def test_what_was_changed_and_then_taken_back_stands_as_it_stood(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    await published(stores, FIRST)
    await vote(stores, 1, "no", day=AFTER)
    await vote(stores, 1, day=LATER)
    assert await published(stores, SECOND) == Tally(1, {"yes": 1})


async def test_what_is_new_since_the_last_moment_counts_as_it_stands(stores: Stores) -> None:
    await published(stores, FIRST)
    await vote(stores, 1, "yes", day=AFTER)
    await vote(stores, 1, "no", day=AFTER)
    await vote(stores, 2, "yes", day=AFTER)
    await vote(stores, 2, day=AFTER)
    assert await published(stores, SECOND) == Tally(1, {"no": 1})


async def test_a_changed_row_keeps_its_day_where_it_was_published(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    await published(stores, FIRST)
    await vote(stores, 1, "no", day=AFTER)
    assert await stores.store.votes([(POLL, 1, voter(1))]) == [Vote(POLL, 1, voter(1), ("no",), BEFORE)]


async def test_another_version_and_another_poll_publish_apart(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    await published(stores, FIRST)
    assert await stores.store.published(POLL, 2) is None
    assert await stores.store.published("ra~other", 1) is None


async def test_the_store_is_sound_with_counts_that_stand_in(stores: Stores) -> None:
    await vote(stores, 1, "yes")
    await published(stores, FIRST)
    await vote(stores, 1, day=AFTER)
    assert await stores.store.check() == []


@pytest.mark.parametrize(
    ("day", "moment", "stood"),
    [(BEFORE, FIRST, True), (AFTER, FIRST, False), (AFTER, FIRST + 1, True), (LATER, FIRST, False)],
)
def test_whether_a_row_stood_at_a_moment(day: str, moment: int, stood: bool) -> None:
    assert stood_before(day, moment) is stood


@pytest.mark.parametrize(
    ("n", "offset", "shown"),
    [(-3, 9, 0), (0, 10, 0), (10, 0, 0), (11, 0, 11), (21, 0, 11), (1, 10, 11), (1, 9, 0), (12, 10, 22)],
)
def test_numbers_are_rounded_down_after_their_offset(n: int, offset: int, shown: int) -> None:
    rounding = Rounding(11, {"yes": offset})
    assert rounding.shown(Tally(0, {"yes": n})) == Tally(0, {"yes": shown} if shown else {})
