"""Both stores keep stories and questions alike: found by id, writer and receipt, changed by revision, erased whole."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from tests.widgets.store.conftest import Stores
from widgets.store.calls import Call
from widgets.store.desk_records import AuditAsk, AuditEntry, DeskRow
from widgets.store.records import Conflict, Gone, Once, OnceMismatch
from widgets.store.voices import VOICES, Message, Voice, Words

pytestmark = pytest.mark.anyio
DAY = "2026-09-22"
NOW = 1_790_000_000


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def voice(id_: str = "bcdfghjk", **more: object) -> Voice:
    words = Words("A long winter", "It began with a *headache*.")
    given = Voice(
        id_, "story", "migraine", hashed("writer"), hashed(f"receipt {id_}"), "en", "Quiet Heron", words, NOW,
        ("publish", "edit"),
    )  # fmt: skip
    return replace(given, **more)  # type: ignore[arg-type]


def once(name: str, digest: str = "d") -> Once:
    return Once(hashed(name), digest, DAY)


async def test_one_is_kept_and_found_by_id_writer_and_receipt(stores: Stores) -> None:
    voices, given = stores.store.voices, voice(messages=(Message("staff", "When?", DAY),))
    assert await voices.add(given, None) == given
    assert await voices.voice(given.id) == given
    assert await voices.by_receipt(given.receipt) == given
    assert await voices.by_author(given.author) == [given]
    assert await voices.voice("zzzzzzzz") is None
    assert await voices.by_receipt(hashed("guessed")) is None
    assert await voices.by_author(hashed("other")) == []


async def test_a_retry_finds_what_it_wrote_and_an_id_is_taken_once(stores: Stores) -> None:
    voices = stores.store.voices
    await voices.add(voice(), once("intent"))
    other = voice("mnpqrstv")
    assert (await voices.add(other, once("intent"))).id == "bcdfghjk"
    assert (await voices.earlier(once("intent"))) == voice()
    assert await voices.earlier(once("another")) is None
    with pytest.raises(OnceMismatch):
        await voices.add(other, once("intent", "e"))
    with pytest.raises(Conflict):
        await voices.add(voice(receipt=hashed("x")), None)


async def test_a_change_is_of_the_revision_that_was_read(stores: Stores) -> None:
    voices, store = stores.store.voices, stores.store
    first = await voices.add(voice(), None)
    entry = AuditEntry("e" * 26, NOW, "mo", "voice-ask", first.id, condition="migraine")
    asked = await voices.change(replace(first, state="asked", due=NOW + 5), entry)
    assert (asked.revision, asked.state) == (2, "asked")
    assert await voices.voice(first.id) == asked
    assert [one.id for one in await store.audit(AuditAsk(5))] == [entry.id]
    with pytest.raises(Conflict):
        await voices.change(replace(first, state="declined"))
    with pytest.raises(Gone):
        await voices.change(voice("mnpqrstv"))


async def test_a_call_is_kept_with_what_it_is_about(stores: Stores) -> None:
    call = Call("c" * 26, "migraine", "crisis", "https://example.org", "", "en", NOW, NOW, True, True, "")
    await stores.store.voices.add(voice(), None, call)
    assert [one.id for one in await stores.store.calls()] == [call.id]


async def test_one_is_removed_by_its_writer_alone_and_whole(stores: Stores) -> None:
    voices, store = stores.store.voices, stores.store
    given = await voices.add(voice(), once("intent"))
    with pytest.raises(Gone):
        await voices.remove(given.id, hashed("somebody else"))
    row = DeskRow("withdrawn-plea", "ab" * 8, {"condition": "migraine"}, NOW + 10)
    await voices.remove(given.id, given.author, None, [row])
    assert await voices.voice(given.id) is None
    assert await voices.by_author(given.author) == []
    assert await voices.listed(("sent",)) == []
    assert await store.desk_row(row.kind, row.id) is not None
    with pytest.raises(Gone):
        await voices.remove(given.id, None)
    with pytest.raises(Gone):
        await voices.add(given, once("intent"))


async def test_lists_are_by_state_and_condition_with_the_most_urgent_first(stores: Stores) -> None:
    voices = stores.store.voices
    for given in (
        voice("bbbbbbbb", created=NOW + 1),
        voice("cccccccc", created=NOW),
        voice("dddddddd", created=NOW + 2, urgency=9, state="read"),
        voice("ffffffff", condition="asthma"),
        voice("gggggggg", state="published"),
    ):
        await voices.add(given, None)
    found = await voices.listed(("sent", "read"), ("migraine",))
    assert [one.id[0] for one in found] == ["d", "c", "b"]
    assert len(await voices.listed(("sent", "read"))) == 4


async def test_what_lapses_is_found_at_its_second(stores: Stores) -> None:
    voices = stores.store.voices
    await voices.add(voice("bbbbbbbb", due=NOW), None)
    await voices.add(voice("cccccccc", due=NOW + 1), None)
    await voices.add(voice("dddddddd"), None)
    assert [one.id[0] for one in await voices.due(NOW)] == ["b"]


async def test_a_takedown_is_counted_where_published_words_go_or_change(stores: Stores) -> None:
    voices, store = stores.store.voices, stores.store
    given = await voices.add(voice(), None)
    shown = await voices.change(replace(given, state="published", shown=given.written, html="<p>x</p>"))
    assert await store.takedowns() == 0
    quiet = await voices.change(replace(shown, messages=(Message("staff", "Thanks", DAY),)))
    assert await store.takedowns() == 0
    less = await voices.change(replace(quiet, consents=("publish", "edit", "share")))
    assert await store.takedowns() == 1
    await voices.remove(less.id, less.author)
    assert await store.takedowns() == 2


async def test_one_that_comes_from_an_export_is_published_at_once(stores: Stores) -> None:
    voices, store = stores.store.voices, stores.store
    await voices.add(voice("cccccccc"), None)
    before = store.stamp(VOICES)
    words = Words("A long winter", "It began.")
    given = voice(state="published", shown=words, html="<p>It began.</p>\n", published=DAY)
    await voices.add(given, None)
    assert await voices.listed(("published",)) == [given]
    assert store.stamp(VOICES) != before or before is None  # answers that are kept in memory follow it
    assert await store.takedowns() == 0
    assert await store.check() == []
