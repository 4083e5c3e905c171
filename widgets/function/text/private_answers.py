"""Owns private answers: what staff wrote to one member about one comment, story or question, shown to that member alone, erased
with it.

They lie apart from what they answer, so that nothing which shows that can show them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final, Protocol

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

PRIVATE_ANSWER: Final = "private-answer"  # kind of rows beside a comment
KEPT_SECONDS: Final = 30 * 86_400
MOST: Final = 5  # to one post
LONGEST: Final = 2_000  # characters
_TRIES: Final = 3


class Answerable(Protocol):
    """What can be answered: a comment, a story or a question."""

    @property
    def id(self) -> str: ...
    @property
    def condition(self) -> str: ...
    @property
    def lang(self) -> str: ...


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


async def read_answered(services: Services, post: Answerable) -> Answered | None:
    return answered_from(await services.store.desk_row(PRIVATE_ANSWER, post.id), services.now())


async def keep_answer(services: Services, post: Answerable, answer: PrivateAnswer, audit: AuditEntry) -> None:
    """All answers to a post end with the first of them, thirty days after it. Raises Gone where the post was erased,
    Conflict where another one came in between, or this form was sent before."""
    known = await services.store.desk_row(PRIVATE_ANSWER, post.id)
    live = answered_from(known, services.now())
    before: Sequence[Mapping[str, Any]] = live.row.value["answers"] if live else ()
    expires = live.row.expires if live else answer.at + KEPT_SECONDS
    kept = {name: getattr(answer, name) for name in PrivateAnswer.__dataclass_fields__}
    value = {"answers": [*before, kept], "read": live.read if live else None}
    row = DeskRow(PRIVATE_ANSWER, post.id, value, expires, known.revision if known else 0)
    await services.store.keep_beside(row, audit)


async def keep_read(services: Services, answered: Answered) -> Answered:
    """The receipt: the moment, and nothing else. Raises Conflict, Gone."""
    now = services.now()
    value = {**answered.row.value, "read": now}
    row = await services.store.keep_beside(replace(answered.row, value=value))
    return Answered(row, answered.answers, now)


def shown_answer(
    manifest: Manifest, post: Answerable, words: Sequence[str], answered: Answered, spoken: Sequence[str]
) -> dict[str, Any]:
    """As its reader sees it: the fixed first line with that person's lines of help, what its reader can do, then the words.
    `words`: what that person wrote, each text by itself."""
    lang = language(post.lang)
    lines = _lines(manifest, post, words, spoken)
    said = "".join(_said(lang, answer) for answer in answered.answers)
    first = f"{paragraph(phrase(lang, 'private-first'))}{help_list(lines)}"
    # What its reader can do, and cannot: an answer must not ask what nobody can answer here.
    can = paragraph(phrase(lang, "private-was-read" if answered.is_read else "private-only"))
    return {
        "html": f'<div lang="{lang}">{first}{said}{can}</div>',
        "read": moment(answered.read) if answered.is_read and answered.read else None,
        "button": "" if answered.is_read else phrase(lang, "private-read"),
    }


def _lines(
    manifest: Manifest, post: Answerable, words: Sequence[str], spoken: Sequence[str]
) -> tuple[HelpLine, ...]:
    pleas = [plea for text in words if (plea := judge_plea(text, post.lang)) is not None]
    found = max(pleas, key=lambda one: one.urgency, default=None)
    languages = (post.lang, *([found.language] if found else ()), *spoken)
    return help_in(manifest, *languages, kind=found.kind if found else "self")


def _said(lang: str, answer: PrivateAnswer) -> str:
    role = phrase(lang, f"role.{answer.role}")
    by = phrase(lang, "private-by").format(name=answer.by, role=role)
    return f"<p><strong>{escape(by)}</strong></p>{render(answer.text)}"
