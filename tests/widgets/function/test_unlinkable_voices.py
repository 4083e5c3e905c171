"""A dump after a simulated month of stories and questions, of either store: whoever knows how the function works links nobody's
story to a question, a vote, a comment or a reaction of the same person better than by guessing among those of the same day."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function, Member
from tests.widgets.store.conftest import Wire, wire  # noqa: F401  (a fixture)
from widgets.function.state.services import day_of
from widgets.rules.limits import DAY
from widgets.store.voices import Message

pytestmark = pytest.mark.anyio
FOLDERS = {"story": "stories", "question": "questions"}


@dataclass
class Dump:
    """What the thief has: stories and questions as they are kept, votes in the order in which they lie there, and every other
    row as one text."""

    voices: list[dict[str, object]]
    votes: list[tuple[str, str]]  # (voter's hash, day)
    others: list[str]


async def a_month(function: Function, people: Sequence[Member], days: int, each_day: int) -> None:
    """Each votes, reacts, comments, tells, asks and answers the desk."""
    chance = random.Random(11)
    for day in range(days):
        for number in chance.sample(range(len(people)), each_day):
            person = people[number]
            await person.vote("often", idempotency_key=f"{day:08}vote{number:08}")
            await person.react("me-too")
            await person.write(f"day {day}", pseudonym=f"Person {number}")
            kinds = list(FOLDERS)
            chance.shuffle(kinds)
            for kind in kinds:
                await tell(function, person, kind, f"{day:08}{kind}{number:08}")
            function.clock.forward(60)
        await function.services.purge()
        function.clock.now += DAY - function.clock.now % DAY + DAY / 2


async def tell(function: Function, person: Member, kind: str, once: str) -> None:
    ticks = {"consents": ["publish", "edit"], "age": True}
    body = {"form": f"migraine~{kind}", "title": "A winter", "text": "It went.", **ticks}
    told = await person.send("POST", f"/{FOLDERS[kind]}", body, idempotency_key=once)
    assert told.status_code == 201, told.text
    voice = await function.store.voices.voice(told.json()["voice"]["id"])
    asked = (Message("staff", "When?", function.services.today()),)
    due = function.services.now() + 14 * DAY
    await function.store.voices.change(replace(voice, state="asked", messages=asked, due=due))
    sent = {"action": "reply", "message": "In March.", "revision": voice.revision + 1}
    answered = await person.send("POST", f"/{FOLDERS[kind]}/{voice.id}", sent)
    assert answered.status_code == 200, answered.text


def sqlite_dump(function: Function) -> Dump:
    found = Dump([], [], [])
    for name in ("store.sqlite", "store.sqlite-ledger"):
        with sqlite3.connect(function.folder / name) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for row in database.execute(f"SELECT * FROM {table}").fetchall():
                    if table == "voices":
                        found.voices.append(json.loads(row[-1]))
                    else:
                        found.others.append(repr(row))
                    if table == "votes":
                        found.votes.append((row[2], row[4]))
    return found


def dynamodb_dump(client: object, table: str) -> Dump:
    found = Dump([], [], [])
    for name in (table, f"{table}-ledger"):
        for item in client.scan(TableName=name)["Items"]:  # type: ignore[attr-defined]
            row = {key: next(iter(value.values())) for key, value in item.items()}
            if row["pk"].startswith("STORY#"):
                found.voices.append(json.loads(row["value"]))
            elif row["pk"] != "VOICES":
                found.others.append(repr(row))
            if row["pk"].startswith("V#"):
                found.votes.append((row["sk"], row["day"]))
    return found


def nothing_links(dump: Dump, people: Sequence[Member], function: Function) -> None:
    keys = function.services.keys
    assert len(dump.voices) >= 40
    authors = {kind: {str(one["author"]) for one in dump.voices if one["kind"] == kind} for kind in FOLDERS}
    receipts = [str(one["receipt"]) for one in dump.voices]
    known = {
        made
        for member in people
        for made in (keys.author("migraine", member.key), keys.person("reaction", THREAD, member.key))
    }
    hashes = [*authors["story"], *authors["question"], *receipts]
    assert len({value[:8] for value in [*hashes, *known]}) == len(hashes) + len(known)
    others = "\n".join(dump.others)
    assert [value for value in hashes if value in others] == []
    assert [member.key for member in people if member.key in others + repr(dump.voices)] == []
    for kind in FOLDERS:
        right, blind, variance = guesses(
            dump, kind, {keys.voter(POLL, 1, m.key): m for m in people}, function
        )
        assert blind > 5
        assert right <= blind + 3 * variance**0.5


def guesses(dump: Dump, kind: str, voters: dict[str, Member], function: Function) -> tuple[int, float, float]:
    """(right guesses, how many blind ones would be, their variance): the k-th vote of a day is of who wrote that day's k-th."""
    right, blind, variance = 0, 0.0, 0.0
    for day in {day for _, day in dump.votes}:
        told = [one for one in dump.voices if one["kind"] == kind and day_of(int(str(one["created"]))) == day]
        order = [str(one["author"]) for one in sorted(told, key=lambda one: int(str(one["created"])))]
        for rank, voter in enumerate(voter for voter, when in dump.votes if when == day):
            own = function.services.keys.teller(kind, "migraine", voters[voter].key)
            if own in order:
                right += order[min(rank, len(order) - 1)] == own
                blind += 1 / len(order)
                variance += (1 / len(order)) * (1 - 1 / len(order))
    return right, blind, variance


async def test_a_month_of_stories_on_sqlite_links_nothing(build: Build) -> None:
    function = build()
    people = [function.member() for _ in range(60)]
    await a_month(function, people, 12, 3)
    nothing_links(sqlite_dump(function), people, function)


@pytest.mark.long
async def test_a_month_of_stories_on_dynamodb_links_nothing(
    build: Build,
    wire: Wire,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from widgets.store.dynamodb import connect, create_tables

    monkeypatch.setenv("DYNAMODB_ENDPOINT", wire.url)
    client, table = connect(), f"told-{os.getpid()}"
    create_tables(client, table)
    function = build(store=f"dynamodb:{table}")
    people = [function.member() for _ in range(60)]
    await a_month(function, people, 20, 2)
    nothing_links(dynamodb_dump(client, table), people, function)
