"""Owns how far back a member's own contributions are reached: which versions of polls and surveys, which threads and conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from widgets.contract.manifest import Poll, RetiredPoll
from widgets.contract.surveys import Survey
from widgets.function.kinds.kind import Reach
from widgets.function.state.services import Services

_VERSIONS: Final = 20  # of one, the newest; older ones are reached where the manifest retires them


async def reach_of(services: Services) -> Reach:
    """All that the manifest and its retired ids name, and surveys of which the store has rows."""
    manifest = await services.manifest.current()
    retired = manifest.retired
    return Reach(
        _versions(manifest.polls, retired.polls),
        list(dict.fromkeys([*manifest.threads, *retired.threads])),
        list(dict.fromkeys([*manifest.conditions, *retired.conditions])),
        await reach_surveys(services),
    )


async def reach_surveys(services: Services) -> list[tuple[str, int]]:
    """A survey may have left the manifest without being retired: its rows are their writers' all the same."""
    manifest = await services.manifest.current()
    named = _versions(manifest.surveys, manifest.retired.surveys)
    heads = await services.store.surveys.heads()
    return list(dict.fromkeys([*named, *((one.survey, one.version) for one in heads if not one.ended)]))


def _versions(
    current: Mapping[str, Poll] | Mapping[str, Survey], retired: Sequence[RetiredPoll]
) -> list[tuple[str, int]]:
    found = [
        (id_, version)
        for id_, item in current.items()
        for version in range(max(1, item.version - _VERSIONS + 1), item.version + 1)
    ]
    known = set(found)
    return found + [(item.id, item.version) for item in retired if (item.id, item.version) not in known]
