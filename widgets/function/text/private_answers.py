"""Owns private answers: what staff wrote to one member about one post, shown to that member alone, erased with the post.

They lie apart from comments, so that nothing which shows comments can show them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

from widgets.contract.manifest import HelpLine, Manifest
from widgets.function.pages.help_lines import help_list
from widgets.function.pages.page import paragraph
from widgets.function.shapes import moment
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.crisis_help import help_in
from widgets.rules.crisis import judge_plea
from widgets.rules.text import render
from widgets.store.desk_records import AuditEntry, DeskRow
from widgets.store.records import Comment

PRIVATE_ANSWER: Final = "private-answer"  # kind of rows beside a comment
KEPT_SECONDS: Final = 30 * 86_400
MOST: Final = 5  # to one post
LONGEST: Final = 2_000  # characters
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class PrivateAnswer:
    """`by` and `role` are those of the person of staff, as the member reads them."""

    text: str
    by: str
    role: str
    at: int
    once: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to one post, and when their reader said that they were read."""

    row: DeskRow
    answers: tuple[PrivateAnswer, ...]
    read: int | None = None

    @property
    def is_read(self) -> bool:
        """The newest one too."""
        return self.read is not None and self.read >= self.answers[-1].at


def answered_from(row: DeskRow | None, now: int) -> Answered | None:
    """None where there is no answer, or its time is over: the row itself may still be there."""
    if row is None or row.expires is None or now >= row.expires:
        return None
    return Answered(row, tuple(PrivateAnswer(**one) for one in row.value["answers"]), row.value["read"])


async def read_answered(services: Services, comment: Comment) -> Answered | None:
    return answered_from(await services.store.desk_row(PRIVATE_ANSWER, comment.id), services.now())


async def keep_answer(services: Services, comment: Comment, answer: PrivateAnswer, audit: AuditEntry) -> None:
    """All answers to a post end with the first of them, thirty days after it. Raises Gone where the post was erased,
    Conflict where another one came in between, or this form was sent before."""
    known = await services.store.desk_row(PRIVATE_ANSWER, comment.id)
    live = answered_from(known, services.now())
    before: Sequence[Mapping[str, Any]] = live.row.value["answers"] if live else ()
    expires = live.row.expires if live else answer.at + KEPT_SECONDS
    kept = {name: getattr(answer, name) for name in PrivateAnswer.__dataclass_fields__}
    value = {"answers": [*before, kept], "read": live.read if live else None}
    row = DeskRow(PRIVATE_ANSWER, comment.id, value, expires, known.revision if known else 0)
    await services.store.keep_beside(row, audit)


async def keep_read(services: Services, answered: Answered) -> Answered:
    """The receipt: the moment, and nothing else. Raises Conflict, Gone."""
    now = services.now()
    value = {**answered.row.value, "read": now}
    row = await services.store.keep_beside(replace(answered.row, value=value))
    return Answered(row, answered.answers, now)


def shown_answer(
    manifest: Manifest, comment: Comment, answered: Answered, spoken: Sequence[str]
) -> dict[str, Any]:
    """As its reader sees it: the fixed first line with that person's lines of help, then the words."""
    lang = language(comment.lang)
    lines = _lines(manifest, comment, spoken)
    said = "".join(_said(lang, answer) for answer in answered.answers)
    # What its reader can do, and cannot: an answer must not ask what nobody can answer here.
    can = paragraph(phrase(lang, "private-was-read" if answered.is_read else "private-only"))
    html = f"{paragraph(phrase(lang, 'private-first'))}{help_list(lines)}{said}{can}"
    return {
        "comment": comment.id,
        "thread": comment.thread,
        "html": f'<div lang="{lang}">{html}</div>',
        "read": moment(answered.read) if answered.is_read and answered.read else None,
        "button": "" if answered.is_read else phrase(lang, "private-read"),
    }


def _lines(manifest: Manifest, comment: Comment, spoken: Sequence[str]) -> tuple[HelpLine, ...]:
    found = judge_plea(comment.text, comment.lang)
    languages = (comment.lang, *([found.language] if found else ()), *spoken)
    return help_in(manifest, *languages, kind=found.kind if found else "self")


def _said(lang: str, answer: PrivateAnswer) -> str:
    role = phrase(lang, f"role.{answer.role}")
    by = phrase(lang, "private-by").format(name=answer.by, role=role)
    return f"<p><strong>{escape(by)}</strong></p>{render(answer.text)}"
