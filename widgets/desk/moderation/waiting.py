"""Owns what a page of the queue holds: posts in their order, a burst as one, what is set aside elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from widgets.desk.moderation.comment_cards import is_aside
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


async def read_waiting(request: DeskRequest, *, aside: bool = False) -> Waiting:
    """The first page of what this person may decide on; with `aside` of what is set aside."""
    now = request.services.now()
    found = [comment async for comment in _queue(request)]
    apart = [comment for comment in found if is_aside(comment, now)]
    here = apart if aside else [comment for comment in found if not is_aside(comment, now)]
    groups = grouped(here)
    page = _first_page(groups)
    return Waiting(tuple(page), len(page) < len(groups), len(here), len(apart))


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
