"""One build, timed or watched, and a look at whether its output is whole."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import subprocess
import sys
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
    """*seconds* on the wall, *peak* where watched, *fault* empty for a whole build, *printed* on stdout; *cpu*: seconds
    of processors, of all processes together, 0 where that is not known.
    """

    seconds: float
    peak: Peak | None
    fault: str
    printed: str
    cpu: float = 0.0


def _as_installed(environment: Mapping[str, str]) -> dict[str, str]:
    """*environment* as users have it. Installing a package compiles its modules; from a checkout the first start does,
    unless the runner forbids Python to keep them: then each start would compile everything anew.
    """
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_build(steps: Iterable[Step], interval: float | None = None) -> Outcome:
    """Runs *steps* one after another; with *interval* their memory is watched, and the greatest peak kept."""
    seconds, peaks, printed = 0.0, [Peak(0, "not measured")], ""
    before = _processors()
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
    peak = max(peaks, key=lambda one: one.bytes) if interval else None
    return Outcome(seconds, peak, "", printed, _processors() - before)


def _processors() -> float:
    """Seconds of processors that ended descendants have used; those whose parent is gone are waited for."""
    if not sys.platform.startswith("linux"):
        return 0.0
    import resource

    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def adopt_orphans() -> None:
    """Makes this process the parent of every descendant whose own parent ends, so that none goes uncounted."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


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
    if options.search and not any(
        found for name in ("*.pf_meta", "directory.json") for found in site.out.rglob(name)
    ):
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


def tree_digests(folder: Path) -> dict[str, tuple[str, int]]:
    """Digest and size of every file under *folder*, by its path there."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            content = (Path(path) / name).read_bytes()
            found[str(Path(path, name).relative_to(folder))] = (
                hashlib.blake2b(content).hexdigest(),
                len(content),
            )
    return found


def to_upload(before: Mapping[str, tuple[str, int]], after: Mapping[str, tuple[str, int]]) -> tuple[int, int]:
    """How many files of *after* are new or other than before, and their bytes."""
    changed = [size for path, (digest, size) in after.items() if before.get(path, ("", 0))[0] != digest]
    return len(changed), sum(changed)


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
