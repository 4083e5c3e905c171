"""Owns the names under which stories and questions are published: each is its writer's in its condition as long as one is, for
comments too."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Final

from widgets.rules.keys import Keys
from widgets.rules.names import skeleton_of
from widgets.store.desk_records import DeskRow
from widgets.store.interface import Store
from widgets.store.records import Conflict
from widgets.store.voices import Voice

VOICE_NAME: Final = "voice-name"  # kind of rows, by condition and skeleton
IMPORTED: Final = ""  # the mark of nobody's device
_TRIES: Final = 5


def own_mark(keys: Keys, condition: str, skeleton: str, author: str) -> str:
    """Whose the name is. `author` is the hash of who comments: whoever writes both may bear one name in both. Made for the
    name too, so that the mark links nothing else of its writer."""
    return keys.digest("voice-name", condition, skeleton, author)


async def holder(store: Store, condition: str, skeleton: str) -> str | None:
    """The mark of whoever has something published under the name; None where nobody has. What a row names and is not
    published holds nothing."""
    row = await store.desk_row(VOICE_NAME, _place(condition, skeleton))
    for id_ in row.value["voices"] if row else ():
        voice = await store.voices.voice(id_)
        if voice is not None and voice.state == "published":
            return str(row.value["own"]) if row else None
    return None


async def keep_name(store: Store, voice: Voice, skeleton: str) -> None:
    """Raises Conflict where somebody else has just taken it."""
    place = _place(voice.condition, skeleton)
    for _ in range(_TRIES):
        row = await store.desk_row(VOICE_NAME, place) or DeskRow(VOICE_NAME, place, {})
        if await holder(store, voice.condition, skeleton) is None:
            value = {"own": voice.named, "voices": [voice.id]}
        elif row.value["own"] != voice.named:
            raise Conflict
        else:
            value = {**row.value, "voices": sorted({*row.value["voices"], voice.id})}
        with suppress(Conflict):
            await store.keep_desk_row(replace(row, value=value))
            return
    raise Conflict


async def release_name(store: Store, voice: Voice) -> None:
    """To be called before it is erased: a crash in between leaves no name behind that nothing bears."""
    if not voice.pseudonym:
        return
    place = _place(voice.condition, skeleton_of(voice.pseudonym))
    for _ in range(_TRIES):
        row = await store.desk_row(VOICE_NAME, place)
        if row is None or voice.id not in row.value["voices"]:
            return
        left = [one for one in row.value["voices"] if one != voice.id]
        with suppress(Conflict):
            if left:
                await store.keep_desk_row(replace(row, value={**row.value, "voices": left}))
            else:
                await store.drop_desk_row(VOICE_NAME, place)
            return


def _place(condition: str, skeleton: str) -> str:
    return f"{condition}~{skeleton}"
