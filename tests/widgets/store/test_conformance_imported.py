"""Both stores keep batches of comments of an older system alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import THREAD, comment
from widgets.store.conversations import emptied
from widgets.store.desk_records import DeskRow
from widgets.store.interface import IMPORT_BATCH
from widgets.store.records import Comment, NameTaken, PageAsk, ParentGone

pytestmark = pytest.mark.anyio


def row(number: int = 1) -> DeskRow:
    return DeskRow("imported", f"batch-{number}", {"comments": {"k": "id"}})


def chain() -> list[Comment]:
    """A root and answers below answers, one of them hidden: as many as a batch holds."""
    made = [comment(1, by="one")]
    for number in range(2, IMPORT_BATCH + 1):
        made.append(comment(number, answers=made[-1], by=f"by{number}"))
    made[2] = replace(made[2], state="held", queued=True, urgency=2, held=("method",))
    return made


async def test_a_batch_is_a_conversation_with_its_hidden_parent_in_place(stores: Stores) -> None:
    made = chain()
    await stores.store.import_comments(made, row())
    page = await stores.store.page(PageAsk(THREAD, "oldest"))
    assert [one.id for one in page.comments] == [one.id for one in made]
    assert [one.state for one in page.comments].count("withdrawn") == 1
    assert (await stores.store.counts([THREAD]))[THREAD].comments == len(made) - 1
    assert [one.id for _, one in await stores.store.queue(5)] == [made[2].id]
    held = await stores.store.name("migraine", "by2")
    assert held is not None
    assert held.public


async def test_a_second_batch_joins_and_the_same_one_changes_nothing(stores: Stores) -> None:
    made = chain()
    await stores.store.import_comments(made[:2], row())
    await stores.store.import_comments(made[:2], row())
    await stores.store.import_comments([replace(made[3], parent=made[1].id), comment(90, by="one")], row(2))
    root = await stores.store.comment(made[0].id)
    assert root is not None
    assert root.live == 3
    assert (await stores.store.counts([THREAD]))[THREAD].comments == 4
    assert len(await stores.store.desk_rows("imported")) == 2


async def test_a_removed_parent_comes_as_its_place_alone(stores: Stores) -> None:
    root, parent = comment(1), replace(emptied(comment(2, answers=comment(1))), revision=1)
    made = [root, parent, comment(3, answers=parent)]
    await stores.store.import_comments(made, row())
    page = await stores.store.page(PageAsk(THREAD, "oldest"))
    assert [(one.state, one.author) for one in page.comments] == [
        ("published", "hash-of-ana"),
        ("withdrawn", ""),
        ("published", "hash-of-ana"),
    ]


async def test_members_answer_what_came(stores: Stores) -> None:
    made = chain()
    await stores.store.import_comments(made, row())
    added = await stores.store.add_comment(comment(95, answers=made[-1], by="new"), None)
    assert added.comment.root == made[0].id


async def test_names_are_released_with_their_last_comment(stores: Stores) -> None:
    await stores.store.import_comments([comment(1, by="one"), comment(2, by="one")], row())
    for number in (1, 2):
        assert await stores.store.name("migraine", "one") is not None
        await stores.store.remove_comment(comment(number).id, "hash-of-one")
    assert await stores.store.name("migraine", "one") is None


async def test_nothing_of_a_batch_stays_where_a_part_fails(stores: Stores) -> None:
    await stores.store.add_comment(comment(50, by="taken"), None)
    taken = replace(comment(2, by="taken"), author="somebody-else")
    with pytest.raises(NameTaken):
        await stores.store.import_comments([comment(1), taken], row())
    with pytest.raises(ParentGone):
        await stores.store.import_comments([comment(1), comment(4, answers=comment(3))], row())
    assert await stores.store.comment(comment(1).id) is None
    assert await stores.store.desk_rows("imported") == []
