"""Owns the trace of a plea that was withdrawn while it was held, so that whoever was called for it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from widgets.function.state.services import Services
from widgets.function.text.name_claims import erased_name
from widgets.rules.flags import MOST_URGENT
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store, Trace
from widgets.store.records import Comment

WITHDRAWN: Final = "withdrawn-plea"  # kind of rows
KEPT_SECONDS: Final = 30 * 86_400
_REASONS: Final = frozenset({"crisis", "danger", "method"})


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """No word, no key, no name: when and where, and how grave it was. `minute` is since 1970."""

    condition: str
    level: str
    minute: int


def trace_of(services: Services, comment: Comment, *, all_of_it: bool) -> Trace:
    """What is kept of a comment, to be written with the removal by its writer."""
    return Trace(_plea(services, comment), erased_name(services, comment, all_of_it=all_of_it))


def _plea(services: Services, comment: Comment) -> tuple[DeskRow, ...]:
    """Nothing where it was no held plea."""
    if comment.state != "held" or _REASONS.isdisjoint(comment.held):
        return ()
    return (plea_row(services, comment.condition, comment.urgency),)


def plea_row(services: Services, condition: str, urgency: int) -> DeskRow:
    now = services.now()
    level = "now" if urgency >= MOST_URGENT else "thoughts"
    value = {"condition": condition, "level": level, "minute": now // 60}
    return DeskRow(WITHDRAWN, services.settings.random(8).hex(), value, now + KEPT_SECONDS)


async def withdrawn_pleas(store: Store, now: int) -> Sequence[WithdrawnRow]:
    """Those of the last 30 days, the newest first."""
    rows = [row for row in await store.desk_rows(WITHDRAWN) if row.expires is None or row.expires > now]
    found = [WithdrawnRow(row.value["condition"], row.value["level"], row.value["minute"]) for row in rows]
    return sorted(found, key=lambda row: row.minute, reverse=True)
