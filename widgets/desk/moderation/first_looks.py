"""Owns how long posts wait until somebody looks: counts by week, condition and how long, and nothing of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from widgets.desk.auth.rights import may
from widgets.desk.request import DeskRequest
from widgets.rules.bursts import one_by_one
from widgets.store.desk_records import DeskRow
from widgets.store.records import Busy, Comment, Conflict, Gone

LOOKED: Final = "looked"  # kind of rows beside a comment: that somebody has
FIRST_LOOKS: Final = "first-looks"  # kind of rows: counts, by week and condition
KEPT_SECONDS: Final = 42 * 86_400
# In seconds; what took longer is counted under the last.
WITHIN: Final[Mapping[str, int]] = {"quarter": 900, "hour": 3_600, "four": 14_400, "day": 86_400}
LATER: Final = "later"
STEPS: Final = (*WITHIN, LATER)
_TRIES: Final = 3


async def note_looked(request: DeskRequest, comment: Comment) -> None:
    """Call it where somebody who may decide opens a post that waits. Only the first look counts; a store that cannot write counts
    none, and keeps nobody from reading."""
    if not comment.queued or not may(request.staff, "read-held", comment.condition):
        return
    try:
        await request.services.store.keep_beside(DeskRow(LOOKED, comment.id, {}))
    except (Conflict, Gone, Busy):
        return
    waited = request.services.now() - (comment.edited or comment.created)
    kind = "plea" if one_by_one(comment.held, comment.urgency, comment.flags) else "other"
    with suppress(Busy):
        await _count(request, comment.condition, f"{kind} {step_of(waited)}")


def step_of(waited: int) -> str:
    return next((step for step, seconds in WITHIN.items() if waited <= seconds), LATER)


async def _count(request: DeskRequest, condition: str, cell: str) -> None:
    store, now = request.services.store, request.services.now()
    place = f"{week_of(now)}.{condition}"
    for _ in range(_TRIES):
        known = await store.desk_row(FIRST_LOOKS, place)
        counts = Counter(known.value if known else {})
        counts[cell] += 1
        row = DeskRow(FIRST_LOOKS, place, dict(counts), now + KEPT_SECONDS, known.revision if known else 0)
        with suppress(Conflict):
            await store.keep_desk_row(row)
            return


def week_of(seconds: int) -> str:
    """The Monday of the week, UTC."""
    year, week, _ = datetime.fromtimestamp(seconds, UTC).isocalendar()
    return datetime.fromisocalendar(year, week, 1).strftime("%Y-%m-%d")


async def read_first_looks(request: DeskRequest, weeks: Sequence[str]) -> Mapping[str, Counter[str]]:
    """By week, over the conditions that this person is there for."""
    found: dict[str, Counter[str]] = {week: Counter() for week in weeks}
    for row in await request.services.store.desk_rows(FIRST_LOOKS):
        week, _, condition = row.id.partition(".")
        if week in found and may(request.staff, "load", condition):
            found[week].update(row.value)
    return found
