"""One build, timed or watched, and a look at whether its output is whole."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import CORPUS_FILE
from benchmarks.memory import Peak, watch_peak
from benchmarks.tools import Options, Site, Step

# Reading smaps_rollup holds a process up: timed runs are not watched, or (scaling runs) every 500 ms only.
WATCH_SECONDS = 0.05
WATCH_SECONDS_TIMED = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """*seconds* on the wall, *peak* where watched, *fault* empty for a whole build, *printed* on stdout."""

    seconds: float
    peak: Peak | None
    fault: str
    printed: str


def _as_installed(environment: Mapping[str, str]) -> dict[str, str]:
    """*environment* as users have it. Installing a package compiles its modules; from a checkout the first start does,
    unless the runner forbids Python to keep them: then each start would compile everything anew.
    """
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_build(steps: Iterable[Step], interval: float | None = None) -> Outcome:
    """Runs *steps* one after another; with *interval* their memory is watched, and the greatest peak kept."""
    seconds, peaks, printed = 0.0, [Peak(0, "not measured")], ""
    for step in steps:
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            started = time.perf_counter()
            process = subprocess.Popen(
                step.command,
                cwd=step.directory,
                env=_as_installed(os.environ) | dict(step.environment),
                stdout=output,
                stderr=errors,
            )
            try:
                if interval is None:
                    process.wait()
                else:
                    peaks.append(watch_peak(process, interval))
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
            seconds += time.perf_counter() - started
            output.seek(0)
            errors.seek(0)
            printed = output.read().decode(errors="replace")
            if process.returncode:
                return Outcome(seconds, None, _reason(process.returncode, errors.read(), printed), printed)
    return Outcome(seconds, max(peaks, key=lambda one: one.bytes) if interval else None, "", printed)


def read_record(corpus: Path) -> dict[str, Any]:
    """``corpus.json``: plan, addresses and the sample article."""
    record: dict[str, Any] = json.loads((corpus / CORPUS_FILE).read_text())
    return record


def find_fault(site: Site, record: Mapping[str, Any], expected: tuple[str, ...]) -> str:
    """Empty when every article has its page and the sample article's page shows the *expected* texts."""
    addresses: list[str] = record["addresses"]
    present = sum(1 for address in addresses if _size(site.out / address / "index.html") > 0)
    if present != len(addresses):
        return f"incomplete: {present:,} of {len(addresses):,} articles"
    page = (site.out / record["sample"]["address"] / "index.html").read_text()
    missing = [text for text in expected if text not in page]
    return f"stale: the edited page lacks “{missing[0]}”" if missing else ""


def find_shirked(site: Site, record: Mapping[str, Any], options: Options) -> str:
    """Empty when the output holds all that *options* ask for: no row is won by leaving work out."""
    if options.search and not any(site.out.rglob("*.pf_meta")):
        return "no search index in the output"
    if options.images and _count(site, "webp", "avif") < 2 * record["photographs"]:
        return "pictures are not scaled"
    if options.cards and _count(site, "png") < len(record["addresses"]):
        return "articles without a card"
    return ""


def _count(site: Site, *suffixes: str) -> int:
    return sum(1 for suffix in suffixes for _ in site.out.rglob(f"*.{suffix}"))


def measure_tree(folder: Path) -> tuple[int, int]:
    """Files under *folder* and the sum of their sizes in bytes."""
    files = size = 0
    for path, _, names in os.walk(folder):
        for name in names:
            files += 1
            size += (Path(path) / name).stat().st_size
    return files, size


def read_warm(folder: Path) -> None:
    """Reads every file once, so that each generator finds its input in the page cache."""
    for path, _, names in os.walk(folder):
        for name in names:
            (Path(path) / name).read_bytes()


def settle() -> None:
    """Writes out what an earlier build left dirty, so that the next one does not pay for it."""
    if hasattr(os, "sync"):
        os.sync()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _reason(code: int, errors: bytes, printed: str) -> str:
    lines = (errors.decode(errors="replace").strip() or printed.strip()).splitlines() or ["no message"]
    how = f"signal {-code}" if code < 0 else f"exit {code}"
    return f"failed ({how}): {lines[-1][:160]}"
