"""Owns who may write under a pseudonym: nobody under one that passes for the site, its people or a crisis line, that is
somebody else's in public, or that was until its writer erased everything under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.state.services import Services
from widgets.function.text.voice_names import IMPORTED, holder, keep_name, own_mark
from widgets.rules.keys import Keys
from widgets.rules.names import Pseudonym, SiteNames, check_pseudonym, other_skeletons, skeleton_of
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Comment, Conflict, Name, NameTaken
from widgets.store.voices import Voice

STAFF: Final = "staff"  # kind of rows: who is or was on the staff
ERASED_NAME: Final = "erased-name"  # kind of rows: a keyed hash of the skeleton, and the month
OWN_NAME: Final = "own-erased-name"  # kind of rows: a keyed hash of the skeleton and of its writer
ERASED_MONTHS: Final = 12
OWN_SECONDS: Final = 86_400
_BEHIND: Final = re.compile(r"[(,]")


async def checked_name(services: Services, manifest: Manifest, raw: str) -> Pseudonym:
    """Raises Problem."""
    staff = [str(row.value["name"]) for row in await services.store.desk_rows(STAFF)]
    return check_pseudonym(
        raw, SiteNames(manifest.title, (*manifest.people, *staff, *_crisis_lines(manifest)))
    )


def _crisis_lines(manifest: Manifest) -> Sequence[str]:
    """What each is called, without what stands behind it: `Samaritans (United Kingdom and Ireland)`. Whoever bore such a name
    could send somebody in danger to a number of their own."""
    names = (_BEHIND.split(line.name)[0].strip() for lines in manifest.help.values() for line in lines)
    return tuple(dict.fromkeys(name for name in names if name))


async def demand_free(services: Services, condition: str, name: Pseudonym, author: str) -> Name | None:
    """The author's own reservation, where there is one. Raises Problem pseudonym-taken where the name is another's in public,
    or was within the last twelve months: a name of held posts alone keeps nobody away, so that a refusal tells of none."""
    skeletons = (name.skeleton, *name.others)
    for skeleton in skeletons:
        owner = await holder(services.store, condition, skeleton)
        if owner is not None and owner != own_mark(services.keys, condition, skeleton, author):
            raise Problem("pseudonym-taken")
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


async def demand_name_of_comment(services: Services, comment: Comment) -> None:
    """To be asked before a held comment is shown. Raises NameTaken where a story or question was published under its name since."""
    for skeleton in (comment.skeleton, *other_skeletons(comment.pseudonym)):
        owner = await holder(services.store, comment.condition, skeleton)
        if owner not in (None, own_mark(services.keys, comment.condition, skeleton, comment.author)):
            raise NameTaken


async def claim_voice_name(services: Services, manifest: Manifest, voice: Voice) -> None:
    """Reserve the name of a story or question that is to be published. It is judged anew: much may have become of it since it
    was sent. Raises Problem."""
    if not voice.pseudonym:
        return
    name = await checked_name(services, manifest, voice.pseudonym)
    condition, keys = voice.condition, services.keys
    for skeleton in (name.skeleton, *name.others):
        known = await services.store.name(condition, skeleton)
        if known is not None and known.public:
            if own_mark(keys, condition, name.skeleton, known.author) != voice.named:
                raise Problem("pseudonym-taken")
            continue
        owner = await holder(services.store, condition, skeleton)
        if owner is not None and (owner != voice.named or owner == IMPORTED):
            raise Problem("pseudonym-taken")
        if await _erased_since(services, voice, skeleton):
            raise Problem("pseudonym-taken")
    try:
        await keep_name(services.store, voice, name.skeleton)
    except Conflict:
        raise Problem("pseudonym-taken") from None


async def _erased_since(services: Services, voice: Voice, skeleton: str) -> bool:
    """Whether somebody had the name in public and erased everything, in a later month than that in which it was sent: what was
    there before was looked at then."""
    row = await services.store.desk_row(ERASED_NAME, _hash(services.keys, voice.condition, skeleton))
    sent = datetime.fromtimestamp(voice.created, UTC).strftime("%Y-%m")
    return row is not None and (row.expires or 0) > services.now() and str(row.value["month"]) > sent


async def keep_erased_voice_name(services: Services, voice: Voice, *, all_of_it: bool) -> None:
    """What stays of the name of a published story or question that its writer erased, where nothing else bears it in public: the
    same as of a comment's."""
    skeleton = skeleton_of(voice.pseudonym)
    known = await services.store.name(voice.condition, skeleton)
    held = await holder(services.store, voice.condition, skeleton) is not None
    if held or (known is not None and known.public):
        return
    month = datetime.fromtimestamp(services.now(), UTC).strftime("%Y-%m")
    rows = [
        DeskRow(ERASED_NAME, _hash(services.keys, voice.condition, skeleton), {"month": month}, _end(month))
    ]
    if not all_of_it:
        rows.append(DeskRow(OWN_NAME, voice.named, {}, services.now() + OWN_SECONDS))
    for row in rows:
        known_row = await services.store.desk_row(row.kind, row.id)
        with suppress(Conflict):
            await services.store.keep_desk_row(replace(row, revision=known_row.revision if known_row else 0))


async def _demand_not_erased(services: Services, condition: str, skeleton: str, author: str) -> None:
    now, keys = services.now(), services.keys
    if not await was_erased(services.store, keys, condition, (skeleton,), now):
        return
    marks = (_hash(keys, condition, skeleton, author), own_mark(keys, condition, skeleton, author))
    own = [await services.store.desk_row(OWN_NAME, mark) for mark in marks]
    if not any(row is not None and (row.expires or 0) > now for row in own):
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
