"""The full forms of the heavy promises: 50,000 votes from 64 connections, and kill -9 under 200 writers, 20 times."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import httpx

from benchmarks.function.servers import ORIGIN, fresh, ours
from widgets.function.keys import Keys
from widgets.store.sqlite import SqliteStore

WORK = Path(__file__).parents[1] / "work"
HEADERS = {"origin": ORIGIN, "content-type": "application/json"}
VOTE = json.dumps({"version": 1, "choices": ["often"]}).encode()


async def vote(client: httpx.AsyncClient, url: str, key: str, choice: bytes = VOTE) -> bool:
    answer = await client.post(
        f"{url}/api/v1/polls/bench~hot/votes", content=choice, headers={**HEADERS, "gatherwell-key": key}
    )
    return answer.status_code == 200


async def comment(client: httpx.AsyncClient, url: str, key: str, number: int) -> str | None:
    name = "".join(chr(97 + int(digit)) for digit in str(number))
    body = json.dumps({"pseudonym": f"Writer {name}", "text": f"words of {name}"}).encode()
    answer = await client.post(
        f"{url}/api/v1/threads/bench~page-{number % 100}/comments",
        content=body,
        headers={**HEADERS, "gatherwell-key": key},
    )
    return str(answer.json()["comment"]["id"]) if answer.status_code == 201 else None


async def many_votes(url: str, votes: int, connections: int) -> int:
    """Half of them new, half changing the first half's; how many were acknowledged."""
    people = votes // 2
    acknowledged = 0

    async def worker(client: httpx.AsyncClient, first: int) -> None:
        nonlocal acknowledged
        never = VOTE.replace(b"often", b"never")
        for choice in (VOTE, never):
            for number in range(first, people, connections):
                acknowledged += await vote(client, url, f"{number:032x}", choice)

    limits = httpx.Limits(max_connections=connections)
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:
        await asyncio.gather(*(worker(client, first) for first in range(connections)))
    return acknowledged


async def until_killed(
    process: subprocess.Popen[bytes], url: str, round_: int, writers: int, seconds: float
) -> tuple[set[str], set[str]]:
    """Keys whose vote, and ids whose comment, was acknowledged before the kill."""
    votes: set[str] = set()
    comments: set[str] = set()

    async def writer(client: httpx.AsyncClient, who: int) -> None:
        for turn in range(1_000_000):
            number = (round_ * 1_000 + who) * 1_000_000 + turn
            key = f"{number:032x}"
            try:
                if turn % 4:
                    if await vote(client, url, key):
                        votes.add(key)
                elif written := await comment(client, url, key, number):
                    comments.add(written)
            except httpx.HTTPError:
                return

    async def killer() -> None:
        await asyncio.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)

    limits = httpx.Limits(max_connections=writers)
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:
        await asyncio.gather(killer(), *(writer(client, who) for who in range(writers)))
    return votes, comments


async def look(folder: Path, votes: set[str], comments: set[str]) -> tuple[int, int, list[str]]:
    keys = Keys((folder / "secret").read_bytes().strip())
    store = SqliteStore(folder / "store.sqlite")
    voters = [("bench~hot", 1, keys.voter("bench~hot", 1, key)) for key in votes]
    lost_votes = len(votes) - len(await store.votes(voters))
    lost_comments = sum([await store.comment(id_) is None for id_ in comments])
    wrong = await store.check()
    await store.close()
    return lost_votes, lost_comments, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--writers", type=int, default=200)
    asked = parser.parse_args()
    folder = fresh(WORK, "votes")
    started = time.perf_counter()
    with ours(folder, 2) as (_, url):
        done = asyncio.run(many_votes(url, asked.votes, 64))
        results = httpx.get(f"{url}/api/v1/polls/bench~hot").json()["results"]
    print(f"{done} of {asked.votes} votes acknowledged in {time.perf_counter() - started:.0f} s: {results}")
    print("store:", asyncio.run(look(folder, set(), set()))[2] or "sound, every tally equals its rows")
    folder = fresh(WORK, "kills")
    votes: set[str] = set()
    comments: set[str] = set()
    for round_ in range(asked.kills):
        with ours(folder, 2) as (process, url):
            more = asyncio.run(until_killed(process, url, round_ + 1, asked.writers, 0.6 + 0.05 * round_))
        votes |= more[0]
        comments |= more[1]
        lost_votes, lost_comments, wrong = asyncio.run(look(folder, votes, comments))
        print(
            f"kill {round_ + 1:2}: {len(votes)} votes and {len(comments)} comments acknowledged so far, "
            f"{lost_votes} and {lost_comments} lost, {wrong or 'every tally equals its rows'}"
        )


if __name__ == "__main__":
    main()
