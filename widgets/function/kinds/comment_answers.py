"""Owns the answers to who has just written or changed a comment: JSON, or a page without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import Write, accepted_languages
from widgets.function.pages.help_lines import help_beside, help_fields
from widgets.function.pages.said import Said, said_or_help
from widgets.function.shapes import own_comment
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.appeals import may_appeal, statement
from widgets.function.text.crisis_help import help_beside_decision, help_for
from widgets.store.records import Comment


def own_answer(
    services: Services,
    manifest: Manifest,
    comment: Comment,
    write: Write,
    status: int = 200,
    *,
    second_name: bool = False,
) -> Response:
    """The comment as its writer sees it, with lines of help where it tells of danger. `second_name`: the writer has another
    name here too, and is told what that means."""
    shown = own_shown(services, manifest, comment, write.languages)
    lines = help_for(manifest, comment, write.languages)
    answer = {"comment": shown, **help_fields(lines, comment.lang, _became(comment))}
    if second_name:
        answer["notice"] = phrase(language(comment.lang), "second-name")
    return json_answer(answer, write.origin, status)


def own_shown(
    services: Services, manifest: Manifest, comment: Comment, spoken: Sequence[str]
) -> dict[str, Any]:
    """The comment as its writer sees it; a rejected one with the statement of reasons, what can be done about it, and lines of
    help where it pleads."""
    thread = manifest.threads.get(comment.thread)
    reactions = thread.reactions if thread else tuple(comment.reactions)
    shown = own_comment(comment, reactions, services.settings.edit_seconds)
    if shown["reason"]:
        lang, now = language(comment.lang), services.now()
        said = f"{shown['reason']['text']} {statement(comment, now)}".strip()
        words = {"label": phrase(lang, "appeal-label"), "button": phrase(lang, "appeal-button")}
        given = help_beside_decision(manifest, (comment.text,), comment.condition, comment.lang, spoken)
        shown["reason"] |= {
            "text": said,
            "appeal": words if may_appeal(comment, now) else None,
            "help": help_beside(comment.lang, given),
        }
    return shown


def said_answer(
    services: Services,
    manifest: Manifest,
    request: Request,
    comment: Comment,
    lang: str,
    *,
    first: bool = False,
    second_name: bool = False,
) -> Response:
    """Help comes in this very answer; then no address tells that there was need of it."""
    said = Said(_became(comment), lang, thread=comment.thread, first=first, second_name=second_name)
    lines = help_for(manifest, comment, accepted_languages(request))
    return said_or_help(services, manifest, request, said, lines)


def _became(comment: Comment) -> str:
    return "published" if comment.visible else "held"
