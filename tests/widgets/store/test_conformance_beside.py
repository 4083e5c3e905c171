"""Both stores keep what goes with a comment alike: written while it is there, erased with it in one transaction."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import add
from tests.widgets.store.test_conformance_desk import LATER, entry
from tests.widgets.store.test_conformance_voices import voice
from widgets.store.desk_records import BESIDE, AuditAsk, DeskRow
from widgets.store.interface import CommentChange
from widgets.store.records import Conflict, Gone

pytestmark = pytest.mark.anyio


async def test_a_row_beside_comes_back_with_its_entry_in_the_audit(stores: Stores) -> None:
    one, two = await add(stores, 1), await add(stores, 2)
    row = DeskRow("post-notes", one.id, {"notes": ["Ñ"]}, LATER)
    kept = await stores.store.keep_beside(row, entry(1, comment=one.id))
    assert kept == replace(row, revision=1)
    assert await stores.store.rows_beside("post-notes", [one.id, two.id]) == {one.id: kept}
    assert [found.id for found in await stores.store.audit(AuditAsk(comment=one.id))] == [entry(1).id]
    changed = await stores.store.keep_beside(replace(kept, value={}, expires=None))
    assert (changed.revision, changed.expires) == (2, None)
    with pytest.raises(Conflict):
        await stores.store.keep_beside(kept, entry(2, comment=one.id))
    assert len(await stores.store.audit(AuditAsk(comment=one.id))) == 1
    assert await stores.store.rows_beside("post-notes", []) == {}


async def test_what_goes_with_a_story_is_erased_with_it(stores: Stores) -> None:
    one, other = [
        await stores.store.voices.add(voice(id_, receipt=id_), None) for id_ in ("bcdfghjk", "cdfghjkm")
    ]
    for kind in BESIDE:
        await stores.store.keep_beside(DeskRow(kind, one.id, {"of": "one"}))
        await stores.store.keep_beside(DeskRow(kind, other.id, {"of": "other"}))
    await stores.store.voices.remove(one.id, one.author)
    for kind in BESIDE:
        assert [row.id for row in await stores.store.desk_rows(kind)] == [other.id]
        with pytest.raises(Gone):
            await stores.store.keep_beside(DeskRow(kind, one.id, {}), entry(1, comment=one.id))
    assert await stores.store.audit(AuditAsk()) == []


@pytest.mark.parametrize("answered", [False, True])
async def test_what_goes_with_a_comment_is_erased_with_it(stores: Stores, answered: bool) -> None:
    one, other = await add(stores, 1), await add(stores, 2)
    if answered:
        await add(stores, 3, answers=one)
    for kind in BESIDE:
        await stores.store.keep_beside(DeskRow(kind, one.id, {"of": "one"}))
        await stores.store.keep_beside(DeskRow(kind, other.id, {"of": "other"}))
    assert await stores.store.remove_comment(one.id, one.author) == answered
    for kind in BESIDE:
        assert [row.id for row in await stores.store.desk_rows(kind)] == [other.id]
        with pytest.raises(Gone):
            await stores.store.keep_beside(DeskRow(kind, one.id, {}), entry(1, comment=one.id))
    assert await stores.store.audit(AuditAsk()) == []


async def test_what_is_written_while_its_comment_is_erased_is_erased_or_refused(stores: Stores) -> None:
    for number in range(1, 6):
        one = await add(stores, number)
        row = DeskRow("private-answer", one.id, {"text": "Words."}, LATER)
        await asyncio.gather(
            stores.store.keep_beside(row),
            stores.store.remove_comment(one.id, one.author),
            return_exceptions=True,
        )
        assert await stores.store.comment(one.id) is None
        assert await stores.store.desk_rows("private-answer") == []


async def test_a_change_brings_a_new_row_or_nothing(stores: Stores) -> None:
    one = await add(stores, 1)
    row = DeskRow("appeal", one.id, {"text": "Look again."})
    changed = await stores.store.change_comment(
        CommentChange(one.id, one.revision, {"queued": True}, rows=(row,))
    )
    assert await stores.store.desk_row("appeal", one.id) == replace(row, revision=1)
    with pytest.raises(Conflict):
        await stores.store.change_comment(
            CommentChange(one.id, changed.revision, {"urgency": 3}, rows=(row,))
        )
    assert await stores.store.comment(one.id) == changed
