"""Owns how a story or question looks to staff in lists, in the queue and on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from widgets.desk.moderation.comment_cards import as_staff_read_long, of_children, urgency_step
from widgets.desk.request import DeskRequest
from widgets.desk.strings import day_words
from widgets.rules.bursts import alone, asks_first
from widgets.store.voices import Voice, Words


def pleads(voice: Voice) -> bool:
    """Whether it is treated as a plea: its writer tells of danger, or may be a child."""
    return alone(voice.held, voice.urgency, {})


def words_to_publish(voice: Voice) -> Words:
    """Those that its writer accepted, where it was published before; else its writer's own."""
    return voice.agreed or voice.written


def voice_card(
    request: DeskRequest, voice: Voice, assigned: Mapping[str, tuple[str, bool]] | None = None
) -> dict[str, Any]:
    """What a template may see of it. `assigned`: by id, who is on it in words, and whether it is the reader. The title of one that
    pleads is folded away with its text."""
    on_it, own = (assigned or {}).get(voice.id, ("", False))
    condition = request.manifest.conditions.get(voice.condition)
    plea = pleads(voice)
    by = voice.pseudonym or request.words("voice.member")
    return {
        "id": voice.id,
        "kind": voice.kind,
        "revision": voice.revision,
        "title": voice.written.title,
        "name": request.words(f"voice.by-whom.{voice.kind}", name=by),
        "html": html_of(voice.written),
        "lang": voice.lang,
        "pseudonym": by,
        "condition": condition.title if condition else voice.condition,
        "state": voice.state,
        "created": voice.created,
        "pleads": plea,
        "asks_first": asks_first(voice.held, voice.urgency, {}),
        "urgency": voice.urgency,
        "urgency_words": request.words(f"urgency.{urgency_step(voice.urgency)}"),
        "reasons": [request.words.known("reason", reason) for reason in voice.held]
        + of_children(request, voice.held),
        "ago": request.words.ago(request.services.now() - voice.created),
        "until": day_words(voice.due) if voice.due is not None else "",
        "assigned": on_it,
        "assigned_own": own,
    }


def html_of(words: Words) -> Markup:
    return as_staff_read_long(words.text)
