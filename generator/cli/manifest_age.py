"""A manifest as commands describe it: where it is, how old it is, what it names."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import NamedTuple

from generator.cli.messages import count

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def built_manifests(output: Path) -> list[Path]:
    """Those that a build wrote, one a host; none before the first build."""
    return sorted([*output.glob("manifest.json"), *output.glob("*/manifest.json")])


class ManifestSeen(NamedTuple):
    """A manifest on this disk: its age in seconds, and how many polls and threads it names."""

    age: float
    polls: int
    threads: int


def look_at_manifest(path: Path) -> ManifestSeen | None:
    """None where there is none or none that can be read."""
    try:
        known = json.loads(path.read_bytes())
        return ManifestSeen(
            max(0.0, time.time() - path.stat().st_mtime), len(known["polls"]), len(known["threads"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def told_manifest(place: str) -> str:
    """One line; an address is fetched by the function itself."""
    if place.startswith(("http://", "https://")):
        return f"{place}, fetched every minute"
    seen = look_at_manifest(Path(place))
    if seen is None:
        return f"{place} is not there yet; until `gatherwell build` writes it, every request is answered with 503"
    return f"{place}, {told_age(seen.age)} old: {count(seen.polls, 'poll')}, {count(seen.threads, 'thread')}"


def told_age(seconds: float) -> str:
    """*seconds* in the largest unit of which there are two."""
    for unit, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds >= 2 * unit:
            return count(int(seconds // unit), name)
    return count(int(seconds), "second")
