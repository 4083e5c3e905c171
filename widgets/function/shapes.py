"""Owns the shapes that several kinds share: strict requests, texts, and comments as people see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from widgets.function.strings import language, phrase
from widgets.store.records import Comment

CommentId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-hjkmnp-tv-z]{26}\Z")]
# An empty text or name is refused by the rules, with a code that says what is missing.
Text = Annotated[str, msgspec.Meta(max_length=10_000)]
Lang = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", max_length=35)]
Altcha = Annotated[str, msgspec.Meta(max_length=8_000)]


class Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A request: an unknown field is refused, so that nothing is silently not done."""


class CommentRequest(Strict, frozen=True):
    text: Text
    pseudonym: Annotated[str, msgspec.Meta(max_length=200)]
    parent: CommentId | None = None
    altcha: Altcha | None = None
    website: Annotated[str, msgspec.Meta(max_length=500)] = ""
    confirmed: bool = False
    age: bool = False  # the tick "I am 16 or older"
    lang: Lang | None = None


class CommentEdit(Strict, frozen=True):
    text: Text
    altcha: Altcha | None = None
    confirmed: bool = False
    lang: Lang | None = None


def moment(seconds: int | float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def counts(keys: Iterable[str], found: Mapping[str, int]) -> dict[str, int]:
    return {key: found.get(key, 0) for key in keys}


def shown_comment(comment: Comment, reactions: Iterable[str]) -> dict[str, Any]:
    """As everybody sees it."""
    note = comment.note
    return {
        "id": comment.id,
        "parent": comment.parent,
        "root": comment.root,
        "state": comment.state,
        "pseudonym": comment.pseudonym,
        "role": {"key": comment.role, "person": comment.person} if comment.role else None,
        "html": comment.html,
        "note": {"html": note.html, "source": note.source, "by": note.by} if note else None,
        "created": moment(comment.created),
        "edited": moment(comment.edited) if comment.edited is not None else None,
        "reactions": counts(reactions, comment.reactions),
    }


def standard_answer(key: str | None, lang: str) -> dict[str, str] | None:
    """Why a comment was rejected, kindly, in its own language where there are words for it."""
    return {"key": key, "text": phrase(language(lang), f"answer.{key}")} if key else None


def own_comment(comment: Comment, reactions: Iterable[str], edit_seconds: int) -> dict[str, Any]:
    """As its writer sees it."""
    return {
        **shown_comment(comment, reactions),
        "text": comment.text,
        "thread": comment.thread,
        "held_because": list(comment.held) if comment.state == "held" else [],
        "reason": standard_answer(comment.reason, comment.lang) if comment.state == "rejected" else None,
        "editable_until": moment(comment.created + edit_seconds),
    }
