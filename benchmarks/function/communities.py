"""Owns the second table: the function as communities run it, with limits, proofs of work and the policy `first`, asked by
many devices at many addresses; and how long `gatherwell results pull` takes.

Every proof is solved beforehand, as browsers solve theirs: what is measured is what the function does with them. A trusted
proxy names another address with each request, so that limits are counted, and none is reached.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from altcha import Challenge, Payload, solve_challenge

from benchmarks.function import load
from benchmarks.function.load import Load, wrk
from benchmarks.function.rows import Row, pace
from benchmarks.function.servers import ORIGIN, fresh, ours
from widgets.adapters.environment import read_or_make_secret
from widgets.function.state.settings import ProofSettings
from widgets.rules.keys import Keys
from widgets.rules.proof import Purpose, new_challenge
from widgets.store.desk_records import DeskRow
from widgets.store.opening import open_stores
from widgets.store.records import Comment

PULLED: tuple[int, int] = (10_000, 3)  # threads, and comments in each
_MOST_A_SECOND = {"new members' comments": 1_200, "first votes": 2_500}  # for which proofs are made
_ISSUED_BEFORE = 60  # seconds: a comment's proof is not taken within the first few
_PULL, _AGAIN = "results pull, all of it", "results pull, nothing changed"


def measure_communities(work: Path, seconds: int) -> dict[str, Load]:
    """Full load, and half of it, of two kinds of requests."""
    found: dict[str, Load] = {}
    with ours(folder := fresh(work, "communities-run"), 2, guarded=True) as (_, url):
        keys = Keys(read_or_make_secret(folder / "secret"))
        acts: tuple[tuple[str, Purpose, Callable[..., str]], ...] = (
            ("new members' comments", "text", load.proven_comments),
            ("first votes", "vote", load.proven_votes),
        )
        for seed, (name, purpose, script) in enumerate(acts, 100):
            many = _MOST_A_SECOND[name] * seconds
            place = write_proofs(folder / f"{seed}", proofs(keys, purpose, many))
            found[name] = wrk(url, script(seed, place), seconds=seconds, connections=64, work=work)
            place = write_proofs(folder / f"{seed}-half", proofs(keys, purpose, many // 2))
            slower = script(seed + 50, place, pace(found[name]))
            found[f"{name}, half load"] = wrk(url, slower, seconds=seconds, connections=64, work=work)
    return found


def proofs(keys: Keys, purpose: Purpose, many: int) -> Iterator[str]:
    """Solved challenges as a browser sends them. Their answer is the first counter and a round the cost, since only who has the
    secret can make such: checking them costs the same."""
    puzzle = replace(ProofSettings().puzzle(purpose), cost=1)
    now = int(time.time()) - _ISSUED_BEFORE
    for number in range(many):
        first = (secrets.randbelow(1 << 40) * (puzzle.most + 1)).to_bytes(8, "big")
        challenge = Challenge.from_dict(new_challenge(keys, puzzle, now, first))
        solution = solve_challenge(challenge)
        if solution is None:
            raise SystemExit(f"Proof {number} was not solved.")
        yield Payload(challenge, solution).to_base64()


def write_proofs(place: Path, made: Iterable[str]) -> Path:
    """One file for each of wrk's two threads: `<place>.0` and `<place>.1`."""
    lines = list(made)
    for thread in range(2):
        place.with_name(f"{place.name}.{thread}").write_text("\n".join(lines[thread::2]) + "\n", "ascii")
    return place


def measure_pull(work: Path, threads: int = PULLED[0], comments: int = PULLED[1]) -> dict[str, float]:
    """Seconds that the command takes, from its start to its end: of everything, and once more."""
    folder = fresh(work, "pull-run")
    project = folder / "project"
    project.mkdir()
    settings = {
        "title": {"en": "Bench"},
        "base_url": ORIGIN,
        "languages": ["en"],
        "widgets": {"endpoint": "/api/v1"},
    }
    (project / "gatherwell.yaml").write_text(json.dumps(settings), "utf-8")
    fill_store(folder / "store.sqlite", threads, comments)
    with ours(folder, 2, guarded=True, threads=threads) as (_, url):
        command = [sys.executable, "-c", "from generator.cli import run; run()", "results", "pull"]
        command += ["--root", str(project), "--endpoint", url]
        return {name: _seconds_of(command, threads) for name in (_PULL, _AGAIN)}


def _seconds_of(command: list[str], threads: int) -> float:
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    took = time.perf_counter() - started
    if done.returncode or f"{threads:,} threads" not in done.stdout.replace("\u202f", ","):
        raise SystemExit(f"The pull did not bring every thread:\n{done.stdout}{done.stderr}")
    return took


def fill_store(path: Path, threads: int, comments: int) -> None:
    """Published comments in every thread of the manifest's pages, written as the importer writes."""

    async def fill() -> None:
        store, ledger = open_stores(f"sqlite:{path}")
        made = [_comment(thread, number) for thread in range(threads) for number in range(comments)]
        for begin in range(0, len(made), 1_000):
            row = DeskRow("bench", f"{begin:08d}", {})
            await store.import_comments(made[begin : begin + 1_000], row)
        await store.close()
        await ledger.close()

    asyncio.run(fill())


def _comment(thread: int, number: int) -> Comment:
    id_ = f"{thread:022d}{number:04d}"
    name = f"Person {thread} {number}"
    return Comment(
        id=id_,
        thread=f"bench~page-{thread}",
        condition="bench",
        root=id_,
        parent=None,
        author=f"{thread:028x}{number:04x}",
        pseudonym=name,
        skeleton=name.casefold().replace(" ", ""),
        text=load.TEXT,
        html=f"<p>{load.TEXT}</p>",
        lang="en",
        created=1_790_000_000 + thread,
        state="published",
    )


def rows(found: dict[str, Load], pulled: dict[str, float]) -> list[Row]:
    made = []
    for name in _MOST_A_SECOND:
        half = found[f"{name}, half load"]
        made.append(Row(name, "", f"{found[name].rate:,.0f}/s", None))
        made.append(
            Row(
                f"p99 at half load: {name}",
                "< 50 ms",
                f"{half.p99:.1f} ms at {half.rate:,.0f}/s",
                half.p99 < 50,
            )
        )
    failures = sum(each.failures for each in found.values())
    made.append(Row("failed answers", "0", str(failures), failures == 0))
    threads, comments = PULLED
    for name, most in ((_PULL, 10), (_AGAIN, 1)):
        figure = f"{name}: {threads:,} threads of {comments} comments"
        made.append(Row(figure, f"≤ {most} s", f"{pulled[name]:.2f} s", pulled[name] <= most))
    return made
