"""The full forms of the heavy promises: 50,000 votes from 64 connections, and kill -9 under 200 writers, 20
times."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

from benchmarks.function.servers import ORIGIN, fresh, ours
from widgets.rules.keys import Keys
from widgets.store.sqlite import SqliteStore

WORK = Path(__file__).parents[1] / "work"
VOTE = json.dumps({"version": 1, "choices": ["often"]}).encode()


class Connection:
    """One kept-alive connection, as bare as can be: the client must not be what is measured."""

    def __init__(self, url: str) -> None:
        self._host, _, port = url.removeprefix("http://").partition(":")
        self._port = int(port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, key: str, body: bytes) -> tuple[int, bytes]:
        """Status and body. Raises OSError or EOFError when the server is gone."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nOrigin: {ORIGIN}\r\nGatherwell-Key: {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = int(re.findall(rb"(?i)content-length: (\d+)", answer)[0])
        return int(answer.split(b" ", 2)[1]), await reader.readexactly(length)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


async def vote(connection: Connection, key: str, body: bytes = VOTE) -> bool:
    status, _ = await connection.post("/api/v1/polls/bench~hot/votes", key, body)
    return status == 200


async def comment(connection: Connection, key: str, number: int) -> str | None:
    name = "".join(chr(97 + int(digit)) for digit in str(number))
    body = json.dumps({"pseudonym": f"Writer {name}", "text": f"words of {name}"}).encode()
    path = f"/api/v1/threads/bench~page-{number % 100}/comments"
    status, answer = await connection.post(path, key, body)
    return str(json.loads(answer)["comment"]["id"]) if status == 201 else None


async def many_votes(url: str, votes: int, connections: int) -> int:
    """Half of them new, half changing the first half's; how many were acknowledged."""
    people = votes // 2
    never = VOTE.replace(b"often", b"never")

    async def worker(first: int) -> int:
        connection = Connection(url)
        acknowledged = 0
        for choice in (VOTE, never):
            for number in range(first, people, connections):
                acknowledged += 1 if await vote(connection, f"{number:032x}", choice) else 0
        connection.close()
        return acknowledged

    return sum(await asyncio.gather(*map(worker, range(connections))))


async def until_killed(
    process: subprocess.Popen[bytes], url: str, round_: int, writers: int, enough: int
) -> tuple[set[str], set[str]]:
    """Keys whose vote, and ids whose comment, was acknowledged; the kill comes once `enough` were."""
    votes: set[str] = set()
    comments: set[str] = set()

    async def writer(who: int) -> None:
        connection = Connection(url)
        for turn in range(1_000_000):
            number = (round_ * 1_000 + who) * 1_000_000 + turn
            key = f"{number:032x}"
            try:
                if (turn + who) % 4:
                    if await vote(connection, key):
                        votes.add(key)
                elif written := await comment(connection, key, number):
                    comments.add(written)
            except (OSError, EOFError):
                break
            if len(votes) + len(comments) == enough:
                os.killpg(process.pid, signal.SIGKILL)
        connection.close()

    await asyncio.gather(*map(writer, range(writers)))
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
        results = json.loads(urlopen(f"{url}/api/v1/polls/bench~hot").read())["results"]
    print(f"{done} of {asked.votes} votes acknowledged in {time.perf_counter() - started:.0f} s: {results}")
    print("store:", asyncio.run(look(folder, set(), set()))[2] or "sound, every tally equals its rows")
    broken = done != asked.votes or results["voters"] != asked.votes // 2
    folder = fresh(WORK, "kills")
    votes: set[str] = set()
    comments: set[str] = set()
    for round_ in range(asked.kills):
        with ours(folder, 2) as (process, url):
            more = asyncio.run(until_killed(process, url, round_ + 1, asked.writers, 900 + 50 * round_))
        votes |= more[0]
        comments |= more[1]
        lost_votes, lost_comments, wrong = asyncio.run(look(folder, votes, comments))
        print(
            f"kill {round_ + 1:2}: {len(votes)} votes and {len(comments)} comments acknowledged so far, "
            f"{lost_votes} and {lost_comments} lost, {wrong or 'every tally equals its rows'}",
            flush=True,
        )
        broken = broken or bool(lost_votes or lost_comments or wrong)
    print(
        "BROKEN: something acknowledged is not there" if broken else "held: everything acknowledged is there"
    )
    raise SystemExit(int(broken))


if __name__ == "__main__":
    main()
