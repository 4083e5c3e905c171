"""Owns retention: one table of lifetimes, and the purge that deletes what has expired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from widgets.function.state.free_texts import K, end_surveys, move_texts
from widgets.function.state.voice_terms import end_voices
from widgets.function.text.name_notes import forget_notes
from widgets.rules.bursts import KEPT_SECONDS
from widgets.rules.calls import KEPT
from widgets.rules.keys import Keys
from widgets.rules.voices.states import DECLINED, SILENCE
from widgets.store.desk_records import AuditEntry
from widgets.store.interface import Ledger, Store
from widgets.store.records import ERASURE_DAYS, FLAG_DAYS, ONCE_DAYS, Conflict, Gone

_DAY: Final = 86_400
REJECTED_DAYS: Final = 30
ACTOR: Final = "retention"
_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What is kept, for how long, and what ends it; `docs/desk.md` shows this very table."""

    what: str
    kept: str
    ends: str


LIFETIMES: Final = (
    Lifetime("a published comment", "until it is withdrawn", "its writer, at any time"),
    Lifetime("a held comment", "until a person has decided", "never the clock: a plea is not lost"),
    Lifetime(
        "a rejected comment: text, pseudonym, author",
        f"{REJECTED_DAYS} days after the decision",
        "the purge",
    ),
    Lifetime("what was redacted", "not at all", "destroyed with the redaction"),
    Lifetime("who flagged a comment", f"{FLAG_DAYS} days after the person's last flag there", "the purge"),
    Lifetime("how often a comment was flagged", "until a person has decided", "the decision"),
    Lifetime(
        "a refused plea: condition, code, level, minute, how many; no words",
        "24 hours",
        "the purge",
    ),
    Lifetime("a plea withdrawn while held: condition, minute, level", "30 days", "the purge"),
    Lifetime(
        "of an erased pseudonym that was public: a keyed hash, the month",
        "12 months after that month",
        "the purge",
    ),
    Lifetime("who may take an erased pseudonym again: a keyed hash", "24 hours", "the purge"),
    Lifetime("a call to those on duty: condition, reason, times", "24 hours", "the purge"),
    Lifetime(
        "that something was erased: a keyed hash and the day, beside a SQLite store",
        f"{ERASURE_DAYS} days, so that no copy brings it back",
        "the purge",
    ),
    Lifetime("a retry's key", f"{ONCE_DAYS} days", "the purge"),
    Lifetime("an address", "never; a count under a day's key", "the day's end, with the key"),
    Lifetime("how many first votes came by which way, by poll and day", "8 days", "the purge"),
    Lifetime(
        "what stands in for a vote that a sensitive poll had published: a count by option",
        "until the poll publishes again",
        "that publication",
    ),
    Lifetime(
        "a response to a survey",
        "until it is withdrawn; 24 months after the closing, or as the survey says",
        "its writer, or the purge",
    ),
    Lifetime(
        "a free text of a survey, apart from the answers",
        f"in the ledger until {K} others wait with it, then in the store, as long as responses",
        "its writer, or the purge",
    ),
    Lifetime(
        "where a free text was erased: a keyed hash, without words", "as long as responses", "the purge"
    ),
    Lifetime(
        "of withdrawn responses that a survey had counted: counts by cell",
        "until the survey publishes again",
        "that publication, or the purge",
    ),
    Lifetime(
        "a story or question that nobody has decided on",
        "until a person has",
        "never the clock, or its writer",
    ),
    Lifetime(
        "one that waits for its writer: a question back, changed words",
        f"{SILENCE // _DAY} days after the desk wrote",
        "its writer, or the purge",
    ),
    Lifetime("a declined story or question", f"{DECLINED // _DAY} days", "its writer, or the purge"),
    Lifetime(
        "that somebody asked to be told of answers to a post: a keyed hash",
        "as long as the post",
        "its writer, at any time, or the post's erasure",
    ),
    Lifetime(
        "a private feed: a keyed hash of its address, and under the address itself the number that it is for",
        "60 days after the last fetch",
        "its reader, the purge, or the first fetch after its last post is gone",
    ),
    Lifetime("a published story or question", "until it is withdrawn", "its writer, at any time"),
    Lifetime(
        "the name of a published story or question: its form that look-alikes share, a keyed hash of its writer",
        "as long as one under it is published",
        "its writer's withdrawal",
    ),
    Lifetime(
        "a reported mistake: page, passage, words, the day; nothing of who reported it",
        "until an editor has dealt with it, 90 days at most",
        "the editor, or the purge",
    ),
    Lifetime("a spent challenge", "minutes after it would have ended", "the purge"),
    Lifetime("the random number of a burst", "72 hours at most", "the decision, or the purge"),
    Lifetime("that a post is set aside", "24 hours", "the clock, or a decision"),
    Lifetime("a lock and its reason", "until it is taken off", "a moderator"),
    Lifetime(
        "a hold of a pseudonym, with a hash of the device behind it",
        "1 to 30 days, as chosen",
        "the purge, or a moderator",
    ),
    Lifetime("a private answer", "30 days from the first one to a post", "the purge, or the post's erasure"),
    Lifetime("an appeal", "as long as the post", "the post's erasure"),
    Lifetime("moderators' notes on a post", "as long as the post", "the post's erasure"),
    Lifetime(
        "moderators' notes on a pseudonym, under a keyed hash",
        "180 days from the last one",
        "the purge, or the erasure of its last post",
    ),
    Lifetime("who is on a post", "72 hours", "a decision, the purge, or the post's erasure"),
    Lifetime("who has seen a plea in a survey's free texts: a keyed hash", "30 days", "the purge"),
    Lifetime("that somebody looked at a post", "as long as the post", "the post's erasure"),
    Lifetime("how long posts waited for a look: counts by week and condition", "42 days", "the purge"),
    Lifetime("a false alarm: up to four words, condition, who, when", "a year", "the purge, or a moderator"),
    Lifetime("who looks at a comment", "5 minutes", "the decision, or the purge"),
    Lifetime("a sign-in link", "48 hours or one use", "its use, or the purge"),
    Lifetime("a session", "12 idle hours, 14 days at most", "signing out, revocation, or the purge"),
    Lifetime("a passkey's public key", "until it is removed", "its owner, or revocation"),
    Lifetime("staff: name, role, who verified it", "with the audit, revoked ones too", "nothing"),
    Lifetime("the audit: time, actor, act, comment's id, states", "for good", "nothing; it holds no words"),
)


async def purge(
    store: Store, ledger: Ledger, now: float, new_id: Callable[[], str], keys: Keys | None = None
) -> int:
    """Delete all that has expired; returns how many rejected comments were deleted. Without *keys* notes on a pseudonym whose
    last post goes now stay until their own time is over: nothing else leads to them.

    It may stop at any point and be run again: each part is complete in itself.
    """
    await ledger.purge(int(now), _day(now))
    await end_surveys(store, ledger, now)
    await move_texts(store, ledger)
    await store.purge_once(_day(now - ONCE_DAYS * _DAY))
    await store.purge_flags(_day(now - FLAG_DAYS * _DAY))
    await store.purge_desk(int(now))
    await store.purge_bursts(int(now) - KEPT_SECONDS)
    await store.purge_calls(int(now) - KEPT)
    await end_voices(store, int(now), new_id)
    destroyed = 0
    while True:
        past = await store.rejected(int(now) - REJECTED_DAYS * _DAY, _BATCH)
        before = destroyed
        for comment in past:
            entry = AuditEntry(
                new_id(), int(now), ACTOR, "purge", comment.id, f"{REJECTED_DAYS} days", new_id(),
                {"state": comment.state}, {"state": "withdrawn"}, comment.condition,
            )  # fmt: skip
            try:
                await store.remove_comment(comment.id, None, entry)
                destroyed += 1
                if keys is not None and comment.author:
                    await forget_notes(store, keys, comment.author)
            except (Gone, Conflict):
                continue
        if len(past) < _BATCH or destroyed == before:
            return destroyed


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
