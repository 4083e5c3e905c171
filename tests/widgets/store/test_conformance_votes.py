"""Both stores keep votes and tallies alike: exact after changes, retries, concurrency."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from tests.widgets.store.conftest import Stores
from widgets.store.records import Once, OnceMismatch, Tally, Vote

pytestmark = pytest.mark.anyio
POLL = "migraine~weather"
DAY = "2026-09-22"


def voter(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:32]


def vote(number: int, *choices: str, day: str = DAY) -> Vote:
    return Vote(POLL, 1, voter(number), choices, day)


def once(name: str, digest: str = "d", day: str = DAY) -> Once:
    return Once(hashlib.sha256(name.encode()).hexdigest()[:32], digest, day)


async def exact(stores: Stores, version: int = 1) -> Tally:
    tally = await stores.store.tally(POLL, version)
    assert tally == await stores.store.recount(POLL, version)
    assert await stores.store.check() == []
    return tally


async def test_a_vote_is_counted_once_for_each_voter(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), None)
    await stores.store.cast(vote(2, "never"), None)
    cast = await stores.store.cast(vote(1, "often"), None)
    assert cast.tally == await exact(stores) == Tally(2, {"often": 1, "never": 1})


async def test_changing_a_vote_moves_it(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), None)
    await stores.store.cast(vote(1, "never"), None)
    assert await exact(stores) == Tally(1, {"never": 1})


async def test_several_choices_count_one_person(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often", "never"), None)
    await stores.store.cast(vote(1, "never", "sometimes"), None)
    assert await exact(stores) == Tally(1, {"never": 1, "sometimes": 1})


async def test_taking_a_vote_back_leaves_no_row(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), None)
    await stores.store.cast(vote(1), None)
    assert await exact(stores) == Tally(0, {})
    assert await stores.store.votes([(POLL, 1, voter(1))]) == []


async def test_versions_are_counted_apart(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), None)
    await stores.store.cast(Vote(POLL, 2, voter(1), ("never",), DAY), None)
    assert await exact(stores, 1) == Tally(1, {"often": 1})
    assert await exact(stores, 2) == Tally(1, {"never": 1})


async def test_votes_are_found_again_by_key(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), None)
    keys = [(POLL, 1, voter(number)) for number in range(120)]
    assert await stores.store.votes(keys) == [vote(1, "often")]


async def test_a_late_retry_does_not_undo_a_later_change(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), once("first"))
    await stores.store.cast(vote(1, "never"), once("second"))
    cast = await stores.store.cast(vote(1, "often"), once("first"))
    assert cast.repeated
    assert cast.vote.choices == ("never",)
    assert await exact(stores) == Tally(1, {"never": 1})


async def test_an_idempotency_key_serves_one_intent(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), once("key", "often"))
    with pytest.raises(OnceMismatch):
        await stores.store.cast(vote(1, "never"), once("key", "never"))
    assert await exact(stores) == Tally(1, {"often": 1})


async def test_the_store_gives_the_same_after_opening_it_again(stores: Stores) -> None:
    await stores.store.cast(vote(1, "often"), once("first"))
    other = stores.again()
    stores.opened.append(other)
    assert await other.tally(POLL, 1) == Tally(1, {"often": 1})
    assert (await other.cast(vote(1, "often"), once("first"))).repeated


async def test_many_voters_at_once_through_two_workers_are_exact(stores: Stores) -> None:
    other = stores.again()
    stores.opened.append(other)
    many = 200 if stores.wire is None else 24
    workers = (stores.store, other)
    await asyncio.gather(*(workers[n % 2].cast(vote(n % 150, "often"), None) for n in range(many)))
    await asyncio.gather(*(workers[n % 2].cast(vote(n % 20, "never"), None) for n in range(20)))
    tally = await exact(stores)
    assert tally.voters == min(many, 150)
    assert tally.votes["never"] == 20


async def test_one_voter_on_two_workers_at_once_has_one_vote(stores: Stores) -> None:
    other = stores.again()
    stores.opened.append(other)
    workers = (stores.store, other)
    choices = ("often", "never", "sometimes")
    await asyncio.gather(
        *(workers[n % 2].cast(vote(1, choices[n % 3]), once(f"intent {n}")) for n in range(9))
    )
    assert (await exact(stores)).voters == 1
