"""Both stores keep calls with what they are about, in one transaction; bursts; what staff set aside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import THREAD, comment, hashed
from widgets.store.calls import Call
from widgets.store.desk_records import DeskRow
from widgets.store.interface import CommentChange, Trace
from widgets.store.records import Conflict, Gone, Mark, MarkChange, NameTaken

pytestmark = pytest.mark.anyio
NOON = 1_790_078_400


def call(name: str, **more: object) -> Call:
    base = Call(name, "migraine", "crisis", "https://example.org", "/desk/", "en", NOON, NOON)
    return replace(base, **more)  # type: ignore[arg-type]


async def test_a_comment_and_its_call_are_one_write(stores: Stores) -> None:
    await stores.store.add_comment(comment(1), None, call=call("a"))
    assert await stores.store.calls() == [call("a", revision=1)]
    with pytest.raises(NameTaken):
        await stores.store.add_comment(comment(2, skeleton="ana", by="eve"), None, call=call("b"))
    assert [one.id for one in await stores.store.calls()] == ["a"]


async def test_a_change_and_its_call_are_one_write(stores: Stores) -> None:
    await stores.store.add_comment(comment(1), None)
    change = CommentChange(comment(1).id, 1, {"urgency": 9}, call=call("a"))
    await stores.store.change_comment(change)
    with pytest.raises(Conflict):
        await stores.store.change_comment(replace(change, call=call("b")))
    assert [one.id for one in await stores.store.calls()] == ["a"]


async def test_a_flag_calls_once_for_each_person(stores: Stores) -> None:
    await stores.store.add_comment(comment(1), None)
    mark = Mark(comment(1).id, "crisis")
    change = MarkChange("flag", THREAD, hashed("ben"), mark, True, "2026-09-22")
    await stores.store.flag(change, 7, call("a"))
    await stores.store.flag(change, 7, call("b"))
    assert [one.id for one in await stores.store.calls()] == ["a"]


async def test_of_two_who_take_the_same_call_one_is_refused(stores: Stores) -> None:
    kept = await stores.store.keep_call(call("a"))
    taken = await stores.store.keep_call(replace(kept, due=NOON + 60, done=("webhook",)))
    with pytest.raises(Conflict):
        await stores.store.keep_call(replace(kept, due=None))
    assert await stores.store.calls() == [taken]
    assert (taken.due, taken.done, taken.revision) == (NOON + 60, ("webhook",), 2)


async def test_an_id_serves_once(stores: Stores) -> None:
    await stores.store.keep_call(call("a"))
    with pytest.raises(Conflict):
        await stores.store.keep_call(call("a"))


async def test_calls_outlive_the_process_and_come_the_oldest_first(stores: Stores) -> None:
    for name, created in (("a", NOON + 1), ("b", NOON)):
        await stores.store.keep_call(call(name, created=created))
    again = stores.again()
    assert [one.id for one in await again.calls()] == ["b", "a"]
    await again.close()


async def test_a_removal_and_its_trace_are_one_write(stores: Stores) -> None:
    await stores.store.add_comment(comment(1), None)
    trace = DeskRow("withdrawn-plea", "x", {"minute": 1}, NOON)
    with pytest.raises(Gone):
        await stores.store.remove_comment(comment(1).id, "another", trace=Trace((trace,)))
    assert await stores.store.desk_rows("withdrawn-plea") == []
    await stores.store.remove_comment(comment(1).id, comment(1).author, trace=Trace((trace,)))
    assert await stores.store.desk_rows("withdrawn-plea") == [replace(trace, revision=1)]


async def test_a_burst_is_forgotten_by_age_and_by_decision(stores: Stores) -> None:
    queued = {"queued": True, "urgency": 9, "burst": "b"}
    for number in (1, 2, 3):
        await stores.store.add_comment(comment(number, by=f"by{number}", **queued), None)
    await stores.store.purge_bursts(comment(2).created)
    found = [await stores.store.comment(comment(number).id) for number in (1, 2, 3)]
    assert [one.burst if one else "" for one in found] == [None, "b", "b"]
    settled = CommentChange(comment(3).id, 1, {"queued": False, "burst": None, "aside": None})
    assert (await stores.store.change_comment(settled)).burst is None


async def test_what_is_set_aside_stays_in_the_queue_with_its_moment(stores: Stores) -> None:
    await stores.store.add_comment(comment(1, queued=True, urgency=1), None)
    await stores.store.change_comment(CommentChange(comment(1).id, 1, {"aside": NOON}))
    [(_, queued)] = await stores.store.queue(10)
    assert queued.aside == NOON


async def test_the_first_value_for_a_token_is_what_all_agree_on(stores: Stores) -> None:
    assert await stores.ledger.agree("burst", "one", 2_000_000_000) == "one"
    assert await stores.ledger.agree("burst", "two", 2_000_000_000) == "one"
    assert await stores.ledger.agree("another", "two", 2_000_000_000) == "two"
