"""Owns the pleas in the queue that are no comments: stories and questions, and reports of mistakes. They stand where a comment
of their urgency would."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from widgets.desk.auth.rights import may
from widgets.desk.moderation.assignments import assigned_to, words_of_assigned
from widgets.desk.moderation.filters import Filters
from widgets.desk.moderation.mistakes import mistake_card, within_reach
from widgets.desk.moderation.voice_cards import pleads, voice_card
from widgets.desk.request import DeskRequest
from widgets.function.text.voices import live_all
from widgets.rules.voices.states import WAITING

_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class OtherPlea:
    """An entry of the queue, as filters and templates see it."""

    id: str
    kind: Literal["voice", "mistake"]
    condition: str
    lang: str
    created: int
    held: tuple[str, ...]
    urgency: int
    card: Mapping[str, Any]
    flags: Mapping[str, int] = field(default_factory=dict)


async def read_other_pleas(request: DeskRequest, filters: Filters) -> Sequence[OtherPlea]:
    """Of the conditions that this person is there for, the most urgent first; nobody sets one aside."""
    if filters.aside:
        return ()
    store, here = request.services.store, request.staff.conditions
    voices = await live_all(request.services, await store.voices.listed(WAITING, here))
    told = [voice for voice in voices if pleads(voice) and may(request.staff, "read-held", voice.condition)]
    reported = [one for one in await within_reach(request, "read-held") if one.mistake.urgency]
    ids = [*(voice.id for voice in told), *(one.id for one in reported)]
    assigned = await assigned_to(request, ids)
    words = await words_of_assigned(request, assigned)
    mine: Collection[str] = {id_ for id_, one in assigned.items() if one.staff == request.staff.id}
    found = [
        *(
            OtherPlea(
                voice.id, "voice", voice.condition, voice.lang, voice.created, voice.held, voice.urgency,
                voice_card(request, voice, words),
            )
            for voice in told
        ),
        *(
            OtherPlea(
                one.id, "mistake", one.mistake.condition, one.mistake.lang, one.mistake.day * _DAY,
                one.mistake.held, one.mistake.urgency, mistake_card(request, one, words),
            )
            for one in reported
        ),
    ]  # fmt: skip
    kept = [one for one in found if filters.keep(one, request.services.now(), mine)]
    return sorted(kept, key=lambda one: (-one.urgency, one.created, one.id))
