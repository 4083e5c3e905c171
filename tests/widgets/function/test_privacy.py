"""What the files hold of a person: no address, no header, no refused word, no link between contributions."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function
from widgets.function.moderation import redact
from widgets.function.rules.limits import DAY, DEFAULT_LIMITS
from widgets.function.settings import ProofSettings

pytestmark = pytest.mark.anyio
CANARY = "canary-8c1f"


def everything_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_neither_address_nor_headers_nor_refused_words_are_kept(
    build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    function = build(limits=DEFAULT_LIMITS, access_log=True, trusted_proxies=("192.0.2.0/24",))
    caplog.set_level("DEBUG")
    caplog.set_level("WARNING", "httpx")  # the test's own client names the paths it asks for
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
        await function.form(f"/threads/{THREAD}/comments", {"text": CANARY, "pseudonym": "<"}),
    ]
    assert kept.status_code == 201
    assert all(400 <= answer.status_code < 500 for answer in answers)
    disk = everything_on_disk(function.folder)
    for trace in (CANARY, "203.0.113", "192.0.2", member.key):
        assert trace.encode() not in disk
        assert trace not in caplog.text
        assert all(trace not in answer.text for answer in answers)
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


async def test_ledger_and_store_share_no_word(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS, proof=ProofSettings(required=False))
    for _ in range(5):
        member = function.member()
        await member.vote("often")
        await member.react("me-too")
    store, ledger = (dump(function, name) for name in ("store.sqlite", "store.sqlite-ledger"))
    assert not {value for value in words(store) if len(value) >= 16} & words(ledger)


def dump(function: Function, name: str) -> dict[str, list[tuple[Any, ...]]]:
    with sqlite3.connect(function.folder / name) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def words(tables: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    return {str(value) for rows in tables.values() for row in rows for value in row}


async def test_a_dump_after_a_month_links_nothing_better_than_chance(build: Build) -> None:
    """The linker knows every public answer and both files. It looks for equal values, for equal parts of
    hashes, and for order within a day; what it guesses must be right about as often as a blind guess."""
    function = build(limits=DEFAULT_LIMITS)
    chance = random.Random(7)
    people = [function.member() for _ in range(40)]
    polls = (POLL, "arthritis~work", "arthritis~next-topic")
    choices = {POLL: "often", "arthritis~work": "yes", "arthritis~next-topic": "sleep"}
    for day in range(30):
        for number in chance.sample(range(40), 6):
            person = people[number]
            person.headers["x-forwarded-for"] = f"198.51.100.{number}"
            for poll in polls:
                await person.vote(choices[poll], poll=poll)
            await person.write(f"day {day} words {number}", pseudonym=f"Person {number}")
        function.clock.forward(DAY)
    tables = dump(function, "store.sqlite") | dump(function, "store.sqlite-ledger")
    voters: dict[str, dict[str, str]] = defaultdict(dict)
    for poll, _, voter, _, day in tables["votes"]:
        voters[poll][voter] = day
    hashes = [voter for rows in voters.values() for voter in rows]
    hashes += [row[5] for row in tables["comments"]]
    everywhere = Counter(
        str(value) for rows in tables.values() for row in set(rows) for value in row if len(str(value)) == 32
    )
    owners = {row[5] for row in tables["comments"]}
    assert all(everywhere[value] == 1 for value in hashes if value not in owners)
    assert len({value[:8] for value in set(hashes)}) == len(set(hashes))

    keys = function.services.keys
    right = guesses = 0.0
    for person in people:
        first = keys.voter(polls[0], 1, person.key)
        if first not in voters[polls[0]]:
            continue
        day = voters[polls[0]][first]
        same_day = [voter for voter, voted in voters[polls[1]].items() if voted == day]
        rank = sorted(voter for voter, voted in voters[polls[0]].items() if voted == day).index(first)
        guess = sorted(same_day)[rank % len(same_day)] if same_day else ""
        right += guess == keys.voter(polls[1], 1, person.key)
        guesses += 1 / max(1, len(same_day))
    assert right <= guesses + 3 * guesses**0.5


async def test_what_an_editor_took_out_is_on_no_disk(function: Function) -> None:
    text = f"Call me, {CANARY}, or not."
    written = (await function.member().write(text)).json()["comment"]
    begin = text.index(CANARY)
    await redact(function.store, written["id"], text, [(begin, begin + len(CANARY))])
    assert CANARY.encode() not in everything_on_disk(function.folder)
