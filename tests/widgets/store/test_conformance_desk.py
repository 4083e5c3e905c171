"""Both stores keep the desk alike: rows by kind, an audit that only grows, what staff look for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import DAY, THREAD, add, comment
from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow, Find
from widgets.store.interface import CommentChange
from widgets.store.records import Conflict, Gone, Mark, MarkChange, Once

pytestmark = pytest.mark.anyio
LATER = 2_000_000_000


def entry(number: int, **more: Any) -> AuditEntry:
    values: dict[str, Any] = {"time": 1_790_000_000 + number, "actor": "ana", "action": "approve", **more}
    return AuditEntry(f"01{number:024d}", **values)


async def test_a_desk_row_comes_back_as_it_was_kept(stores: Stores) -> None:
    row = DeskRow("staff", "ana", {"name": "Ana Ñ", "conditions": ["migraine"]}, LATER)
    assert await stores.store.keep_desk_row(row) == replace(row, revision=1)
    assert await stores.store.desk_row("staff", "ana") == replace(row, revision=1)
    assert await stores.store.desk_row("session", "ana") is None


async def test_rows_of_a_kind_come_by_id(stores: Stores) -> None:
    for id_ in ("b", "c", "a"):
        await stores.store.keep_desk_row(DeskRow("staff", id_, {}))
    await stores.store.keep_desk_row(DeskRow("session", "z", {}))
    assert [row.id for row in await stores.store.desk_rows("staff")] == ["a", "b", "c"]


async def test_a_row_that_is_there_is_not_made_again(stores: Stores) -> None:
    await stores.store.keep_desk_row(DeskRow("staff", "ana", {"name": "Ana"}))
    with pytest.raises(Conflict):
        await stores.store.keep_desk_row(DeskRow("staff", "ana", {"name": "Eve"}))


async def test_of_two_changes_to_one_row_the_second_is_refused(stores: Stores) -> None:
    row = await stores.store.keep_desk_row(DeskRow("claim", "one", {"by": "ana"}, LATER))
    changed = await stores.store.keep_desk_row(replace(row, value={"by": "ben"}, expires=None))
    assert (changed.revision, changed.expires) == (2, None)
    with pytest.raises(Conflict):
        await stores.store.keep_desk_row(replace(row, value={"by": "eve"}))
    assert await stores.store.desk_row("claim", "one") == changed


async def test_a_row_is_taken_away_by_one_call_only(stores: Stores) -> None:
    await stores.store.keep_desk_row(DeskRow("invitation", "one", {}))
    taken = await asyncio.gather(*(stores.store.drop_desk_row("invitation", "one") for _ in range(4)))
    assert sorted(taken) == [False, False, False, True]


async def test_the_audit_reads_newest_first_in_pages(stores: Stores) -> None:
    for number in range(5):
        await stores.store.append_audit(entry(number, comment=f"c{number % 2}"))
    newest = await stores.store.audit(AuditAsk(limit=2))
    assert newest == [entry(4, comment="c0"), entry(3, comment="c1")]
    assert await stores.store.audit(AuditAsk(limit=2, before=newest[-1].id)) == [
        entry(2, comment="c0"),
        entry(1, comment="c1"),
    ]


async def test_the_audit_reads_by_comment_batch_and_time(stores: Stores) -> None:
    for number in range(6):
        await stores.store.append_audit(
            entry(number, comment=f"c{number % 2}", batch="both" if number < 3 else "")
        )
    assert await stores.store.audit(AuditAsk(comment="c1", since=1_790_000_003)) == [
        entry(5, comment="c1"),
        entry(3, comment="c1"),
    ]
    assert len(await stores.store.audit(AuditAsk(batch="both"))) == 3


async def test_an_entry_of_the_audit_is_never_written_over(stores: Stores) -> None:
    await stores.store.append_audit(entry(1, before={"state": "held"}))
    with pytest.raises(Conflict):
        await stores.store.append_audit(entry(1, actor="eve"))
    assert await stores.store.audit(AuditAsk()) == [entry(1, before={"state": "held"})]


async def test_a_change_and_its_entry_are_kept_together(stores: Stores) -> None:
    written = await add(stores, 1, state="held", held=("first",), queued=True, urgency=1)
    fields = {"state": "published", "held": (), "queued": False, "urgency": 0, "decided": 1_790_000_100}
    done = await stores.store.change_comment(CommentChange(written.id, 1, fields, True, entry(1)))
    assert (done.state, done.decided) == ("published", 1_790_000_100)
    assert await stores.store.audit(AuditAsk()) == [entry(1)]


async def test_a_new_comment_and_its_entry_are_kept_together_and_once(stores: Stores) -> None:
    once = Once("k" * 32, "d" * 32, DAY)
    await stores.store.add_comment(comment(1), once, entry(1, action="answer"))
    repeated = await stores.store.add_comment(comment(2), once, entry(2, action="answer"))
    assert repeated.repeated
    assert await stores.store.audit(AuditAsk()) == [entry(1, action="answer")]


async def test_a_refused_change_leaves_no_entry(stores: Stores) -> None:
    written = await add(stores, 1)
    with pytest.raises(Conflict):
        await stores.store.change_comment(CommentChange(written.id, 7, {"state": "held"}, None, entry(1)))
    assert await stores.store.audit(AuditAsk()) == []


async def test_an_approval_of_a_name_can_be_given_and_taken_back(stores: Stores) -> None:
    written = await add(stores, 1)
    given = await stores.store.change_comment(CommentChange(written.id, 1, {}, True))
    name = await stores.store.name("migraine", "ana")
    assert name is not None
    assert name.approved
    await stores.store.change_comment(CommentChange(written.id, given.revision, {}, False))
    name = await stores.store.name("migraine", "ana")
    assert name is not None
    assert not name.approved


async def test_flags_that_a_decision_cleared_can_be_put_back(stores: Stores) -> None:
    written = await add(stores, 1)
    flag = MarkChange("flag", THREAD, "a" * 32, Mark(written.id, "spam"), True, DAY)
    await stores.store.flag(flag, 3)
    cleared = {"flags": {}, "queued": False, "urgency": 0}
    done = await stores.store.change_comment(CommentChange(written.id, 1, cleared))
    assert (done.flags, done.queued) == ({}, False)
    back = {"flags": {"spam": 1, "abuse": 2}, "queued": True, "urgency": 3}
    done = await stores.store.change_comment(CommentChange(written.id, 2, back))
    assert (done.flags, done.queued, done.urgency) == ({"spam": 1, "abuse": 2}, True, 3)
    assert [found.id for _, found in await stores.store.queue(9)] == [written.id]


async def test_a_removal_and_its_entry_are_kept_together(stores: Stores) -> None:
    written = await add(stores, 1)
    await stores.store.remove_comment(written.id, None, entry(1, action="purge"))
    with pytest.raises(Gone):
        await stores.store.remove_comment(written.id, None, entry(2, action="purge"))
    assert await stores.store.audit(AuditAsk()) == [entry(1, action="purge")]


async def test_rejected_comments_are_found_by_the_time_of_the_decision(stores: Stores) -> None:
    for number in (1, 2, 3):
        await add(stores, number, by=f"p{number}", state="held", queued=True)
        fields: dict[str, Any] = {
            "state": "rejected",
            "queued": False,
            "decided": 1_790_000_000 - number,
            "reason": "unkind",
        }
        fields |= {"flags": {}}
        await stores.store.change_comment(CommentChange(f"01{number:024d}", 1, fields))
    found = await stores.store.rejected(1_790_000_000 - 1, 9)
    assert [(int(one.id[2:]), one.reason) for one in found] == [(3, "unkind"), (2, "unkind")]
    assert await stores.store.queue(9) == []


async def test_a_decision_taken_back_leaves_the_rejected(stores: Stores) -> None:
    await add(stores, 1, state="held", queued=True)
    fields: dict[str, Any] = {"state": "rejected", "queued": False, "flags": {}, "decided": 1_790_000_000}
    await stores.store.change_comment(CommentChange(comment(1).id, 1, fields))
    fields = {"state": "held", "queued": True, "decided": None}
    await stores.store.change_comment(CommentChange(comment(1).id, 2, fields))
    assert await stores.store.rejected(LATER, 9) == []
    assert len(await stores.store.queue(9)) == 1


async def test_staff_see_the_whole_conversation(stores: Stores) -> None:
    root = await add(stores, 1)
    await add(stores, 2, answers=root, by="ben", state="held", queued=True)
    await add(stores, 3, by="eve")
    found = await stores.store.conversation(THREAD, root.id)
    assert [(int(one.id[2:]), one.state) for one in found] == [(1, "published"), (2, "held")]


async def test_words_are_found_in_text_name_and_thread_whatever_their_case(stores: Stores) -> None:
    await add(stores, 1, text="Ärger mit dem Wetter", state="rejected")
    await add(stores, 2, by="weather", text="calm")
    await add(stores, 3, by="eve", text="nothing", thread="migraine~other")
    assert [int(one.id[2:]) for one in await stores.store.find(Find("ärger MIT"))] == [1]
    assert [int(one.id[2:]) for one in await stores.store.find(Find("WEATHER"))] == [2, 1]
    assert [int(one.id[2:]) for one in await stores.store.find(Find("n", thread="migraine~other"))] == [3]
    assert [int(one.id[2:]) for one in await stores.store.find(Find("weather", limit=1))] == [2]


async def test_posts_without_an_answer_come_oldest_first(stores: Stores) -> None:
    answered = await add(stores, 2)
    await add(stores, 1, by="ben")
    await add(stores, 3, answers=answered, by="eve")
    await add(stores, 4, by="lee", state="held", queued=True)
    await add(stores, 5, by="staff", role="advocate")
    await add(stores, 6, by="zoe")
    found = await stores.store.unanswered(1_790_000_000, 9)
    assert [int(one.id[2:]) for one in found] == [1, 6]
    assert [int(one.id[2:]) for one in await stores.store.unanswered(1_790_000_002, 9)] == [6]


async def test_approved_comments_of_a_condition_are_found_the_newest_first(stores: Stores) -> None:
    more: list[dict[str, Any]] = [
        {"decided": 5},
        {"decided": 5},
        {},
        {"decided": 5, "state": "rejected"},
        {"decided": 5, "queued": True},
        {"decided": 5, "condition": "ms"},
    ]
    for number, one in enumerate(more, start=1):
        await stores.store.add_comment(comment(number, by=f"p{number}", **one), None)
    found = await stores.store.approved("migraine", 10)
    assert [one.id for one in found] == [comment(2).id, comment(1).id]
    assert len(await stores.store.approved("migraine", 1)) == 1


async def test_takedowns_count_what_everybody_could_read_and_nothing_else(stores: Stores) -> None:
    store = stores.store
    for number in (1, 2, 3):
        await store.add_comment(comment(number, by=f"p{number}"), None)
    await store.add_comment(comment(4, by="p4", state="held"), None)
    counted = [await store.takedowns()]
    await store.remove_comment(comment(4).id, None)
    counted.append(await store.takedowns())
    await store.remove_comment(comment(1).id, None)
    counted.append(await store.takedowns())
    await store.change_comment(CommentChange(comment(2).id, 1, {"state": "rejected"}))
    counted.append(await store.takedowns())
    await store.change_comment(CommentChange(comment(3).id, 1, {"text": "[…]", "html": "<p>[…]</p>"}))
    counted.append(await store.takedowns())
    await store.change_comment(CommentChange(comment(3).id, 2, {"urgency": 2}))
    counted.append(await store.takedowns())
    assert counted == [0, 0, 1, 2, 3, 3]


async def test_lists_hold_the_conditions_that_are_asked_for(stores: Stores) -> None:
    waits = {"state": "held", "queued": True}
    for number, condition in ((1, "migraine"), (2, "arthritis"), (3, "ms")):
        place = {"condition": condition, "thread": f"{condition}~x"}
        await add(stores, number, by=f"a{number}", text="words", **place)
        await add(stores, number + 3, by=f"b{number}", text="words", **place, **waits)
    asked = ("ms", "migraine")
    queue = [one.condition for _, one in await stores.store.queue(2, None, asked)]
    assert queue == ["migraine", "ms"]
    after = (await stores.store.queue(1, None, asked))[0][0]
    assert [one.condition for _, one in await stores.store.queue(1, after, asked)] == ["ms"]
    found = await stores.store.find(Find("words", 4, conditions=asked))
    assert {one.condition for one in found} == {*asked}
    assert len(found) == 4
    assert [one.condition for one in await stores.store.unanswered(0, 2, asked)] == ["migraine", "ms"]
    assert len(await stores.store.unanswered(0, 9)) == 3


async def test_the_audit_holds_the_conditions_that_are_asked_for(stores: Stores) -> None:
    for number, condition in enumerate(("migraine", "", "ms", "migraine"), start=1):
        await stores.store.append_audit(entry(number, condition=condition))
    ask = AuditAsk(1, conditions=("migraine",))
    assert await stores.store.audit(ask) == [entry(4, condition="migraine")]
    assert await stores.store.audit(replace(ask, before=entry(4).id)) == [entry(1, condition="migraine")]
    assert len(await stores.store.audit(AuditAsk(9, conditions=("ms", "migraine")))) == 3
    assert len(await stores.store.audit(AuditAsk(9))) == 4
