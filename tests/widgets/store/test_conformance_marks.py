"""Both stores keep reactions and flags alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import DAY, THREAD, add, comment, hashed, ids, react
from widgets.store.interface import CommentChange
from widgets.store.records import Gone, Mark, MarkChange, Once, TooManyMarks

pytestmark = pytest.mark.anyio


async def test_a_reaction_counts_once_and_can_be_taken_back(stores: Stores) -> None:
    row = await add(stores, 1)
    for target in ("", row.id):
        await stores.store.mark(react("p", target), None)
        marked = await stores.store.mark(react("p", target), None)
        assert marked.counts == {"helpful": 1}
        marked = await stores.store.mark(react("p", target, on=None), None)
        assert marked.counts == {}
        await stores.store.mark(react("q", target), None)
    assert await stores.store.recount_marks("reaction", THREAD) == {
        ("", "helpful"): 1,
        (row.id, "helpful"): 1,
    }
    assert (await stores.store.counts([THREAD]))[THREAD].reactions == {"helpful": 1}


async def test_a_retried_reaction_changes_nothing(stores: Stores) -> None:
    intent = Once("r" * 32, "digest", DAY)
    await stores.store.mark(react("p", "", on=None), intent)
    marked = await stores.store.mark(react("p", "", on=None), intent)
    assert marked.repeated
    assert marked.counts == {"helpful": 1}


async def test_a_persons_marks_are_bounded(stores: Stores) -> None:
    await stores.store.mark(replace(react("p", "", "one"), most=1), None)
    with pytest.raises(TooManyMarks):
        await stores.store.mark(replace(react("p", "", "two"), most=1), None)


async def test_erasing_marks_takes_their_counts_along(stores: Stores) -> None:
    row = await add(stores, 1)
    await stores.store.mark(react("p", "", "me-too"), None)
    await stores.store.mark(react("p", row.id), None)
    await stores.store.mark(react("q", row.id), None)
    assert await stores.store.erase_marks("reaction", THREAD, hashed("p")) == 2
    kept = await stores.store.comment(row.id)
    assert kept is not None
    assert kept.reactions == {"helpful": 1}
    assert await stores.store.recount_marks("reaction", THREAD) == {(row.id, "helpful"): 1}
    assert await stores.store.marks("reaction", [(THREAD, hashed("p"))]) == []


async def test_a_reaction_to_nothing_is_refused(stores: Stores) -> None:
    with pytest.raises(Gone):
        await stores.store.mark(react("p", comment(9).id), None)


async def test_a_flag_brings_a_visible_comment_to_the_queue_once(stores: Stores) -> None:
    row = await add(stores, 1)
    change = MarkChange("flag", THREAD, hashed("p"), Mark(row.id, "abuse"), True, DAY)
    await stores.store.flag(change, 5)
    await stores.store.flag(change, 5)
    [(_, queued)] = await stores.store.queue(10)
    assert (queued.flags, queued.urgency, queued.visible) == ({"abuse": 1}, 5, True)
    assert await ids(stores) == [1]


async def test_reactions_survive_an_edit(stores: Stores) -> None:
    row = await add(stores, 1)
    await stores.store.mark(react("p", row.id), None)
    await stores.store.change_comment(CommentChange(row.id, row.revision, {"text": "new"}))
    kept = await stores.store.comment(row.id)
    assert kept is not None
    assert kept.reactions == {"helpful": 1}


async def test_marks_of_a_later_kind_are_counted_apart_from_reactions(stores: Stores) -> None:
    thanks = MarkChange("thanks", THREAD, hashed("p"), Mark("", "helpful"), True, DAY)
    await stores.store.mark(thanks, None)
    await stores.store.mark(thanks, None)
    await stores.store.mark(react("p", ""), None)
    await stores.store.mark(react("q", ""), None)
    assert await stores.store.mark_counts("thanks", [THREAD]) == {THREAD: {"helpful": 1}}
    assert await stores.store.mark_counts("reaction", [THREAD, "no~thread"]) == {
        THREAD: {"helpful": 2},
        "no~thread": {},
    }
    assert (await stores.store.counts([THREAD]))[THREAD].reactions == {"helpful": 2}
    assert await stores.store.recount_marks("thanks", THREAD) == {("", "helpful"): 1}


async def test_erasing_a_later_kind_leaves_the_others(stores: Stores) -> None:
    thanks = MarkChange("thanks", THREAD, hashed("p"), Mark("", "thanks"), True, DAY)
    await stores.store.mark(thanks, None)
    await stores.store.mark(react("p", ""), None)
    assert await stores.store.erase_marks("thanks", THREAD, hashed("p")) == 1
    assert await stores.store.mark_counts("thanks", [THREAD]) == {THREAD: {}}
    assert await stores.store.mark_counts("reaction", [THREAD]) == {THREAD: {"helpful": 1}}
