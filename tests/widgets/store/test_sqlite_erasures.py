"""The log of erasures: a restore refuses one that does not know all that was erased since the copy."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.widgets.store.test_conformance_comments import comment
from tests.widgets.store.test_conformance_voices import voice
from tests.widgets.store.test_conformance_votes import vote
from widgets.store.desk_records import DeskRow
from widgets.store.records import StoreError
from widgets.store.sqlite import SqliteStore
from widgets.store.sqlite.erasures import log_path
from widgets.store.sqlite.inspection import check_file
from widgets.store.sqlite.restoring import restore
from widgets.store.voices import Words

pytestmark = pytest.mark.anyio


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(path)
    await opened.cast(vote(2, "never"), None)
    await opened.add_comment(comment(2, text="erased later"), None)
    yield opened
    await opened.close()


async def test_a_log_that_began_after_the_copy_is_refused(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    await store.remove_comment(comment(2).id, None)
    await store.close()
    log_path(path).unlink()
    later = SqliteStore(path)
    await later.cast(vote(2), None)
    await later.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"lacks erasures .*\(1 of 2\).*--erasures.*--without-erasures"):
        restore(tmp_path / "copy.sqlite", path)
    assert path.read_bytes() == before


async def test_a_log_that_began_with_the_successor_of_a_lost_store_is_refused(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    store.back_up(tmp_path / "copy.sqlite")
    await store.remove_comment(comment(2).id, None)
    await store.close()
    path.unlink()
    log_path(path).unlink()
    await SqliteStore(path).close()
    with pytest.raises(StoreError, match="belongs to another store"):
        restore(tmp_path / "copy.sqlite", path)


async def test_a_log_that_is_older_than_the_replaced_store_is_refused(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    await store.cast(vote(2), None)
    store.back_up(tmp_path / "copy.sqlite")
    with sqlite3.connect(log_path(path)) as log:
        log.execute("VACUUM INTO ?", (str(tmp_path / "older"),))
    log.close()
    await store.remove_comment(comment(2).id, None)
    await store.close()
    with pytest.raises(StoreError, match="older than the store that would be replaced"):
        restore(tmp_path / "copy.sqlite", path, erasures=tmp_path / "older")


async def test_after_a_new_log_began_later_copies_can_be_gone_back_to(
    store: SqliteStore, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await store.cast(vote(2), None)
    await store.close()
    log_path(path).unlink()
    later = SqliteStore(path)
    assert "begins anew" in caplog.text
    later.back_up(tmp_path / "copy.sqlite")
    await later.remove_comment(comment(2).id, None)
    await later.close()
    assert restore(tmp_path / "copy.sqlite", path).erased == {"comments": 1}


async def test_a_log_whose_rows_have_aged_away_still_reaches_as_far_as_the_store(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    await store.cast(vote(2), None)
    await store.purge_once("2999-01-01")
    store.back_up(tmp_path / "copy.sqlite")
    await store.close()
    assert restore(tmp_path / "copy.sqlite", path).erased == {}


@pytest.mark.parametrize("lacking", ["missing", "another"])
async def test_a_check_names_a_log_that_is_missing_or_another_ones(
    store: SqliteStore, path: Path, tmp_path: Path, lacking: str
) -> None:
    await store.cast(vote(2), None)
    assert check_file(path) == []
    await store.close()
    log_path(path).unlink()
    if lacking == "another":
        await SqliteStore(tmp_path / "other.sqlite").close()
        log_path(tmp_path / "other.sqlite").rename(log_path(path))
    (found,) = check_file(path)
    assert str(log_path(path)) in found


async def test_a_copy_needs_no_log_beside_it(store: SqliteStore, tmp_path: Path) -> None:
    await store.cast(vote(2), None)
    store.back_up(tmp_path / "copy.sqlite")
    assert check_file(tmp_path / "copy.sqlite") == []


async def test_a_copy_brings_no_story_back_that_was_withdrawn_or_taken_off_the_page(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    for id_ in ("bbbbbbbb", "cccccccc", "dddddddd"):
        shown = {
            "state": "published",
            "shown": voice().written,
            "html": "<p>x</p>",
            "published": "2026-09-22",
        }
        await store.voices.add(voice(id_, **shown), None)
    store.back_up(tmp_path / "copy.sqlite")
    await store.voices.remove("bbbbbbbb", None)
    await store.voices.change(
        replace(await store.voices.voice("cccccccc"), state="read", shown=None, html="")
    )  # type: ignore[type-var]
    await store.close()
    restore(tmp_path / "copy.sqlite", path)
    again = SqliteStore(path)
    found = {one.id: one.state for one in await again.voices.by_author(voice().author)}
    assert found == {"cccccccc": "read", "dddddddd": "published"}
    await again.close()


async def test_a_copy_gives_no_tick_back_that_was_taken_back(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    ticks = ("publish", "edit", "share")
    shared = await store.voices.add(voice("bbbbbbbb", consents=ticks, state="published"), None)
    offered = await store.voices.add(
        voice("cccccccc", consents=ticks, state="offered", offered=Words("W", "w"), due=9), None
    )
    untouched = await store.voices.add(voice("dddddddd", consents=ticks), None)
    store.back_up(tmp_path / "copy.sqlite")
    await store.voices.change(replace(shared, consents=("publish", "edit")))
    await store.voices.change(
        replace(offered, consents=("publish", "share"), state="read", offered=None, due=None)
    )
    await store.close()
    restore(tmp_path / "copy.sqlite", path)
    again = SqliteStore(path)
    found = [await again.voices.voice(one.id) for one in (shared, offered, untouched)]
    await again.close()
    assert [(one.state, one.consents, one.offered, one.due) for one in found if one] == [
        ("read", ("publish", "edit"), None, None),
        ("read", ("publish", "share"), None, None),
        ("sent", ticks, None, None),
    ]


async def test_a_copy_brings_back_no_wish_to_be_told_and_no_feed_that_ended(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    rows = [await store.voices.add(voice(id_), None) for id_ in ("bbbbbbbb", "cccccccc")]
    for watcher, thing in (("taken back", rows[0].id), ("stays", rows[1].id), ("erased", comment(2).id)):
        await store.news.watch(watcher, thing)
    feeds = [await store.keep_desk_row(DeskRow("news-feed", name, {}, 9)) for name in ("ended", "lives")]
    store.back_up(tmp_path / "copy.sqlite")
    await store.news.unwatch(["taken back"])
    await store.remove_comment(comment(2).id, None)
    await store.drop_desk_row("news-feed", feeds[0].id)
    await store.close()
    assert restore(tmp_path / "copy.sqlite", path).erased == {"watches": 1, "comments": 1, "desk": 1}
    again = SqliteStore(path)
    assert await again.news.watched(["taken back", "stays", "erased"]) == {"stays": (rows[1].id,)}
    assert [row.id for row in await again.desk_rows("news-feed")] == ["lives"]
    await again.close()
