"""Both stores take ids and names of any length and kind for what they are."""

from __future__ import annotations

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import DAY, THREAD, add, hashed
from widgets.store.records import Gone, Mark, MarkChange, NameTaken

pytestmark = pytest.mark.anyio


async def test_an_id_of_any_length_finds_nothing(stores: Stores) -> None:
    for id_ in ("", "x", "x" * 5_000, "\x00", "C#1"):
        assert await stores.store.comment(id_) is None
        with pytest.raises(Gone):
            await stores.store.remove_comment(id_, None)
        with pytest.raises(Gone):
            await stores.store.flag(MarkChange("flag", THREAD, hashed("p"), Mark(id_, "spam"), True, DAY), 1)


async def test_a_name_whose_letters_stand_for_many_is_reserved_like_any_other(stores: Stores) -> None:
    long = "صلى الله عليه وسلم" * 40  # what one Arabic ligature, forty times, comes to
    row = await add(stores, 1, skeleton=long)
    with pytest.raises(NameTaken):
        await add(stores, 2, by="ben", skeleton=long)
    await stores.store.remove_comment(row.id, row.author)
    assert await stores.store.name("migraine", long) is None
