"""Owns who may write under a pseudonym: nobody under one that passes for the site or its people, that is somebody else's in
public, or that was until its writer erased everything under it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.state.services import Services
from widgets.rules.keys import Keys
from widgets.rules.names import Pseudonym, SiteNames, check_pseudonym
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Comment, Name

STAFF: Final = "staff"  # kind of rows: who is or was on the staff
ERASED_NAME: Final = "erased-name"  # kind of rows: a keyed hash of the skeleton, and the month
OWN_NAME: Final = "own-erased-name"  # kind of rows: a keyed hash of the skeleton and of its writer
ERASED_MONTHS: Final = 12
OWN_SECONDS: Final = 86_400


async def checked_name(services: Services, manifest: Manifest, raw: str) -> Pseudonym:
    """Raises Problem."""
    staff = [str(row.value["name"]) for row in await services.store.desk_rows(STAFF)]
    return check_pseudonym(raw, SiteNames(manifest.title, (*manifest.people, *staff)))


async def demand_free(services: Services, condition: str, name: Pseudonym, author: str) -> Name | None:
    """The author's own reservation, where there is one. Raises Problem pseudonym-taken where the name is another's in public,
    or was within the last twelve months: a name of held posts alone keeps nobody away, so that a refusal tells of none."""
    skeletons = (name.skeleton, *name.others)
    found = [await services.store.name(condition, skeleton) for skeleton in skeletons]
    known = [one for one in found if one is not None]
    if any(one.public and one.author != author for one in known):
        raise Problem("pseudonym-taken")
    for one in known:
        if one.author == author:
            return one
    for skeleton in skeletons:
        await _demand_not_erased(services, condition, skeleton, author)
    return None


async def _demand_not_erased(services: Services, condition: str, skeleton: str, author: str) -> None:
    now = services.now()
    if not await was_erased(services.store, services.keys, condition, (skeleton,), now):
        return
    own = await services.store.desk_row(OWN_NAME, _hash(services.keys, condition, skeleton, author))
    if own is None or (own.expires or 0) <= now:
        raise Problem("pseudonym-taken")


async def was_erased(store: Store, keys: Keys, condition: str, skeletons: Iterable[str], now: int) -> bool:
    """Whether one of these was a public name of this condition that its writer erased in the last twelve months."""
    for skeleton in skeletons:
        erased = await store.desk_row(ERASED_NAME, _hash(keys, condition, skeleton))
        if erased is not None and (erased.expires or 0) > now:
            return True
    return False


def erased_name(services: Services, comment: Comment, *, all_of_it: bool) -> tuple[DeskRow, ...]:
    """What is to stay of a public name when its last text is erased. Who withdraws one text, and not everything
    (`all_of_it`), may take the name again for a day."""
    month = datetime.fromtimestamp(services.now(), UTC).strftime("%Y-%m")
    id_ = _hash(services.keys, comment.condition, comment.skeleton)
    kept = DeskRow(ERASED_NAME, id_, {"month": month}, _end(month))
    if all_of_it:
        return (kept,)
    own = _hash(services.keys, comment.condition, comment.skeleton, comment.author)
    return (kept, DeskRow(OWN_NAME, own, {}, services.now() + OWN_SECONDS))


def _hash(keys: Keys, *parts: str) -> str:
    return keys.digest("erased-name", *parts)


def _end(month: str) -> int:
    """Twelve months after the month's end: no moment of the month is told."""
    months = int(month[:4]) * 12 + int(month[5:]) + ERASED_MONTHS
    return int(datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC).timestamp())
