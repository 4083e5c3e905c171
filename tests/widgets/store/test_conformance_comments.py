"""Both stores keep comments, reactions, flags and names alike."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from typing import Any

import pytest

from tests.widgets.store.conftest import Stores
from widgets.store.desk_records import DeskRow
from widgets.store.interface import CommentChange, Trace
from widgets.store.records import (
    Comment,
    Conflict,
    Cursor,
    Gone,
    Mark,
    MarkChange,
    Name,
    NameTaken,
    Note,
    Once,
    OnceMismatch,
    PageAsk,
    ParentGone,
)

pytestmark = pytest.mark.anyio
THREAD = "migraine~weather"
DAY = "2026-09-22"


def comment(number: int, *, answers: Comment | None = None, by: str = "ana", **more: Any) -> Comment:
    id_ = f"01{number:024d}"
    values: dict[str, Any] = {
        "id": id_,
        "thread": THREAD,
        "condition": "migraine",
        "root": answers.root if answers else id_,
        "parent": answers.id if answers else None,
        "author": f"hash-of-{by}",
        "pseudonym": by.title(),
        "skeleton": by,
        "text": f"text {number}",
        "html": f"<p>text {number}</p>",
        "lang": "en",
        "state": "published",
        "created": 1_790_000_000 + number,
    }
    return Comment(**{**values, **more})


async def add(stores: Stores, *args: Any, **more: Any) -> Comment:
    return (await stores.store.add_comment(comment(*args, **more), None)).comment


async def ids(stores: Stores, order: Any = "oldest", **more: Any) -> list[int]:
    page = await stores.store.page(PageAsk(THREAD, order, **more))
    return [int(shown.id[2:]) for shown in page.comments]


def hashed(person: str) -> str:
    return person if len(person) == 32 else hashlib.sha256(person.encode()).hexdigest()[:32]


def react(person: str, target: str, key: str = "helpful", on: bool | None = True) -> MarkChange:
    return MarkChange("reaction", THREAD, hashed(person), Mark(target, key), on, DAY)


async def count(stores: Stores) -> int:
    return (await stores.store.counts([THREAD]))[THREAD].comments


async def test_a_comment_comes_back_as_it_was_written(stores: Stores) -> None:
    written = await add(stores, 1, role="clinician", person="lee", note=Note("<p>n</p>", None, "Lee"))
    assert await stores.store.comment(written.id) == written
    assert written.text == "text 1"
    assert written.note == Note("<p>n</p>", None, "Lee")


async def test_answers_follow_their_root(stores: Stores) -> None:
    first = await add(stores, 1)
    second = await add(stores, 2, by="ben")
    answer = await add(stores, 3, answers=first, by="cleo")
    await add(stores, 4, answers=answer, by="dan")
    await add(stores, 5, answers=second)
    assert await ids(stores) == [1, 3, 4, 2, 5]
    assert await ids(stores, "newest") == [2, 5, 1, 3, 4]
    assert await count(stores) == 5


async def test_the_order_by_reactions_puts_the_most_reacted_first(stores: Stores) -> None:
    rows = [await add(stores, number) for number in range(1, 5)]
    for person, target in (("p", 2), ("q", 2), ("p", 3)):
        await stores.store.mark(react(person, rows[target].id), None)
    assert await ids(stores, "reacted") == [3, 4, 1, 2]


@pytest.mark.parametrize("order", ["oldest", "newest", "reacted"])
async def test_pages_forth_and_back_hold_every_conversation_once(stores: Stores, order: Any) -> None:
    roots = [await add(stores, number) for number in range(1, 8)]
    for number, root in enumerate(roots):
        await add(stores, 20 + number, answers=root, by="ben")
    await stores.store.mark(react("p", roots[4].id), None)
    forth: list[list[str]] = []
    cursor: Cursor | None = None
    while True:
        page = await stores.store.page(PageAsk(THREAD, order, cursor, roots=3))
        forth.append([shown.id for shown in page.comments])
        if page.next is None:
            break
        cursor = page.next
    back = [forth[-1]]
    while page.previous is not None:
        page = await stores.store.page(PageAsk(THREAD, order, page.previous, roots=3))
        back.insert(0, [shown.id for shown in page.comments])
    assert [len(part) for part in forth] == [6, 6, 2]
    assert sorted(id_ for part in forth for id_ in part) == sorted(
        [root.id for root in roots] + [f"01{20 + n:024d}" for n in range(7)]
    )
    assert [id_ for part in back for id_ in part] == [id_ for part in forth for id_ in part]


@pytest.mark.parametrize(
    ("order", "first", "rest"),
    [("oldest", [1, 2], [3, 4, 5, 90]), ("newest", [5, 4], [2, 91, 1]), ("reacted", [3, 1], [4, 5, 90])],
)
async def test_what_happens_between_two_pages_shows_nothing_twice_and_hides_nothing(
    stores: Stores, order: Any, first: list[int], rest: list[int]
) -> None:
    """Another root comes, one of the first page goes, one behind the cursor is answered, one gains a reaction."""
    rows = {number: await add(stores, number) for number in range(1, 6)}
    await stores.store.mark(react("p", rows[3].id), None)
    page = await stores.store.page(PageAsk(THREAD, order, roots=2))
    assert [int(row.id[2:]) for row in page.comments] == first
    gone = first[0] if order != "reacted" else 1
    await stores.store.remove_comment(rows[gone].id, rows[gone].author)
    await add(stores, 90, by="ben")
    await stores.store.mark(react("q", rows[2].id), None)
    if order == "newest":
        await stores.store.remove_comment(rows[3].id, rows[3].author)
        await add(stores, 91, answers=rows[2], by="cleo")
    assert await ids(stores, order, cursor=page.next) == rest


async def test_a_page_takes_no_further_conversation_once_it_holds_enough(stores: Stores) -> None:
    first = await add(stores, 1)
    for number in range(10, 16):
        await add(stores, number, answers=first, by="ben")
    await add(stores, 2)
    page = await stores.store.page(PageAsk(THREAD, "oldest", enough=5))
    assert len(page.comments) == 7
    assert page.next is not None


async def test_an_inclusive_cursor_begins_with_its_conversation(stores: Stores) -> None:
    rows = [await add(stores, number) for number in range(1, 5)]
    for order in ("oldest", "newest", "reacted"):
        cursor = Cursor(rows[2].id, inclusive=True)
        page = await stores.store.page(PageAsk(THREAD, order, cursor))  # type: ignore[arg-type]
        assert page.comments[0].id == rows[2].id


async def test_the_newest_are_found_wherever_they_stand(stores: Stores) -> None:
    root = await add(stores, 1)
    for number in range(2, 6):
        await add(stores, number)
    await add(stores, 6, by="ben", state="held", queued=True)
    await add(stores, 7, answers=root, by="cleo", state="noted")
    found = await stores.store.newest(THREAD, 3)
    assert [int(row.id[2:]) for row in found] == [7, 5, 4]
    assert await stores.store.newest("migraine~other", 3) == []


async def test_a_held_comment_is_in_the_queue_and_nowhere_else(stores: Stores) -> None:
    held = await add(stores, 1, state="held", queued=True, urgency=1, held=("first",))
    assert await ids(stores) == []
    assert await count(stores) == 0
    assert [row.id for _, row in await stores.store.queue(10)] == [held.id]


async def test_approving_shows_a_comment_and_remembers_the_name(stores: Stores) -> None:
    held = await add(stores, 1, state="held", queued=True, urgency=1, held=("first",))
    change = {"state": "published", "held": (), "queued": False, "urgency": 0, "flags": {}}
    await stores.store.change_comment(CommentChange(held.id, held.revision, change, approve_name=True))
    name = await stores.store.name("migraine", "ana")
    assert name is not None
    assert name.approved
    assert await ids(stores) == [1]
    assert await count(stores) == 1
    assert await stores.store.queue(10) == []


async def test_a_change_from_an_outdated_view_is_refused(stores: Stores) -> None:
    row = await add(stores, 1)
    await stores.store.change_comment(CommentChange(row.id, row.revision, {"text": "second"}))
    with pytest.raises(Conflict):
        await stores.store.change_comment(CommentChange(row.id, row.revision, {"text": "third"}))
    kept = await stores.store.comment(row.id)
    assert kept is not None
    assert kept.text == "second"


async def test_the_queue_puts_the_urgent_first_and_goes_on_after_a_cursor(stores: Stores) -> None:
    for number, urgency in ((1, 1), (2, 9), (3, 5), (4, 1)):
        await add(stores, number, state="held", queued=True, urgency=urgency)
    first = await stores.store.queue(2)
    rest = await stores.store.queue(10, first[-1][0])
    assert [int(row.id[2:]) for _, row in first + rest] == [2, 3, 1, 4]


async def test_a_pseudonym_belongs_to_its_first_author_while_comments_bear_it(stores: Stores) -> None:
    row = await add(stores, 1)
    with pytest.raises(NameTaken):
        await stores.store.add_comment(replace(comment(2), author="somebody else"), None)
    await stores.store.remove_comment(row.id, row.author)
    assert await stores.store.name("migraine", "ana") is None
    await stores.store.add_comment(replace(comment(2), author="somebody else"), None)


async def test_removing_an_unanswered_comment_leaves_nothing(stores: Stores) -> None:
    row = await add(stores, 1)
    assert not await stores.store.remove_comment(row.id, row.author)
    assert await stores.store.comment(row.id) is None
    assert await ids(stores) == []
    assert await count(stores) == 0


async def test_removing_an_answered_comment_leaves_an_empty_place(stores: Stores) -> None:
    row = await add(stores, 1)
    answer = await add(stores, 2, answers=row, by="ben")
    assert await stores.store.remove_comment(row.id, row.author)
    page = await stores.store.page(PageAsk(THREAD, "oldest"))
    assert [(shown.state, shown.text, shown.pseudonym, shown.author) for shown in page.comments] == [
        ("withdrawn", "", "", ""),
        ("published", "text 2", "Ben", "hash-of-ben"),
    ]
    assert await count(stores) == 1
    await stores.store.remove_comment(answer.id, answer.author)
    assert await stores.store.comment(row.id) is None


async def test_nobody_removes_what_is_someone_elses(stores: Stores) -> None:
    row = await add(stores, 1)
    with pytest.raises(Gone):
        await stores.store.remove_comment(row.id, "somebody else")
    assert await count(stores) == 1


async def test_what_is_not_visible_cannot_be_answered(stores: Stores) -> None:
    held = await add(stores, 1, state="held")
    with pytest.raises(ParentGone):
        await add(stores, 2, answers=held, by="ben")
    with pytest.raises(ParentGone):
        await add(stores, 3, answers=comment(99), by="ben")


async def test_a_retry_finds_the_comment_it_wrote_before(stores: Stores) -> None:
    intent = Once("k" * 32, "digest", DAY)
    first = await stores.store.add_comment(comment(1), intent)
    again = await stores.store.add_comment(comment(2), intent)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.comment.id == first.comment.id
    assert await count(stores) == 1


async def test_an_authors_comments_are_found_and_nobody_elses(stores: Stores) -> None:
    await add(stores, 1)
    await add(stores, 2, by="ben")
    await add(stores, 3)
    found = await stores.store.comments_by("hash-of-ana")
    assert [int(row.id[2:]) for row in found] == [1, 3]


async def test_concurrent_answers_and_reactions_are_all_counted(stores: Stores) -> None:
    root = await add(stores, 1)
    other = stores.again()
    stores.opened.append(other)
    workers = (stores.store, other)
    many = 30 if stores.wire is None else 8
    await asyncio.gather(
        *(workers[n % 2].add_comment(comment(100 + n, answers=root, by=f"w{n}"), None) for n in range(many)),
        *(workers[n % 2].mark(react(f"{n:032x}", root.id), None) for n in range(many)),
    )
    kept = await stores.store.comment(root.id)
    assert kept is not None
    assert (kept.live, kept.reactions) == (many + 1, {"helpful": many})
    assert await count(stores) == many + 1


async def test_a_retried_change_finds_the_comment_as_it_is_now(stores: Stores) -> None:
    row = await add(stores, 1)
    once = Once("k" * 32, "d" * 32, "2026-09-22")
    first = await stores.store.change_comment(CommentChange(row.id, row.revision, {"text": "one"}, once=once))
    second = await stores.store.change_comment(CommentChange(row.id, first.revision, {"text": "two"}))
    again = await stores.store.change_comment(CommentChange(row.id, row.revision, {"text": "one"}, once=once))
    assert (again.text, again.revision) == ("two", second.revision)
    assert (await stores.store.earlier_comment(once)).text == "two"


async def test_the_key_of_one_change_serves_no_other(stores: Stores) -> None:
    row = await add(stores, 1)
    once = Once("k" * 32, "d" * 32, "2026-09-22")
    first = await stores.store.change_comment(CommentChange(row.id, row.revision, {"text": "one"}, once=once))
    other = replace(once, digest="e" * 32)
    with pytest.raises(OnceMismatch):
        await stores.store.change_comment(CommentChange(row.id, first.revision, {"text": "two"}, once=other))
    assert (await stores.store.comment(row.id)).text == "one"


async def test_a_flag_lets_a_change_through_and_survives_it(stores: Stores) -> None:
    row = await add(stores, 1)
    mark = MarkChange("flag", row.thread, hashed("eve"), Mark(row.id, "crisis"), True, "2026-09-22")
    await stores.store.flag(mark, 7)
    fields = {"text": "mended", "queued": False, "urgency": 0}
    after = await stores.store.change_comment(CommentChange(row.id, row.revision, fields))
    assert (after.text, after.queued, after.urgency, after.flags) == ("mended", True, 7, {"crisis": 1})
    assert [found.id for _, found in await stores.store.queue(9)] == [row.id]


async def test_a_decision_settles_the_flags_that_are_there(stores: Stores) -> None:
    row = await add(stores, 1)
    mark = MarkChange("flag", row.thread, hashed("eve"), Mark(row.id, "crisis"), True, "2026-09-22")
    await stores.store.flag(mark, 7)
    settled = {"queued": False, "urgency": 0, "flags": {}}
    after = await stores.store.change_comment(CommentChange(row.id, row.revision, settled))
    assert (after.queued, after.flags) == (False, {})
    assert await stores.store.queue(9) == []


async def test_a_name_of_held_posts_goes_to_the_first_who_is_shown_under_it(stores: Stores) -> None:
    held = await add(stores, 1, by="ana", state="held", queued=True)
    second = await add(stores, 2, by="eve", skeleton="ana", state="held", queued=True)
    assert await stores.store.name("migraine", "ana") == Name(held.author, False, False)
    fields = {"state": "published", "queued": False, "flags": {}}
    await stores.store.change_comment(CommentChange(second.id, 1, fields, approve_name=True))
    assert await stores.store.name("migraine", "ana") == Name(second.author, True, True)
    with pytest.raises(NameTaken):
        await stores.store.change_comment(CommentChange(held.id, 1, fields, approve_name=True))
    assert (await stores.store.comment(held.id)).state == "held"
    await stores.store.remove_comment(held.id, held.author)
    assert await stores.store.name("migraine", "ana") == Name(second.author, True, True)


async def test_a_published_post_takes_a_name_that_only_held_posts_bear(stores: Stores) -> None:
    await add(stores, 1, by="ana", state="held", queued=True)
    shown = await add(stores, 2, by="eve", skeleton="ana")
    assert await stores.store.name("migraine", "ana") == Name(shown.author, False, True)


async def test_a_name_that_was_public_stays_its_authors_while_hidden(stores: Stores) -> None:
    shown = await add(stores, 1, by="ana")
    await stores.store.change_comment(CommentChange(shown.id, 1, {"state": "held", "queued": True}))
    with pytest.raises(NameTaken):
        await add(stores, 2, by="eve", skeleton="ana")


GONE = DeskRow("erased-name", "h" * 32, {"month": "2026-09"}, 2_000_000_000)


@pytest.mark.parametrize(("state", "kept"), [("published", [GONE]), ("held", [])])
async def test_of_a_public_name_alone_something_stays(
    stores: Stores, state: Any, kept: list[DeskRow]
) -> None:
    row = await add(stores, 1, state=state)
    await stores.store.remove_comment(row.id, row.author, trace=Trace(names=(GONE,)))
    assert [replace(one, revision=0) for one in await stores.store.desk_rows("erased-name")] == kept
    assert await stores.store.name("migraine", "ana") is None


async def test_nothing_of_a_name_stays_while_a_post_bears_it(stores: Stores) -> None:
    first, second = await add(stores, 1), await add(stores, 2)
    await stores.store.remove_comment(first.id, first.author, trace=Trace(names=(GONE,)))
    assert await stores.store.desk_rows("erased-name") == []
    await stores.store.remove_comment(second.id, second.author, trace=Trace(names=(GONE,)))
    later = await add(stores, 3)
    await stores.store.remove_comment(later.id, later.author, trace=Trace(names=(GONE,)))
    assert len(await stores.store.desk_rows("erased-name")) == 1
