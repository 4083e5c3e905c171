"""Both stores keep alike who asked to be told about a post: beside it, found by the watcher, erased with it."""

from __future__ import annotations

import asyncio

import pytest

from tests.widgets.store.conftest import Stores
from tests.widgets.store.test_conformance_comments import add
from tests.widgets.store.test_conformance_voices import hashed, voice
from widgets.store.records import Gone

pytestmark = pytest.mark.anyio
ONE, OTHER = hashed("watcher one"), hashed("watcher other")


async def test_a_watcher_finds_the_posts_that_it_watches(stores: Stores) -> None:
    news = stores.store.news
    first, second = await add(stores, 1), await add(stores, 2)
    story = await stores.store.voices.add(voice(), None)
    for watcher, thing in ((ONE, second.id), (ONE, first.id), (ONE, first.id), (OTHER, story.id)):
        await news.watch(watcher, thing)
    assert await news.watched([ONE, OTHER, hashed("nobody")]) == {
        ONE: (first.id, second.id),
        OTHER: (story.id,),
    }
    assert await news.watched([]) == {}


async def test_what_is_not_there_is_not_watched(stores: Stores) -> None:
    news = stores.store.news
    gone = await add(stores, 1)
    await add(stores, 2, answers=gone)
    await stores.store.remove_comment(gone.id, gone.author)  # a placeholder stays
    for thing in (gone.id, "0" * 26, "zzzzzzzz", ""):
        with pytest.raises(Gone):
            await news.watch(ONE, thing)
    assert await news.watched([ONE]) == {}


async def test_a_post_has_one_watcher_the_last(stores: Stores) -> None:
    row = await add(stores, 1)
    await stores.store.news.watch(ONE, row.id)
    await stores.store.news.watch(OTHER, row.id)
    assert await stores.store.news.watched([ONE, OTHER]) == {OTHER: (row.id,)}


@pytest.mark.parametrize("answered", [False, True])
async def test_it_is_erased_with_its_post(stores: Stores, answered: bool) -> None:
    store = stores.store
    row, other = await add(stores, 1), await add(stores, 2)
    story = await store.voices.add(voice(), None)
    if answered:
        await add(stores, 3, answers=row)
    for thing in (row.id, other.id, story.id):
        await store.news.watch(ONE, thing)
    await store.remove_comment(row.id, row.author)
    assert await store.news.watched([ONE]) == {
        ONE: (story.id, other.id) if story.id < other.id else (other.id, story.id)
    }
    await store.voices.remove(story.id, story.author)
    assert await store.news.watched([ONE]) == {ONE: (other.id,)}
    await store.remove_comment(other.id, other.author)
    assert await store.news.watched([ONE]) == {}


async def test_who_takes_the_tick_back_is_forgotten_and_nobody_else(stores: Stores) -> None:
    news = stores.store.news
    rows = [await add(stores, number) for number in (1, 2, 3)]
    for watcher, row in zip((ONE, ONE, OTHER), rows, strict=True):
        await news.watch(watcher, row.id)
    assert await news.unwatch([ONE, hashed("nobody")]) == 2
    assert await news.watched([ONE, OTHER]) == {OTHER: (rows[2].id,)}
    await news.forget(rows[2].id)
    await news.forget(rows[2].id)
    assert await news.watched([OTHER]) == {}


async def test_a_tick_that_comes_while_its_post_is_erased_is_erased_or_refused(stores: Stores) -> None:
    for number in range(1, 4):
        row = await add(stores, number)
        await asyncio.gather(
            stores.store.news.watch(ONE, row.id),
            stores.store.remove_comment(row.id, row.author),
            return_exceptions=True,
        )
        assert await stores.store.comment(row.id) is None
        assert await stores.store.news.watched([ONE]) == {}
