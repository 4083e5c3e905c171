"""Owns what a page of the queue holds: posts in their order, a burst as one, what is set aside elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from widgets.desk.moderation.assignments import ASSIGNED
from widgets.desk.moderation.comment_cards import is_aside
from widgets.desk.moderation.filters import Filters
from widgets.desk.request import DeskRequest
from widgets.rules.bursts import OPEN
from widgets.store.records import Comment

SHOWN: Final = 40  # open posts: what a page sends back stays within what the function takes
_MOST_READ: Final = 2_000
_READ_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Group:
    """One post, or a burst: the newest few `open`, of the `rest` one line each."""

    open: tuple[Comment, ...]
    rest: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """`count`: all that wait here, those set aside apart."""

    groups: tuple[Group, ...]
    more: bool
    count: int
    aside: int
    reasons: tuple[str, ...] = ()  # what can be filtered by
    conditions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


async def read_waiting(request: DeskRequest, filters: Filters) -> Waiting:
    """The first page of what this person may decide on and what the filters let through."""
    now = request.services.now()
    found = [comment async for comment in _queue(request)]
    apart = [comment for comment in found if is_aside(comment, now)]
    here = apart if filters.aside else [comment for comment in found if not is_aside(comment, now)]
    mine = await _mine(request) if filters.mine else frozenset()
    kept = [comment for comment in here if filters.keep(comment, now, mine)]
    groups = grouped(kept)
    page = _first_page(groups)
    return Waiting(
        tuple(page),
        len(page) < len(groups),
        len(kept),
        len(apart),
        tuple(sorted({reason for comment in here for reason in (*comment.held, *comment.flags)})),
        tuple(sorted({comment.condition for comment in here})),
        tuple(sorted({comment.lang.partition("-")[0] for comment in here})),
    )


async def _mine(request: DeskRequest) -> frozenset[str]:
    """What this person is on."""
    rows = await request.services.store.desk_rows(ASSIGNED)
    now = request.services.now()
    return frozenset(
        row.id for row in rows if row.value["staff"] == request.staff.id and (row.expires or 0) > now
    )


async def _queue(request: DeskRequest) -> AsyncIterator[Comment]:
    after: str | None = None
    for _ in range(_MOST_READ // _READ_AT_ONCE):
        rows = await request.services.store.queue(_READ_AT_ONCE, after, request.staff.conditions)
        for _, comment in rows:
            if request.reaches(comment):
                yield comment
        if len(rows) < _READ_AT_ONCE:
            return
        after = rows[-1][0]


def grouped(waiting: Sequence[Comment]) -> list[Group]:
    """A burst stands where its first post stood, its newest posts first. Different levels are different groups."""
    groups: dict[tuple[str, int], list[Comment]] = {}
    for comment in waiting:
        groups.setdefault((comment.burst or comment.id, comment.urgency), []).append(comment)
    return [_group(group) for group in groups.values()]


def _group(group: list[Comment]) -> Group:
    if len(group) <= OPEN:
        return Group(tuple(group))
    newest = sorted(group, key=lambda comment: comment.id, reverse=True)
    return Group(tuple(newest[:OPEN]), tuple(newest[OPEN:]))


def _first_page(groups: Sequence[Group]) -> list[Group]:
    page: list[Group] = []
    shown = 0
    for group in groups:
        shown += len(group.open)
        if page and shown > SHOWN:
            break
        page.append(group)
    return page
