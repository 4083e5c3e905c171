"""Owns appeals: once, whose post was rejected may say why it should be looked at again; the post then waits in the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from widgets.contract.problems import Problem
from widgets.function.strings import language, phrase
from widgets.function.text.false_alarms import is_eased
from widgets.rules.age import tells_age_below
from widgets.rules.crisis import Plea, judge_plea
from widgets.rules.false_alarms import LOWER
from widgets.rules.publishing.crisis import reason_of
from widgets.store.calls import Call
from widgets.store.desk_records import DeskRow
from widgets.store.interface import CommentChange, Store
from widgets.store.records import Comment, Conflict, Gone, Once

APPEAL: Final = "appeal"  # kind of rows beside a comment, and the reason for which it waits
APPEALED: Final = "appealed"  # the mark of a rejected post that was looked at again
SECONDS: Final = 30 * 86_400  # from the decision; a rejected post is destroyed then
LONGEST: Final = 1_000
URGENCY: Final = 3


@dataclass(frozen=True, slots=True)
class Appeal:
    text: str
    at: int


def appeal_from(row: DeskRow | None) -> Appeal | None:
    return Appeal(row.value["text"], row.value["at"]) if row else None


def may_appeal(comment: Comment, now: int) -> bool:
    return (
        comment.state == "rejected"
        and comment.decided is not None
        and now < comment.decided + SECONDS
        and {APPEAL, APPEALED}.isdisjoint(comment.held)
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What post and appeal tell together: the graver plea of the two, how urgent it is (0 where there is none), and whether either
    gives an age below the condition's."""

    plea: Plea | None
    urgency: int
    young: bool


async def look_at(store: Store, comment: Comment, text: str, minimum_age: int, now: int) -> Found:
    """A decision takes a post's reasons away, so it is read again: whoever pleaded does so still. Who told of what is over does
    not, since a person has read that, and a harmless appeal would be marked for it. False alarms lower the place, as ever."""
    found: list[tuple[int, Plea]] = []
    for words in (text, comment.text):
        plea = judge_plea(words, comment.lang)
        if plea is not None and (words == text or plea.level != "past"):
            eased = await is_eased(store, comment.condition, words, plea, now)
            found.append((plea.urgency - (LOWER if eased else 0), plea))
    urgency, gravest = max(found, key=lambda one: one[0], default=(0, None))
    return Found(gravest, urgency, any(tells_age_below(one, minimum_age) for one in (text, comment.text)))


async def keep_appeal(
    store: Store, comment: Comment, appeal: Appeal, found: Found, call: Call | None, once: Once | None
) -> Comment:
    """Put the post back into the queue, still rejected, with the text beside it. A plea is one of the queue's. After an
    approval and another rejection an appeal takes the earlier one's place. Raises Problem."""
    plea = found.plea
    reasons = (
        APPEAL,
        *([reason_of(plea)] if plea else ()),
        *(["child"] if found.young else ()),
    )
    urgency = max(URGENCY, found.urgency)
    fields: dict[str, Any] = {"queued": True, "held": reasons, "urgency": urgency}
    known = await store.desk_row(APPEAL, comment.id)
    value = {"text": appeal.text, "at": appeal.at}
    row = DeskRow(APPEAL, comment.id, value, revision=known.revision if known else 0)
    try:
        return await store.change_comment(
            CommentChange(comment.id, comment.revision, fields, call=call, once=once, rows=(row,))
        )
    except Gone:
        raise Problem("unknown-comment") from None
    except Conflict:
        raise Problem("appeal-over") from None


def statement(comment: Comment, now: int) -> str:
    """What is said with every rejection, beside the standard answer: who decided, when, by what, and what can be done."""
    lang = language(comment.lang)
    if comment.decided is None:
        return ""
    said = phrase(lang, "statement").format(day=_day(comment.decided))
    if may_appeal(comment, now):
        return f"{said} {phrase(lang, 'statement-appeal').format(day=_day(comment.decided + SECONDS))}"
    if APPEAL in comment.held:
        return f"{said} {phrase(lang, 'statement-appealed')}"
    return f"{said} {phrase(lang, 'statement-final')}" if APPEALED in comment.held else said


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
