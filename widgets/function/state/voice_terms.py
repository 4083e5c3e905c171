"""Owns the end of stories and questions by time: nothing of one that lapsed stays but the entry of the audit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from widgets.function.text.voice_names import release_name
from widgets.store.desk_records import AuditEntry
from widgets.store.interface import Store
from widgets.store.records import Conflict, Gone
from widgets.store.voices import Voice

ACTOR: Final = "retention"


async def erase_lapsed(store: Store, voice: Voice, now: int, new_id: Callable[[], str]) -> None:
    id_ = new_id()
    before, after = {"state": voice.state}, {"state": "withdrawn"}
    entry = AuditEntry(id_, now, ACTOR, "voice-lapsed", voice.id, "", id_, before, after, voice.condition)
    await release_name(store, voice)
    with suppress(Gone, Conflict):  # its writer was quicker
        await store.voices.remove(voice.id, None, entry)


async def end_voices(store: Store, now: int, new_id: Callable[[], str]) -> None:
    """Those whose writers were silent too long, and declined ones."""
    for voice in await store.voices.due(now):
        await erase_lapsed(store, voice, now, new_id)
