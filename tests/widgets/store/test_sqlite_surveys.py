"""Surveys in SQLite's files: a copy brings back nothing that was withdrawn; counts equal plain SQL over 20,000 responses."""

from __future__ import annotations

import json
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.widgets.store.test_conformance_surveys import FIRST, SURVEY, Maker, response, text
from tests.widgets.store.test_conformance_votes import vote
from widgets.store.sqlite import SqliteStore
from widgets.store.sqlite.erasures import entry, log_path, mark_of
from widgets.store.sqlite.restoring import restore
from widgets.store.surveys import Counts

pytestmark = pytest.mark.anyio


async def test_a_copy_brings_back_no_response_and_no_text_that_is_gone(tmp_path: Path) -> None:
    path, copy = tmp_path / "store.sqlite", tmp_path / "copy.sqlite"
    store = SqliteStore(path)
    for number in range(3):
        await store.surveys.add(response(number, "a"), None)
    await store.surveys.keep_texts([text(1), text(2), text(3, question="more")])
    await store.surveys.publish(SURVEY, 1, FIRST, Maker())
    store.back_up(copy)
    await store.surveys.withdraw(response(1, "a"))
    await store.surveys.erase_texts([(SURVEY, "words", text(1).key)])
    await store.close()
    assert dict(restore(copy, path).erased) == {"responses": 1, "texts": 1}
    again = SqliteStore(path)
    assert await again.surveys.by_receipt(response(1, "a").receipt) is None
    assert await again.surveys.count(SURVEY, 1) == Counts({"": 2, "a": 2}, {}, {"": 1, "a": 1})
    assert await again.surveys.text_places() == {(SURVEY, "words"): 1, (SURVEY, "more"): 1}
    await again.close()


async def test_the_log_of_erasures_and_an_older_copy_join_no_response_to_its_texts(tmp_path: Path) -> None:
    """Whoever has both finds every erased row of the copy in the log: in no order, with no day, and nothing between."""
    path, copy = tmp_path / "store.sqlite", tmp_path / "copy.sqlite"
    store, people = SqliteStore(path), list(range(24))
    for number in people:
        await store.surveys.add(response(number, "a"), None)
        await store.cast(vote(number, "often"), None)
    await store.surveys.keep_texts([text(number) for number in people])
    store.back_up(copy)
    secret = mark_of(copy)[0]  # type: ignore[index]
    random.Random(22).shuffle(people)
    for number in people[:12]:
        await store.surveys.erase_texts([(SURVEY, "words", text(number).key)])
        await store.surveys.withdraw(response(number, "a"))
        await store.cast(vote(number), None)
    disk = b"".join(one.read_bytes() for one in tmp_path.glob("store.sqlite-erasures*"))
    await store.close()

    hashes = [entry(secret, "free-text", SURVEY, "words", text(number).key) for number in people[:12]]
    for row in (response(number, "a") for number in people[:12]):
        hashes.append(entry(secret, "response", SURVEY, "1", row.voter, row.receipt))
    with sqlite3.connect(log_path(path)) as log:
        rows = log.execute("SELECT store, entry, day FROM erasures ORDER BY store, seq").fetchall()
    apart = [one for one in rows if one[1] in hashes]
    assert [one[1] for one in apart] == sorted(hashes)
    assert len({(store, day) for store, _, day in apart}) == 1
    assert {day[5:] for _, _, day in apart} == {"12-31"}
    assert {store for store, *_ in apart}.isdisjoint(store for store, noted, _ in rows if noted not in hashes)
    written = sorted(hashes, key=lambda one: disk.index(one.encode()))
    assert written in (sorted(hashes), sorted(hashes, reverse=True))  # nor on the disk, in any page or frame
    assert all(disk.count(one.encode()) == 1 for one in hashes)


async def test_a_copy_brings_back_no_survey_that_has_ended(tmp_path: Path) -> None:
    path, copy = tmp_path / "store.sqlite", tmp_path / "copy.sqlite"
    store = SqliteStore(path)
    for number in range(3):
        await store.surveys.add(response(number, "a"), None)
    await store.surveys.keep_texts([text(1), text(2)])
    store.back_up(copy)
    await store.surveys.end(SURVEY, 1)
    await store.surveys.end_texts(SURVEY)
    await store.close()
    assert dict(restore(copy, path).erased) == {"responses": 3, "texts": 2}


async def test_an_erased_response_and_text_are_in_no_page_of_the_files(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.sqlite")
    for number in range(40):
        await store.surveys.add(response(number, f"answer-{number}-{'x' * 50}"), None)
    await store.surveys.keep_texts([text(number, f"words-{number}-{'y' * 500}") for number in range(40)])
    for number in range(0, 40, 2):
        await store.surveys.withdraw(response(number, f"answer-{number}-{'x' * 50}"))
        await store.surveys.erase_texts([(SURVEY, "words", text(number).key)])
    disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [n for n in range(40) if f"answer-{n}-".encode() in disk] == list(range(1, 40, 2))
    assert [n for n in range(40) if f"words-{n}-".encode() in disk] == list(range(1, 40, 2))
    await store.close()


CELLS = [f"q{question}={choice}" for question in range(30) for choice in range(5)]


@pytest.mark.long
async def test_twenty_thousand_responses_are_counted_as_plain_sql_counts_them(tmp_path: Path) -> None:
    """Not by our own functions: one SELECT for each cell over the answers' JSON."""
    path, chance = tmp_path / "store.sqlite", random.Random(22)
    store = SqliteStore(path)
    store._writer._connection.execute("PRAGMA synchronous = OFF")
    given = []
    for number in range(20_000):
        answers = {
            f"q{question}": str(chance.randrange(5)) for question in range(30) if chance.random() < 0.8
        }
        cells = tuple(f"{question}={choice}" for question, choice in answers.items())
        given.append(replace(response(number, *cells), answers=json.dumps(answers)))
    with sqlite3.connect(path) as db:
        db.executemany(
            "INSERT INTO responses VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, 0)",
            [
                (r.survey, r.version, r.voter, r.receipt, r.salt, r.answers, json.dumps(r.cells), r.day)
                for r in given
            ],
        )
        db.execute("INSERT INTO surveys (survey, version, responses) VALUES (?, 1, 20000)", (SURVEY,))
    counts = await store.surveys.count(SURVEY, 1)
    with sqlite3.connect(path) as db:
        for cell in CELLS:
            question, _, choice = cell.partition("=")
            query = "SELECT count(*) FROM responses WHERE json_extract(answers, ?) = ?"
            assert counts.standing[cell] == db.execute(query, (f"$.{question}", choice)).fetchone()[0]
    assert counts.standing[""] == 20_000
    assert counts.standing.keys() == {*CELLS, ""}
    await store.close()
