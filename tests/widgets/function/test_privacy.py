"""What the files hold of a person: no address, no header, no refused word, no link between contributions."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function
from widgets.function.state.settings import ProofSettings
from widgets.function.text.moderation import redact
from widgets.rules.keys import keyed
from widgets.rules.limits import DAY, DEFAULT_LIMITS

pytestmark = pytest.mark.anyio
CANARY = "canary-8c1f"
RESPONSES = "/surveys/migraine~sleep/responses"


def response(answers: dict[str, str], **more: Any) -> dict[str, Any]:
    ticks = {"collection": True, "publication": True, "age": True}
    return {"version": 1, "consent": "2026-01", "answers": answers, **ticks, **more}


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_neither_address_nor_headers_nor_refused_words_are_kept(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    function = build(limits=DEFAULT_LIMITS, access_log=True, trusted_proxies=("192.0.2.0/24",))
    caplog.set_level("WARNING", "httpx")  # the test's own client names the paths it asks for
    caplog.set_level("DEBUG")  # last, since each sets what is caught at all
    member = function.member()
    headers = {
        name: f"{CANARY}-{name}"
        for name in (
            "user-agent",
            "referer",
            "cookie",
            "accept-language",
            "x-real-ip",
            "authorization",
            "dnt",
        )
    } | {"x-forwarded-for": "203.0.113.77"}
    member.headers.update(headers)
    await member.vote("often")
    await member.react("me-too")
    kept = await member.write("words that are kept")
    answers = [
        await member.write(f"{CANARY} too long " + "x" * 6_000),
        await member.write(f"{CANARY}\x00"),
        await member.write("fine", pseudonym=f"{CANARY}<"),
        await member.write(f"{CANARY} mail a@b.example"),
        await member.write(f"{CANARY}", website="filled"),
        await member.write(f"{CANARY}", thread=f"{CANARY}~unknown"),
        await member.vote(CANARY),
        await member.send("POST", f"/threads/{THREAD}/comments", {CANARY: 1}),
        await member.send("POST", RESPONSES, response({"sleep": CANARY})),
        await member.send("POST", RESPONSES, response({"sleep": "good", CANARY: "x"})),
        await member.send("POST", RESPONSES, response({"sleep": "good", "words": CANARY}, age=False)),
        await member.send("POST", "/receipts", {"receipt": f"{CANARY} " * 8, "action": "withdraw"}),
    ]
    # A form without scripts comes back to its sender as it was filled in, and with nothing else of the request.
    form = {"text": "a quiet canary's words", "pseudonym": "<"}
    named = {name.replace("-", "_"): value for name, value in headers.items()}
    answers.append(await function.form(f"/threads/{THREAD}/comments", form, **named))
    assert "a quiet canary&#x27;s words" in answers[-1].text
    assert kept.status_code == 201
    assert all(400 <= answer.status_code < 500 for answer in answers)
    disk = everything_on_disk(function.folder)
    for trace in (CANARY, "203.0.113", "192.0.2", member.key):
        assert trace.encode() not in disk
        assert trace not in caplog.text
        assert all(trace not in answer.text for answer in answers)
    assert b"a quiet canary" not in disk
    assert "a quiet canary" not in caplog.text
    assert b"words that are kept" in disk


async def test_an_erased_text_is_in_no_page_of_the_files(function: Function) -> None:
    member = function.member()
    for number in range(30):
        await function.member().write(f"filler number {number}", pseudonym=f"Writer {number}")
    words = f"{CANARY} " + "erased words " * 200
    edited = (await member.write("first " + words)).json()["comment"]["id"]
    await member.send("PATCH", f"/comments/{edited}", {"text": "second " + words})
    await member.send("DELETE", f"/comments/{edited}")
    disk = everything_on_disk(function.folder)
    assert CANARY.encode() not in disk
    assert b"Quiet Heron" not in disk
    assert b"filler number 7" in disk


async def test_the_access_log_names_no_condition(build: Build, caplog: pytest.LogCaptureFixture) -> None:
    function = build(access_log=True)
    caplog.set_level("INFO", "gatherwell.function")
    await function.get(f"/polls/{POLL}")
    assert "GET /api/v1/polls/{poll} 200" in caplog.text
    assert "migraine" not in caplog.text


async def test_no_log_and_no_disk_has_the_number_of_a_device_or_the_address_of_a_feed(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    function = build(access_log=True, limits=DEFAULT_LIMITS)
    caplog.set_level("WARNING", "httpx")
    caplog.set_level("DEBUG")
    member, number = function.member(), "5e" * 16
    id_ = (await member.write("words that are kept")).json()["comment"]["id"]
    await member.send("POST", "/news", {"comment": id_}, gatherwell_news=number)
    feed = (await member.send("POST", "/news/feed", {}, gatherwell_news=number)).json()
    answers = [
        await function.get(feed["path"].removeprefix("/api/v1")),
        await function.get("/news", gatherwell_news=number),
        await function.get(f"/news/{'5f' * 16}"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert "GET /api/v1/news/{token} 200" in caplog.text
    disk = everything_on_disk(function.folder)
    derived = function.services.keys.news_number(number).hex()
    for trace in (number, feed["token"], "5f" * 16, derived):
        assert trace not in caplog.text
        assert trace.encode() not in disk
        assert bytes.fromhex(trace) not in disk


async def test_ledger_and_store_share_no_word(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS, proof=ProofSettings(required=False))
    for _ in range(5):
        member = function.member()
        await member.vote("often")
        await member.react("me-too")
    store, ledger = (dump(function, name) for name in ("store.sqlite", "store.sqlite-ledger"))
    assert not {value for value in words(store) if len(value) >= 16} & words(ledger)


async def test_a_stolen_ledger_does_not_let_addresses_be_tried_out(build: Build) -> None:
    """All that the thief lacks is the function's secret; the address is among those tried."""
    function = build(limits=DEFAULT_LIMITS)
    await function.member().vote("often")
    tables = dump(function, "store.sqlite-ledger")
    [(day, secret)] = tables["day_keys"]
    kept = {bucket for bucket, _, _ in tables["limits"]}
    tried = {
        keyed(key, "new-voter", str(DAY), str(function.clock.now // DAY), "192.0.2.7", POLL)
        for key in (secret, secret.hex().encode(), day.encode())
    }
    # The vote, a new voter of the address and of its network, and how many voters came today, which names nobody.
    assert len(kept) == 4
    assert not kept & tried


def dump(function: Function, name: str) -> dict[str, list[tuple[Any, ...]]]:
    with sqlite3.connect(function.folder / name) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def words(tables: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    return {str(value) for rows in tables.values() for row in rows for value in row}


async def test_what_an_editor_took_out_is_on_no_disk(function: Function) -> None:
    text = f"Call me, {CANARY}, or not."
    written = (await function.member().write(text)).json()["comment"]
    begin = text.index(CANARY)
    await redact(function.store, written["id"], text, [(begin, begin + len(CANARY))])
    assert CANARY.encode() not in everything_on_disk(function.folder)
