"""Run with `make bench-function`: our function beside Isso, one machine, one run, SQLite on both sides.

Equal on both sides: two worker processes; rate limits off (our limits, Isso's guard); proof of work off (Isso has
none); comments published at once; wrk with two threads on the same cores; 32 connections for reading, and Isso's
better rate of 32 and 64 for writing against our 64. Ours: SQLite in WAL mode with synchronous=FULL, every answer
after its commit. Isso under gunicorn with its own SQLite settings: rollback journal, synchronous=FULL.

"Cached" asks the same page again and again, as readers do; "uncached" gives every request a cursor of its own, so
that each answer is read from the store and rendered. Each figure is the median of the rounds; a ratio is taken
within each round.

A second table follows: limits, proof of work and the policy `first` on, as communities run it (`communities.py`), once.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.function import load
from benchmarks.function.cold import cold_starts, zip_sizes
from benchmarks.function.communities import measure_communities, measure_pull
from benchmarks.function.communities import rows as community_rows
from benchmarks.function.load import Load, wrk
from benchmarks.function.rows import Row, pace
from benchmarks.function.servers import ISSO, fresh, isso, ours, post
from benchmarks.machine import now, read_load, read_machine

WORK = Path(__file__).parents[1] / "work"
Round = dict[str, Load]


def measure_isso(seconds: int) -> Round:
    with isso(fresh(WORK, "isso-run"), WORK, 2) as url:
        for number in range(20):
            post(
                f"{url}/new?uri=%2Ft20%2F",
                {"title": "t", "author": f"P {number}", "text": load.TEXT, "parent": None},
            )
        read = wrk(f"{url}/?uri=%2Ft20%2F", None, seconds=seconds, connections=32, work=WORK)
        new = [
            wrk(url, load.isso_comments(seed), seconds=seconds, connections=connections, work=WORK)
            for seed, connections in ((1, 32), (2, 64))
        ]
    return {"Isso: thread of 20": read, "Isso: new comments": max(new, key=lambda each: each.rate)}


def measure_ours(seconds: int) -> Round:
    found: Round = {}
    with ours(fresh(WORK, "ours-run"), 2) as (_, url):
        for thread, many in (("t20", 20), ("t1000", 1_000)):
            fill(f"{url}/api/v1/threads/bench~{thread}/comments", many)
        for thread, words in (("t20", "thread of 20"), ("t1000", "thread of 1,000")):
            page = f"{url}/api/v1/threads/bench~{thread}"
            found[f"{words}, cached"] = wrk(page, None, seconds=seconds, connections=32, work=WORK)
            found[f"{words}, uncached"] = wrk(
                page, load.uncached(thread), seconds=seconds, connections=32, work=WORK
            )
        page = f"{url}/api/v1/threads/bench~t20"
        paced = load.paced(pace(found["thread of 20, cached"]))
        found["thread of 20, half load"] = wrk(page, paced, seconds=seconds, connections=64, work=WORK)
        for name, script in (
            ("new comments", load.comments),
            ("votes on one poll", load.votes_on_one),
            ("votes on many polls", load.votes_on_many),
        ):
            found[name] = wrk(url, script(len(found)), seconds=seconds, connections=64, work=WORK)
            slower = script(len(found) + 50, pace(found[name]))
            found[f"{name}, half load"] = wrk(url, slower, seconds=seconds, connections=64, work=WORK)
    return found


def fill(comments: str, many: int) -> None:
    def write(number: int) -> None:
        body = {"pseudonym": f"Seed {number}", "text": load.TEXT}
        post(comments, body, Gatherwell_Key=f"{number + (1 << 64):032x}")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(many)))


def middle(rounds: list[Round], of: Callable[[Round], float]) -> float:
    return statistics.median(of(each) for each in rounds)


def ratio(rounds: list[Round], of: str, to: str) -> float:
    """Median over the rounds; NaN, which meets no budget, where a side was not answered at all."""
    return middle(rounds, lambda each: each[of].rate / each[to].rate if each[to].rate else math.nan)


def rate_rows(rounds: list[Round]) -> list[Row]:
    rows = [
        Row(name, "", f"{middle(rounds, lambda r, n=name: r[n].rate):,.0f}/s", None)
        for name in ("Isso: thread of 20", "Isso: new comments")
    ]
    promised = (
        ("thread of 20, cached", "Isso: thread of 20", 20),
        ("thread of 20, uncached", "Isso: thread of 20", None),
        ("new comments", "Isso: new comments", 3),
        ("votes on one poll", "Isso: new comments", 5),
        ("votes on many polls", "Isso: new comments", 5),
    )
    for name, peer, least in promised:
        times = ratio(rounds, name, peer)
        rate = middle(rounds, lambda r, n=name: r[n].rate)
        budget = f"≥ {least} × {peer}" if least else ""
        met = times >= least if least else None
        rows.append(Row(name, budget, f"{rate:,.0f}/s, {times:.1f} × {peer}", met))
    for kind in ("cached", "uncached"):
        large, small = f"thread of 1,000, {kind}", f"thread of 20, {kind}"
        times = ratio(rounds, small, large)
        rate = middle(rounds, lambda r, n=large: r[n].rate)
        rows.append(
            Row(
                f"first page of a {large}",
                "≤ 2 × the time of 20",
                f"{rate:,.0f}/s, {times:.2f} ×",
                times <= 2,
            )
        )
    return rows


def delay_rows(rounds: list[Round]) -> list[Row]:
    rows = []
    for name in ("thread of 20", "new comments", "votes on one poll", "votes on many polls"):
        half = f"{name}, half load"
        rate = middle(rounds, lambda r, n=half: r[n].rate)
        p99 = middle(rounds, lambda r, n=half: r[n].p99 if r[n].rate else math.nan)
        rows.append(Row(f"p99 at half load: {name}", "< 50 ms", f"{p99:.1f} ms at {rate:,.0f}/s", p99 < 50))
    failures = sum(result.failures for each in rounds for name, result in each.items() if "Isso" not in name)
    return [*rows, Row("failed answers of ours, all rounds", "0", str(failures), failures == 0)]


def cold_rows() -> list[Row]:
    rows = []
    for store, (imported, answered) in cold_starts(WORK, 7).items():
        most = 400 if store == "SQLite" else 600
        measured = f"{imported:.0f} + {answered:.0f} = {imported + answered:.0f} ms"
        rows.append(
            Row(f"cold import + first answer, {store}", f"≤ {most} ms", measured, imported + answered <= most)
        )
    for arch, size in zip_sizes(WORK).items():
        measured = f"{size / 1e6:.1f} MB" if size else "wheels could not be fetched"
        rows.append(Row(f"zip, {arch}", "≤ 15 MB", measured, 0 < size <= 15_000_000))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=4, help="length of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one round of one second: for a first look")
    asked = parser.parse_args()
    rounds, seconds = (1, 1) if asked.quick else (asked.rounds, asked.seconds)
    WORK.mkdir(parents=True, exist_ok=True)
    before = read_load()
    print((__doc__ or "").partition("\n\n")[2])
    found = [{**measure_isso(seconds), **measure_ours(seconds)} for _ in range(rounds)]
    rows = [*rate_rows(found), *delay_rows(found), *cold_rows()]
    print(*read_machine().lines(), sep="\n")
    print(f"{now().isoformat()}; {ISSO}; {rounds} × {seconds} s; load before {before}, after {read_load()}\n")
    show(rows)
    print(
        "\nAs communities run it: limits, proof of work and the policy `first` on, each request from an address of its own.\n"
    )
    show(community_rows(measure_communities(WORK, seconds), measure_pull(WORK)))


def show(rows: list[Row]) -> None:
    print("| figure | budget | measured | |", "|---|---|---|---|", *(row.line() for row in rows), sep="\n")


if __name__ == "__main__":
    main()
