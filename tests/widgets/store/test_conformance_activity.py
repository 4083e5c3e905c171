"""How much was contributed in a month, on both stores: only that month, only what stands, nobody by name."""

from __future__ import annotations

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import add
from widgets.store.activity import Activity, Span
from widgets.store.records import Mark, MarkChange, Vote
from widgets.store.surveys import Response

pytestmark = pytest.mark.anyio
OCTOBER = Span("2026-10-01", "2026-11-01", 1_790_812_800, 1_793_491_200)
WITHIN = 1_791_000_000


def voter(number: int) -> str:
    return f"{number:032x}"


async def fill(stores: Stores) -> None:
    store = stores.store
    for number, day in enumerate(("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01")):
        await store.cast(Vote("ra~work", 1, voter(number), ("yes",), day), None)
        change = MarkChange("reaction", "ra~jar", voter(number), Mark("", "helpful"), True, day, 3)
        await store.mark(change, None)
        key = f"{number:032x}"
        given = Response("ra~rest", 1, key, f"a{number:031x}", f"{number:016x}", "{}", (), False, day)
        await store.surveys.add(given, None)


async def test_an_empty_store_has_no_activity(stores: Stores) -> None:
    assert await stores.store.activity(OCTOBER) == Activity()


async def test_votes_reactions_and_responses_count_on_their_days_alone(stores: Stores) -> None:
    await fill(stores)
    found = await stores.store.activity(OCTOBER)
    assert (found.votes, found.reactions, found.responses) == ({"ra~work": 2}, {"ra~jar": 2}, {"ra~rest": 2})


async def test_what_was_taken_back_does_not_count(stores: Stores) -> None:
    await fill(stores)
    await stores.store.cast(Vote("ra~work", 1, voter(1), (), "2026-10-05"), None)
    await stores.store.erase_marks("reaction", "ra~jar", voter(1))
    found = await stores.store.activity(OCTOBER)
    assert (found.votes, found.reactions) == ({"ra~work": 1}, {"ra~jar": 1})


async def test_posts_count_while_everybody_sees_them_and_writers_once(stores: Stores) -> None:
    for number, created, by, more in (
        (1, WITHIN, "ana", {}),
        (2, WITHIN, "ana", {}),
        (3, WITHIN, "ben", {}),
        (4, WITHIN, "eve", {"state": "held", "held": ("first",), "queued": True}),
        (5, OCTOBER.since - 1, "kim", {}),
        (6, OCTOBER.until, "kim", {}),
        (7, WITHIN, "mo", {"role": "moderator", "person": "mo"}),
    ):
        await add(stores, number, by=by, created=created, **more)
    found = await stores.store.activity(OCTOBER)
    assert dict(found.comments) == {"migraine~weather": 4}
    assert dict(found.writers) == {"migraine": 2}


async def test_an_erased_post_leaves_no_count(stores: Stores) -> None:
    made = await add(stores, 1, created=WITHIN)
    await stores.store.remove_comment(made.id, made.author)
    assert await stores.store.activity(OCTOBER) == Activity()
