"""A dump after a simulated month, of either store: whoever knows all that is public, and how the function works,
links nobody's vote to another vote, to a comment or to a response to a survey better than by guessing among those of the same
day, and no free text to its response better than by guessing among all."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.widgets.conftest import POLL, THREAD, Build, Function, Member
from tests.widgets.store.conftest import Wire, wire  # noqa: F401  (a fixture)
from widgets.function.state.services import day_of
from widgets.rules.limits import DAY, DEFAULT_LIMITS

pytestmark = pytest.mark.anyio
SURVEY = "migraine~sleep"
OTHER_POLL = "arthritis~next-topic"
CHOICES = {POLL: ("often", "never"), OTHER_POLL: ("sleep", "food")}


@dataclass
class Dump:
    """What the thief has: rows in the order in which they lie there, every value in them, the public times."""

    votes: dict[str, list[tuple[str, str]]]  # poll → (voter's hash, day)
    reactions: list[tuple[str, str]]  # (person's hash, day)
    comments: list[tuple[str, int]]  # (author's hash, second)
    responses: list[tuple[str, str]]  # (voter's hash, day)
    texts: list[tuple[str, str]]  # (key, words)
    values: Counter[str]


async def a_month(function: Function, people: list[Member], each_day: int) -> None:
    chance = random.Random(7)
    answered: set[int] = set()
    for day in range(30):
        for number in chance.sample(range(len(people)), each_day):
            person = people[number]
            person.headers["x-forwarded-for"] = f"198.51.100.{number}"
            for poll, choices in CHOICES.items():
                voted = await person.vote(
                    choices[number % 2], poll=poll, idempotency_key=f"{day:08}{poll[:3]}{number:08}"
                )
                assert voted.status_code == 200
            await person.react("me-too")
            await person.write(f"day {day} words {number}", pseudonym=f"Person {number}")
            if number not in answered:
                answered.add(number)
                answers = {"sleep": "good", "words": f"what {number} says"}
                sent = {"version": 1, "consent": "2026-01", "answers": answers, "publication": True}
                ticks = {"collection": True, "age": True}
                key = f"{number:08}response"
                path = f"/surveys/{SURVEY}/responses"
                response = await person.send("POST", path, {**sent, **ticks}, idempotency_key=key)
                assert response.status_code == 201
            function.clock.forward(60)
        await function.services.purge()
        function.clock.now += DAY - function.clock.now % DAY + DAY / 2


def sqlite_dump(function: Function) -> Dump:
    """Rows by where their bytes lie: page for page, from its end, where SQLite puts what comes first."""
    path = function.folder / "store.sqlite"
    content = path.read_bytes() + Path(f"{path}-wal").read_bytes()
    rows: dict[str, list[tuple[object, ...]]] = {}
    for file in (path, Path(f"{path}-ledger")):
        with sqlite3.connect(file) as database:
            for (table,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                rows[table] = database.execute(f"SELECT * FROM {table}").fetchall()

    def place(row: tuple[str, str]) -> tuple[int, int]:
        at = content.rindex(row[0].encode())
        return at // 4096, -at

    votes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for poll, _, voter, _, day in rows["votes"]:
        votes[str(poll)].append((str(voter), str(day)))
    return Dump(
        {poll: sorted(found, key=place) for poll, found in votes.items()},
        sorted(((str(person), str(day)) for _, _, person, _, day in rows["marks"]), key=place),
        [(str(row[5]), int(str(row[12]))) for row in rows["comments"]],
        sorted(((str(row[2]), str(row[8])) for row in rows["responses"]), key=place),
        sorted(((str(row[2]), str(row[3])) for row in rows["free_texts"]), key=place),
        Counter(str(value) for table in rows.values() for row in table for value in row),
    )


def dynamodb_dump(client: object, table: str) -> Dump:
    """Rows as a scan gives them."""
    items = [*client.scan(TableName=table)["Items"], *client.scan(TableName=f"{table}-ledger")["Items"]]  # type: ignore[attr-defined]
    found = Dump(defaultdict(list), [], [], [], [], Counter())
    for item in items:
        row = {name: next(iter(value.values())) for name, value in item.items()}
        kind, *rest = row["pk"].split("#")
        if kind == "V":
            found.votes[rest[0]].append((row["sk"], row["day"]))
        elif kind == "Y":
            found.responses.append((row["sk"], row["day"]))
        elif kind == "FT":
            found.texts.append((row["sk"], row["text"]))
        elif kind == "M":
            found.reactions.append((row["sk"], row["day"]))
        elif "created" in row:
            found.comments.append((row["author"], int(row["created"])))
        found.values.update(str(value) for value in row.values())
    return found


def links(dump: Dump, people: Sequence[Member], function: Function) -> tuple[int, float, float]:
    """(right guesses, how many blind ones would be, their variance): the k-th of a day here is the k-th there."""
    keys = function.services.keys
    by_kind: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for poll, rows in dump.votes.items():
        for voter, day in rows:
            by_kind[poll][day].append(voter)
    for person, day in dump.reactions:
        by_kind["reaction"][day].append(person)
    for voter, day in dump.responses:
        by_kind["response"][day].append(voter)
    for author, second in sorted(dump.comments, key=lambda row: row[1]):
        by_kind["comment"][day_of(second)].append(author)
    truth = {
        keys.voter(POLL, 1, member.key): {
            OTHER_POLL: keys.voter(OTHER_POLL, 1, member.key),
            "reaction": keys.person("reaction", THREAD, member.key),
            "comment": keys.author("migraine", member.key),
            "response": keys.respondent(SURVEY, 1, member.key),
        }
        for member in people
    }
    right, blind, variance = 0, 0.0, 0.0
    for day, voters in by_kind[POLL].items():
        for rank, voter in enumerate(voters):
            for kind, own in truth[voter].items():
                candidates = by_kind[kind][day]
                if own in candidates:
                    right += candidates[min(rank, len(candidates) - 1)] == own
                    share = 1 / len(candidates)
                    blind += share
                    variance += share * (1 - share)
    return right, blind, variance


def nothing_links(dump: Dump, people: Sequence[Member], function: Function) -> None:
    hashes = [voter for rows in dump.votes.values() for voter, _ in rows]
    hashes += [person for person, _ in dump.reactions]
    authors = {author for author, _ in dump.comments}
    assert len(hashes) >= 40
    assert [value for value in hashes if dump.values[value] != 1] == []
    assert len({value[:8] for value in [*hashes, *authors]}) == len(hashes) + len(authors)
    right, blind, variance = links(dump, people, function)
    assert blind > 15
    assert right <= blind + 3 * variance**0.5


def no_text_links(dump: Dump, people: Sequence[Member], function: Function) -> None:
    """Its key is nowhere else, nor is any part of it; and the k-th text is not the k-th response's, as rows lie or by their
    days."""
    keys = function.services.keys
    responses = {keys.respondent(SURVEY, 1, member.key): number for number, member in enumerate(people)}
    assert len(dump.texts) >= 12
    assert [key for key, _ in dump.texts if dump.values[key] != 1] == []
    assert len({key[:8] for key, _ in dump.texts}) == len(dump.texts)
    said = [int(words.split()[1]) for _, words in dump.texts]
    for order in (dump.responses, sorted(dump.responses, key=lambda row: row[1])):
        written = [number for voter, _ in order if (number := responses[voter]) in said]
        right = sum(one == other for one, other in zip(written, said, strict=True))
        assert right <= 1 + 3  # of a permutation by chance one is right in the mean, with a variance of one


async def test_a_month_on_sqlite_links_nothing(build: Build) -> None:
    function = build(limits=DEFAULT_LIMITS, trusted_proxies=("192.0.2.0/24",))
    people = [function.member() for _ in range(30)]
    await a_month(function, people, 5)
    dump = sqlite_dump(function)
    nothing_links(dump, people, function)
    no_text_links(dump, people, function)


@pytest.mark.long
async def test_a_month_on_dynamodb_links_nothing(
    build: Build,
    wire: Wire,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from widgets.store.dynamodb import connect, create_tables

    monkeypatch.setenv("DYNAMODB_ENDPOINT", wire.url)
    client, table = connect(), f"month-{os.getpid()}"
    create_tables(client, table)
    function = build(store=f"dynamodb:{table}", limits=DEFAULT_LIMITS, trusted_proxies=("192.0.2.0/24",))
    people = [function.member() for _ in range(16)]
    await a_month(function, people, 2)
    dump = dynamodb_dump(client, table)
    nothing_links(dump, people, function)
    no_text_links(dump, people, function)


ELSEWHERE = "arthritis~work"


async def who_asked_to_be_told(function: Function, people: list[Member]) -> dict[str, list[str]]:
    """Each has a comment in two conditions and a story, one number for news about all three, and a feed that was fetched; the ids
    of each one's posts, by their number."""
    posts: dict[str, list[str]] = {}
    for count, person in enumerate(people):
        number = function.chance.randbytes(16).hex()
        things = []
        for place, name in ((THREAD, f"Person {count}"), (ELSEWHERE, f"Other {count}")):
            answer = await person.write(f"words of {name}", name, place)
            things.append({"comment": answer.json()["comment"]["id"]})
        story = {"form": "migraine~story", "title": f"Story {count}", "text": "Words.", "age": True}
        sent = await person.send("POST", "/stories", {**story, "consents": ["publish"]})
        things.append({"story": sent.json()["voice"]["id"]})
        for thing in things:
            assert (await person.send("POST", "/news", thing, gatherwell_news=number)).status_code == 200
        made = (await person.send("POST", "/news/feed", {}, gatherwell_news=number)).json()
        assert (await function.get(made["path"].removeprefix("/api/v1"))).status_code == 200
        posts[number] = [id_ for thing in things for id_ in thing.values()]
        function.clock.forward(60)
    return posts


def no_wish_links(rows: list[list[str]], posts: dict[str, list[str]]) -> None:
    """No value of chance stands both with one post and with another of the same person, and the rows of feeds share none with
    any other row."""
    hashes = re.compile(r"[0-9a-f]{16,}")

    def drawn(row: list[str]) -> set[str]:
        return {found for value in row for found in hashes.findall(value)}

    for own in posts.values():
        beside = [set().union(*(drawn(row) for row in rows if id_ in " ".join(row))) for id_ in own]
        assert all(beside)
        assert not (beside[0] & beside[1] | beside[0] & beside[2] | beside[1] & beside[2])
    feeds = [row for row in rows if "sealed" in " ".join(row)]
    assert len(feeds) == len(posts)
    for row in feeds:
        others = set().union(*(drawn(other) for other in rows if other is not row))
        assert not drawn(row) & others


async def test_a_wish_to_be_told_links_no_posts_of_two_conditions_or_kinds_on_sqlite(build: Build) -> None:
    function = build()
    people = [function.member() for _ in range(6)]
    posts = await who_asked_to_be_told(function, people)
    with sqlite3.connect(function.folder / "store.sqlite") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [
            [str(value) for value in row]
            for table in tables
            for row in database.execute(f"SELECT * FROM {table}").fetchall()
        ]
    no_wish_links(rows, posts)


@pytest.mark.long
async def test_a_wish_to_be_told_links_no_posts_of_two_conditions_or_kinds_on_dynamodb(
    build: Build,
    wire: Wire,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from widgets.store.dynamodb import connect, create_tables

    monkeypatch.setenv("DYNAMODB_ENDPOINT", wire.url)
    client, table = connect(), f"wishes-{os.getpid()}"
    create_tables(client, table)
    function = build(store=f"dynamodb:{table}")
    posts = await who_asked_to_be_told(function, [function.member() for _ in range(3)])
    rows = [[str(value) for value in item.values()] for item in client.scan(TableName=table)["Items"]]
    no_wish_links(rows, posts)
