"""Peak memory of a whole process tree, sampled while it runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Peak:
    """*measure* is ``PSS`` (shared pages divided among their users), ``RSS`` or ``not measured``."""

    bytes: int
    measure: str


def watch_peak(process: subprocess.Popen[bytes], interval: float) -> Peak:
    """Waits for *process*, looking at it and its descendants every *interval* seconds."""
    sample = _choose_sampler(process.pid)
    peak = Peak(0, "not measured")
    while True:
        if sample is not None:
            found = sample(process.pid)
            peak = max(peak, found, key=lambda one: one.bytes)
        try:
            process.wait(interval)
        except subprocess.TimeoutExpired:
            continue
        return peak


def _choose_sampler(pid: int) -> Callable[[int], Peak] | None:
    if (_PROC / str(pid) / "smaps_rollup").exists():
        return _proportional
    return None if sys.platform == "win32" else _resident


def _proportional(root: int) -> Peak:
    parents = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue  # it ended between the listing and the look
            # The name in brackets may hold spaces; the parent's id is the second field after it.
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    return Peak(sum(_pss(pid) for pid in _family(root, parents)), "PSS")


def _pss(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _resident(root: int) -> Peak:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    parents = {pid: parent for pid, parent, _ in rows}
    sizes = {pid: size for pid, _, size in rows}
    return Peak(sum(sizes.get(pid, 0) * 1024 for pid in _family(root, parents)), "RSS")


def _family(root: int, parents: dict[int, int]) -> Iterable[int]:
    children: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        children.setdefault(parent, []).append(pid)
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += children.get(pid, [])
