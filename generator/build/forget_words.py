"""Words of members that were taken back leave the cache too: rows that held them are gone, and the file is written anew."""

from __future__ import annotations

from pathlib import Path

import msgspec

from generator.content.snapshot import Snapshot
from generator.disk.cache import Cache, rewritten_without
from generator.ground.text import digest

_NAME = "voices"
_TABLE = "search"  # the only one that remembers words of members


def forget_words(cache: Cache, snapshot: Snapshot, *, indexed: bool) -> None:
    """Call it when a build is done. *indexed*: the search index, of which the cache remembers words, was brought up to date."""
    live, earlier = _live(snapshot), set(cache.remembered(_NAME).split())
    if earlier == live:
        return
    if earlier - live:
        if not indexed:
            cache.drop_below(_TABLE, "")
        cache.rewrite()
    cache.remember(_NAME, " ".join(sorted(live)))


def forget_words_in(state: Path, snapshot: Snapshot) -> None:
    """The same for a cache that a build has not used."""
    rewritten_without(state, _TABLE, _NAME, _live(snapshot))


def _live(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(digest(msgspec.json.encode(voice))[:32] for voice in snapshot.voices.values())
