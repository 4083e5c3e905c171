"""Owns when a condition rests and how fast one author may write in it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from widgets.contract.manifest import Quiet

log = logging.getLogger("gatherwell.function")


def in_quiet_hours(quiet: Quiet | None, now: float) -> bool:
    """From `begin` until before `end`, by the clocks of its time zone."""
    if quiet is None:
        return False
    time = datetime.fromtimestamp(now, _zone(quiet.time_zone)).strftime("%H:%M")
    if quiet.begin <= quiet.end:
        return quiet.begin <= time < quiet.end
    return time >= quiet.begin or time < quiet.end


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a machine without time zones rests by UTC
        log.warning("This machine does not know the time zone of the quiet hours; UTC is used.")
        return UTC


def too_soon(minutes: int, last: int | None, now: int) -> int | None:
    """Seconds to wait before the next comment, or None. `last` is when the author wrote before."""
    if not minutes or last is None:
        return None
    wait = last + minutes * 60 - now
    return wait if wait > 0 else None
