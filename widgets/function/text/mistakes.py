"""Owns reports of mistakes: what a reader told editors of one page, without any word of who told it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Final

from widgets.function.state.services import Services
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Conflict

MISTAKE: Final = "mistake"  # kind of rows, and the code of a plea that was written in one
KEPT_SECONDS: Final = 90 * 86_400
LONGEST: Final = 2_000  # characters of what is wrong
LONGEST_PASSAGE: Final = 600  # of the passage; what is longer is cut


@dataclass(frozen=True, slots=True)
class Mistake:
    """`passage` is the place in the page, as its reader copied it; `day` since 1970. `held` and `urgency` are those of a plea in
    either, 0 where there is none."""

    thread: str
    condition: str
    text: str
    passage: str
    lang: str
    day: int
    held: tuple[str, ...] = ()
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class Reported:
    id: str
    mistake: Mistake


async def keep_mistake(services: Services, mistake: Mistake) -> None:
    """The same words about the same passage are kept once, however often they are sent."""
    id_ = services.keys.digest("mistake", mistake.thread, mistake.passage, mistake.text)[:32]
    expires = services.now() + KEPT_SECONDS
    with suppress(Conflict):
        await services.store.keep_desk_row(DeskRow(MISTAKE, id_, asdict(mistake), expires))


async def read_mistakes(store: Store, now: int) -> Sequence[Reported]:
    """What waits for editors: pleas first, the most urgent of them before others, then the oldest."""
    rows = [row for row in await store.desk_rows(MISTAKE) if row.expires is None or row.expires > now]
    found = [Reported(row.id, _mistake(row)) for row in rows]
    return sorted(found, key=lambda one: (-one.mistake.urgency, one.mistake.day, one.id))


def _mistake(row: DeskRow) -> Mistake:
    return Mistake(**{**row.value, "held": tuple(row.value.get("held", ()))})
