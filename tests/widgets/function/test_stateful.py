"""Votes, changes, retries, reactions, comments, withdrawals, erasures, restarts, deaths in any order, through two
workers: the tallies always equal the rows, and both equal a model of plain dictionaries."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.widgets.conftest import ORIGIN, POLL, THREAD, Clock, Member
from tests.widgets.store.conftest import Wire, wire  # noqa: F401  (a fixture)
from tests.widgets.store.dying import DEAD
from tests.widgets.store.test_dynamodb_disturbed import first_times
from widgets import CONTRACT_DIR
from widgets.app import create_app
from widgets.function.state.settings import ProofSettings, Settings
from widgets.store.dynamodb import connect, create_tables

PEOPLE = st.integers(0, 4)
WORKERS = st.integers(0, 1)
CHOICES = st.sampled_from(["often", "sometimes", "never"])


class Community(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="gatherwell-stateful-", ignore_cleanup_errors=True)
        self.loop = asyncio.new_event_loop()
        self.address = self.new_store()
        self.workers = [self._worker(), self._worker()]
        self.votes: dict[int, str] = {}
        self.reactions: set[tuple[int, str]] = set()
        self.comments: dict[str, int] = {}
        self.intents: list[tuple[int, str, str]] = []
        self.erased: Counter[int] = Counter()

    def new_store(self) -> str:
        return f"sqlite:{Path(self.folder.name) / 'store.sqlite'}"

    def _worker(self) -> Any:
        manifest = json.loads((CONTRACT_DIR / "examples" / "manifest.portfolio.json").read_text("utf-8"))
        manifest["origins"] = [ORIGIN]
        manifest["conditions"]["migraine"]["comments"] = "post"
        return create_app(
            Settings(
                manifest=lambda: json.dumps(manifest).encode(),
                store=self.address,
                secret=b"s" * 32,
                clock=Clock(),
                limits=None,
                proof=ProofSettings(required=False),
            )
        )

    def ask(self, worker: int, person: int, method: str, path: str, body: Any = None, **headers: str) -> Any:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.workers[worker])
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
                return await Member(client, f"{person:032x}").send(method, path, body, **headers)

        answer = self.loop.run_until_complete(send())
        assert answer.status_code < 400, answer.text
        return answer

    @rule(worker=WORKERS, person=PEOPLE, choice=CHOICES, intent=st.integers(0, 10**9))
    def vote(self, worker: int, person: int, choice: str, intent: int) -> None:
        self.cast(worker, person, choice, f"intent-{len(self.intents):04d}-{intent:010d}")

    def cast(self, worker: int, person: int, choice: str, key: str) -> None:
        body = {"version": 1, "choices": [choice]}
        self.ask(worker, person, "POST", f"/polls/{POLL}/votes", body, idempotency_key=key)
        self.votes[person] = choice
        self.intents.append((person, choice, key))

    @rule(worker=WORKERS, data=st.data())
    def retry_some_earlier_vote(self, worker: int, data: st.DataObject) -> None:
        if self.intents:
            person, choice, key = data.draw(st.sampled_from(self.intents))
            body = {"version": 1, "choices": [choice]}
            self.ask(worker, person, "POST", f"/polls/{POLL}/votes", body, idempotency_key=key)

    @rule(worker=WORKERS, person=PEOPLE)
    def take_the_vote_back(self, worker: int, person: int) -> None:
        self.ask(worker, person, "POST", f"/polls/{POLL}/votes", {"version": 1, "choices": []})
        self.votes.pop(person, None)

    @rule(worker=WORKERS, person=PEOPLE, on=st.booleans(), data=st.data())
    def react(self, worker: int, person: int, on: bool, data: st.DataObject) -> None:
        target = data.draw(st.sampled_from(["", *sorted(self.comments)]))
        body = {"reaction": "helpful", "on": on, "comment": target or None}
        self.ask(worker, person, "POST", f"/threads/{THREAD}/reactions", body)
        (self.reactions.add if on else self.reactions.discard)((person, target))

    @rule(worker=WORKERS, person=PEOPLE, data=st.data())
    def write(self, worker: int, person: int, data: st.DataObject) -> None:
        parent = data.draw(st.sampled_from([None, *sorted(self.comments)]))
        # A name that was public is nobody's for a year after its writer has erased everything.
        name = f"Person {person} {'bcdefghkmnpqrstuwxyz'[self.erased[person]] * 3}"
        body = {"text": "words", "pseudonym": name, "parent": parent}
        answer = self.ask(worker, person, "POST", f"/threads/{THREAD}/comments", body)
        self.comments[answer.json()["comment"]["id"]] = person

    @rule(worker=WORKERS, data=st.data())
    def withdraw(self, worker: int, data: st.DataObject) -> None:
        if self.comments:
            id_ = data.draw(st.sampled_from(sorted(self.comments)))
            self.ask(worker, self.comments.pop(id_), "DELETE", f"/comments/{id_}")
            self.reactions = {mark for mark in self.reactions if mark[1] != id_}

    @rule(worker=WORKERS, person=PEOPLE)
    def erase(self, worker: int, person: int) -> None:
        self.ask(worker, person, "DELETE", "/me")
        self.erased[person] += 1
        self.votes.pop(person, None)
        gone = {id_ for id_, writer in self.comments.items() if writer == person}
        self.comments = {id_: writer for id_, writer in self.comments.items() if id_ not in gone}
        self.reactions = {mark for mark in self.reactions if mark[0] != person and mark[1] not in gone}

    @rule(worker=WORKERS)
    def restart(self, worker: int) -> None:
        self.loop.run_until_complete(self.workers[worker].state.services.close())
        self.workers[worker] = self._worker()

    @invariant()
    def tallies_equal_rows_and_the_model(self) -> None:
        for number in (0, 1):
            poll = self.ask(number, 0, "GET", f"/polls/{POLL}").json()["results"]
            counted = Counter(self.votes.values())
            assert poll["voters"] == len(self.votes)
            assert {row["key"]: row["votes"] for row in poll["options"]} == {
                key: counted[key] for key in ("often", "sometimes", "never")
            }
            shown = self.ask(number, 0, "GET", f"/threads/{THREAD}").json()
            assert shown["count"] == len(self.comments)
            assert shown["reactions"]["helpful"] == sum(target == "" for _, target in self.reactions)
            for comment in shown["comments"]:
                expected = sum(target == comment["id"] for _, target in self.reactions)
                assert comment["reactions"]["helpful"] == expected
        store = self.workers[0].state.services.store
        assert self.loop.run_until_complete(store.check()) == []

    def teardown(self) -> None:
        for worker in self.workers:
            self.loop.run_until_complete(worker.state.services.close())
        self.loop.close()
        self.folder.cleanup()


class OnSqlite(Community):
    @rule(worker=WORKERS, person=PEOPLE, choice=CHOICES, at=st.integers(1, 14))
    def another_process_dies_while_voting(self, worker: int, person: int, choice: str, at: int) -> None:
        """At that statement of its write, or not at all; then the voter's browser tries again."""
        services = self.workers[worker].state.services
        key = f"intent-{len(self.intents):04d}-that-died"
        voter = services.keys.voter(POLL, 1, f"{person:032x}")
        once = services.keys.once("vote", voter, key)
        digest = services.keys.digest(once, choice)
        path = self.address.removeprefix("sqlite:")
        asked = [path, str(at), POLL, voter, choice, once, digest, services.today()]
        command = [sys.executable, "-m", "tests.widgets.store.dying_vote", *asked]
        assert subprocess.run(command, check=False).returncode in (0, DEAD)
        self.cast(worker, person, choice, key)


class OnDynamo(Community):
    client: Any = None
    wire: Any = None
    tables = itertools.count(1)

    def new_store(self) -> str:
        table = f"community-{os.getpid()}-{next(self.tables)}"
        create_tables(self.client, table)
        return f"dynamodb:{table}"

    @rule(
        worker=WORKERS,
        person=PEOPLE,
        choice=CHOICES,
        kind=st.sampled_from(["lost", "dead", "conflict", "throttle"]),
        times=st.integers(1, 2),
    )
    def vote_on_a_bad_line(self, worker: int, person: int, choice: str, kind: str, times: int) -> None:
        with self.wire.disturbed(first_times(kind, times)):
            self.cast(worker, person, choice, f"intent-{len(self.intents):04d}-on-a-bad-line")


def many(examples: int, steps: int) -> settings:
    checks = list(HealthCheck)
    return settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks
    )


def test_a_community_on_sqlite() -> None:
    run_state_machine_as_test(OnSqlite, settings=many(6, 20))


@pytest.mark.long
def test_a_community_on_dynamodb(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("DYNAMODB_ENDPOINT", wire.url)
    OnDynamo.wire, OnDynamo.client = wire, connect()
    run_state_machine_as_test(OnDynamo, settings=many(4, 15))
