"""Owns the zip's figures: its size for each architecture, and its first answer in a fresh interpreter."""

from __future__ import annotations

import json
import logging
import os
import statistics
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.function.servers import fresh
from widgets.adapters.commands import PackageError, package

MANIFEST = Path(__file__).parents[2] / "widgets" / "contract" / "examples" / "manifest.portfolio.json"
PAGE = "/api/v1/polls/migraine~weather-trigger"
COLD = """
import json, sys, time
started = time.perf_counter()
sys.path.insert(0, sys.argv[1])
from widgets.adapters.aws_entry import handler
imported = time.perf_counter()
answer = handler(json.loads(sys.argv[2]), None)
ended = time.perf_counter()
assert answer["statusCode"] == 200, answer
print(1000 * (imported - started), 1000 * (ended - imported))
"""


def cold_starts(work: Path, times: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of import and of the first answer, medians, from the unpacked zip with nothing else at hand."""
    folder = fresh(work, "cold")
    unpacked = folder / "unpacked"
    zipfile.ZipFile(package(folder / "function.zip", "host")).extractall(unpacked)
    found = {}
    with dynamodb() as aws:
        stores = {
            "SQLite": {"GATHERWELL_STORE": f"sqlite:{folder / 'store.sqlite'}"},
            "DynamoDB": {"GATHERWELL_STORE": "dynamodb:cold", **aws},
        }
        for name, settings in stores.items():
            runs = [_cold_start(unpacked, settings) for _ in range(times)]
            imported, answered = zip(*runs, strict=True)
            found[name] = (statistics.median(imported), statistics.median(answered))
    return found


def _cold_start(unpacked: Path, settings: dict[str, str]) -> tuple[float, float]:
    environment = {
        **os.environ,
        "GATHERWELL_MANIFEST": str(MANIFEST),
        "GATHERWELL_SECRET": "s" * 40,
        **settings,
    }
    command = [sys.executable, "-I", "-S", "-c", COLD, str(unpacked), json.dumps(_event())]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    imported, answered = done.stdout.split()
    return float(imported), float(answered)


def _event() -> dict[str, Any]:
    return {
        "version": "2.0",
        "rawPath": PAGE,
        "rawQueryString": "",
        "headers": {"host": "example.org"},
        "requestContext": {"http": {"method": "GET", "path": PAGE, "sourceIp": "203.0.113.7"}},
        "isBase64Encoded": False,
    }


@contextmanager
def dynamodb() -> Iterator[dict[str, str]]:
    """The environment of a process that talks to a DynamoDB of moto's, with the tables made."""
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
    try:
        yield aws
    finally:
        server.stop()


def zip_sizes(work: Path) -> dict[str, int]:
    """Bytes by architecture; 0 where no wheels could be fetched."""
    folder = fresh(work, "zips")
    found = {}
    for arch in ("arm64", "x86_64"):
        try:
            found[arch] = package(folder / f"{arch}.zip", arch).stat().st_size  # type: ignore[arg-type]
        except PackageError as error:
            print(error, file=sys.stderr)
            found[arch] = 0
    return found
