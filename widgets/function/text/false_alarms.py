"""Owns the false alarms that staff have taught, by condition: read where a plea was found, which is rare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from widgets.rules.crisis import Plea
from widgets.rules.false_alarms import eases
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store

FALSE_ALARM: Final = "false-alarm"  # kind of rows
KEPT_SECONDS: Final = 365 * 86_400
MOST: Final = 200  # of a condition


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    id: str
    words: tuple[str, ...]
    condition: str
    by: str
    at: int


def alarm_row(alarm: FalseAlarm) -> DeskRow:
    value = {"words": list(alarm.words), "condition": alarm.condition, "by": alarm.by, "at": alarm.at}
    return DeskRow(FALSE_ALARM, alarm.id, value, alarm.at + KEPT_SECONDS)


async def read_alarms(store: Store, now: int) -> Sequence[FalseAlarm]:
    """The newest first."""
    rows = [row for row in await store.desk_rows(FALSE_ALARM) if (row.expires or 0) > now]
    return [
        FalseAlarm(
            row.id, tuple(row.value["words"]), row.value["condition"], row.value["by"], row.value["at"]
        )
        for row in reversed(rows)
    ]


async def is_eased(store: Store, condition: str, text: str, plea: Plea, now: int) -> bool:
    alarms = await read_alarms(store, now)
    return eases(text, plea, [alarm.words for alarm in alarms if alarm.condition == condition])
