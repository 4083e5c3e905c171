"""Owns what a sensitive poll shows: what was fixed at its last moment, and nothing between two moments."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.contract.manifest import Poll
from widgets.function.state.services import Services
from widgets.rules.polls import next_publication, publication_due, rounding
from widgets.store.records import Tally


@dataclass(frozen=True, slots=True)
class Shown:
    """The tally that a poll shows, None before a sensitive poll's first moment, and when that poll publishes next."""

    tally: Tally | None
    next: int | None = None
    last: int | None = None


async def fix_due(services: Services, poll_id: str, poll: Poll) -> Shown:
    """Fix what a sensitive poll is due to publish; of any other poll, nothing is read. Called before what reads the poll
    and before what changes its rows."""
    if not poll.sensitive:
        return Shown(None)
    now = services.settings.clock()
    last = await services.store.published(poll_id, poll.version)
    due = publication_due(poll, last.moment if last else None, now)
    if due is not None:
        rounded = rounding(
            poll,
            last.moment if last else None,
            lambda cell: services.keys.digest("offset", poll_id, str(poll.version), cell),
        )
        last = await services.store.publish(poll_id, poll.version, due, rounded)
    moment = last.moment if last else None
    return Shown(last.tally if last else None, next_publication(poll, moment, now), moment)
