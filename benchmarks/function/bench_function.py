"""Run with `make bench-function`: our function beside Isso, one machine, one run, SQLite on both sides.

The same on both: two worker processes, limits off (Isso's guard, our limits), proof of work off (Isso has
none), comments published at once. Ours: SQLite in WAL mode with synchronous=FULL. Isso: its own defaults
(rollback journal, FULL).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path

from benchmarks.function import load
from benchmarks.function.load import Load, wrk
from benchmarks.function.servers import fresh, isso, ours, post
from widgets.function.commands import package

WORK = Path(__file__).parents[1] / "work"
COLD = """
import json, os, sys, time
started = time.perf_counter()
sys.path.insert(0, sys.argv[1])
from widgets.function.adapters.aws_entry import handler
imported = time.perf_counter()
answer = handler(json.loads(sys.argv[2]), None)
ended = time.perf_counter()
assert answer["statusCode"] == 200, answer
print(1000 * (imported - started), 1000 * (ended - imported))
"""


def bench_isso(seconds: int) -> dict[str, Load]:
    with isso(fresh(WORK, "isso-run"), WORK, 2) as url:
        for number in range(20):
            post(
                f"{url}/new?uri=%2Ft20%2F",
                {"title": "t", "author": f"P {number}", "text": load.TEXT, "parent": None},
            )
        read = wrk(f"{url}/?uri=%2Ft20%2F", None, seconds=seconds, connections=32, work=WORK)
        new = wrk(url, load.isso_comments(1), seconds=seconds, connections=32, work=WORK)
    return {"thread of 20": read, "new comments": new}


def bench_ours(seconds: int, workers: int) -> dict[str, Load]:
    found: dict[str, Load] = {}
    with ours(fresh(WORK, "ours-run"), workers) as (_, url):
        for thread, many in (("t20", 20), ("t1000", 1_000)):
            for number in range(many):
                key = f"{number + (1 << 64):032x}"
                body = {"pseudonym": f"Seed {thread} {number}", "text": load.TEXT}
                post(f"{url}/api/v1/threads/bench~{thread}/comments", body, Gatherwell_Key=key)
            page = f"{url}/api/v1/threads/bench~{thread}"
            name = f"thread of {many:,}"
            found[name] = wrk(page, None, seconds=seconds, connections=32, work=WORK)
        page = f"{url}/api/v1/threads/bench~t20"
        found["thread of 20, half load"] = half(page, None, found["thread of 20"], seconds)
        for name, script in (
            ("new comments", load.comments),
            ("votes, one poll", load.votes_on_one),
            ("votes, many polls", load.votes_on_many),
        ):
            found[name] = wrk(url, script(len(found)), seconds=seconds, connections=64, work=WORK)
            paced = script(len(found) + 50, pace(found[name], 64))
            found[f"{name}, half load"] = wrk(url, paced, seconds=seconds, connections=64, work=WORK)
    return found


def pace(full: Load, connections: int) -> int:
    """Milliseconds that each connection waits, so that all together ask half of what was answered at full
    load."""
    return max(1, round(connections / (full.rate / 2) * 1000))


def half(url: str, script: str | None, full: Load, seconds: int) -> Load:
    paced = (script or "") + load.paced(pace(full, 64))
    return wrk(url, paced, seconds=seconds, connections=64, work=WORK)


def cold_starts(times: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of import and of the first answer, medians, from the unpacked zip in a fresh
    interpreter."""
    folder = fresh(WORK, "cold")
    zip_ = package(folder / "function.zip", "host")
    zipfile.ZipFile(zip_).extractall(folder / "unpacked")
    manifest = Path(__file__).parents[2] / "widgets" / "contract" / "examples" / "manifest.portfolio.json"
    path = "/api/v1/polls/migraine~weather-trigger"
    event = {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "example.org"},
        "requestContext": {"http": {"method": "GET", "path": path, "sourceIp": "203.0.113.7"}},
        "isBase64Encoded": False,
    }
    found = {}
    for name, store, more in _stores(folder):
        runs = []
        for _ in range(times):
            environment = {
                **os.environ,
                "GATHERWELL_MANIFEST": str(manifest),
                "GATHERWELL_STORE": store,
                "GATHERWELL_SECRET": "s" * 40,
                **more,
            }
            said = subprocess.run(
                [sys.executable, "-I", "-S", "-c", COLD, str(folder / "unpacked"), json.dumps(event)],
                capture_output=True,
                text=True,
                env=environment,
                check=True,
            ).stdout
            runs.append([float(part) for part in said.split()])
        found[name] = (statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs))
    found["zip, bytes"] = (float(zip_.stat().st_size), 0.0)
    return found


def _stores(folder: Path) -> list[tuple[str, str, dict[str, str]]]:
    from moto.server import ThreadedMotoServer

    from widgets.store.dynamodb import connect, create_tables

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    aws = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": "us-east-1",
        "DYNAMODB_ENDPOINT": f"http://{host}:{port}",
    }
    os.environ.update(aws)
    create_tables(connect(), "cold")
    return [("SQLite", f"sqlite:{folder / 'store.sqlite'}", {}), ("DynamoDB (moto)", "dynamodb:cold", aws)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of each measurement")
    parser.add_argument("--workers", type=int, default=2, help="of ours; Isso always has two")
    asked = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    print(__doc__.partition("\n\n")[2])
    peer = bench_isso(asked.seconds)
    own = bench_ours(asked.seconds, asked.workers)
    read, new = peer["thread of 20"], peer["new comments"]
    print(f"{'Isso, thread of 20':32}{read.rate:10.0f}/s  p99 {read.p99:7.1f} ms  failed {read.failures}")
    print(f"{'Isso, new comments':32}{new.rate:10.0f}/s  p99 {new.p99:7.1f} ms  failed {new.failures}")
    for name, result in own.items():
        base = read if name.startswith("thread") else new
        print(
            f"{name:32}{result.rate:10.0f}/s  p99 {result.p99:7.1f} ms  failed {result.failures}"
            f"  {result.rate / base.rate:6.1f} × Isso's {'thread of 20' if base is read else 'comments'}"
        )
    for name, (first, second) in cold_starts(7).items():
        print(
            f"{name:32}"
            + (f"import {first:5.0f} ms, first answer {second:4.0f} ms" if second else f"{first:10,.0f}")
        )


if __name__ == "__main__":
    main()
