"""Owns what a store keeps of who asked to be told of answers: a keyed hash beside a post, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import Protocol


class NewsStore(Protocol):
    """Which posts somebody asked to be told about. A *watcher* is a keyed hash made of a device's number for one kind of post
    in one condition; a *thing* is the id of a comment, story or question.

    A thing's row is erased in the transaction that erases the thing.
    """

    def watch(self, watcher: str, thing: str) -> Awaitable[None]:
        """Keep that this watcher asked about the thing. A thing has one watcher, the last. Raises Gone, Busy."""
        ...

    def watched(self, watchers: Sequence[str]) -> Awaitable[Mapping[str, tuple[str, ...]]]:
        """Watcher → things in their order, of those that watch any."""
        ...

    def unwatch(self, watchers: Sequence[str]) -> Awaitable[int]:
        """Forget these watchers, and how many things they watched."""
        ...

    def forget(self, thing: str) -> Awaitable[None]:
        """Forget who watched a thing that is not there any more. Raises Busy."""
        ...
