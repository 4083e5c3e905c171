"""DynamoDB under disturbance: throttled, in conflict, without answers, dead between any two calls."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from tests.widgets.store.conftest import Fault, Stores
from tests.widgets.store.test_conformance_comments import THREAD, comment, react
from tests.widgets.store.test_conformance_votes import exact, once, vote
from widgets.store.dynamodb import comments, removal
from widgets.store.dynamodb.table import Table
from widgets.store.records import Busy, Comment, Once, PageAsk, Tally

pytestmark = pytest.mark.anyio


def first_times(kind: str, times: int, operation: str = "TransactWriteItems") -> Fault:
    left = itertools.count(times, -1)
    return lambda asked: kind if asked == operation and next(left) > 0 else None


@pytest.mark.parametrize("kind", ["throttle", "conflict", "lost", "dead"])
async def test_a_vote_gets_through_a_passing_disturbance(dynamo: Stores, kind: str) -> None:
    assert dynamo.wire is not None
    with dynamo.wire.disturbed(first_times(kind, 2)):
        await dynamo.store.cast(vote(1, "often"), None)
        await dynamo.store.cast(vote(1, "never"), once("second"))
    assert await exact(dynamo) == Tally(1, {"never": 1})


@pytest.mark.parametrize("kind", ["throttle", "lost", "dead"])
async def test_reading_gets_through_a_passing_disturbance(dynamo: Stores, kind: str) -> None:
    assert dynamo.wire is not None
    await dynamo.store.cast(vote(1, "often"), None)
    with dynamo.wire.disturbed(first_times(kind, 2, "BatchGetItem")):
        assert await dynamo.store.tally(vote(1).poll, 1) == Tally(1, {"often": 1})


@pytest.mark.parametrize("kind", ["conflict", "lost"])
async def test_a_press_whose_answer_was_lost_is_not_turned_back(dynamo: Stores, kind: str) -> None:
    assert dynamo.wire is not None
    with dynamo.wire.disturbed(first_times(kind, 1)):
        marked = await dynamo.store.mark(react("0" * 32, "", on=None), None)
    assert marked.counts == {"helpful": 1}


@pytest.mark.parametrize("kind", ["conflict", "lost"])
async def test_a_comment_is_written_and_removed_once(dynamo: Stores, kind: str) -> None:
    assert dynamo.wire is not None
    with dynamo.wire.disturbed(first_times(kind, 1)):
        await dynamo.store.add_comment(comment(1), None)
    assert (await dynamo.store.counts([THREAD]))[THREAD].comments == 1
    with dynamo.wire.disturbed(first_times(kind, 1)):
        await dynamo.store.remove_comment(comment(1).id, comment(1).author)
    assert (await dynamo.store.counts([THREAD]))[THREAD].comments == 0


async def test_a_store_that_stays_away_is_busy(dynamo: Stores) -> None:
    assert dynamo.wire is not None
    with dynamo.wire.disturbed(lambda operation: "dead"), pytest.raises(Busy):
        await dynamo.store.cast(vote(1, "often"), None)


async def test_an_answer_in_the_moment_of_a_withdrawal_keeps_the_place_it_answers(
    dynamo: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = comment(1)
    first, second = (
        comment(2, answers=root, by="ben"),
        comment(3, answers=comment(2, answers=root), by="cleo"),
    )
    for written in (root, first):
        await dynamo.store.add_comment(written, None)
    look = removal._answered

    def look_too_early(table: Table, asked: Comment) -> tuple[bool, int]:
        found = look(table, asked)
        monkeypatch.setattr(removal, "_answered", look)
        comments.add(table, second, None)
        return found

    monkeypatch.setattr(removal, "_answered", look_too_early)
    assert await dynamo.store.remove_comment(first.id, first.author)
    shown = (await dynamo.store.page(PageAsk(THREAD, "oldest"))).comments
    assert [(row.id, row.state) for row in shown] == [
        (root.id, "published"),
        (first.id, "withdrawn"),
        (second.id, "published"),
    ]
    assert (await dynamo.store.counts([THREAD]))[THREAD].comments == 2


@pytest.mark.parametrize("kind", ["lost", "dead"])
async def test_after_a_crash_between_any_two_calls_a_retry_is_exact(dynamo: Stores, kind: str) -> None:
    """The wire dies for good at the n-th call, as if the process had; the same intent then comes again."""
    assert dynamo.wire is not None
    intents: list[Callable[[int], Awaitable[object]]] = [
        lambda n: dynamo.store.cast(vote(n, "often"), once(f"vote {n}")),
        lambda n: dynamo.store.mark(react(f"{n:032x}", "", on=None), once(f"react {n}")),
        lambda n: dynamo.store.add_comment(comment(n, by=f"w{n}"), Once(f"{n:032d}", "d", "2026-09-22")),
    ]
    rounds = 6
    for n in range(rounds):
        calls = itertools.count()
        for intent in intents:
            with (
                dynamo.wire.disturbed(lambda operation, calls=calls, n=n: kind if next(calls) >= n else None),
                suppress(Busy),
            ):
                await intent(n)
            await intent(n)
    assert await exact(dynamo) == Tally(rounds, {"often": rounds})
    counts = (await dynamo.store.counts([THREAD]))[THREAD]
    assert (counts.comments, counts.reactions) == (rounds, {"helpful": rounds})
