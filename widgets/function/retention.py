"""Owns how long anything is kept: one table of lifetimes, and the job that lets go of what is past its time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from widgets.store.desk_records import AuditEntry
from widgets.store.interface import Ledger, Store
from widgets.store.records import FLAG_DAYS, ONCE_DAYS, Conflict, Gone

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
    Lifetime("a retry's key", f"{ONCE_DAYS} days", "the purge"),
    Lifetime("an address", "never; a count under a day's key", "the day's end, with the key"),
    Lifetime("a spent challenge", "minutes after it would have ended", "the purge"),
    Lifetime("a lock and its reason", "until it is taken off", "a moderator"),
    Lifetime("a hold of a pseudonym", "1 to 30 days, as chosen", "the purge, or a moderator"),
    Lifetime("who looks at a comment", "5 minutes", "the decision, or the purge"),
    Lifetime("a sign-in link", "48 hours or one use", "its use, or the purge"),
    Lifetime("a session", "12 idle hours, 14 days at most", "signing out, revocation, or the purge"),
    Lifetime("a passkey's public key", "until it is removed", "its owner, or revocation"),
    Lifetime("staff: name, role, who verified it", "with the audit, revoked ones too", "nothing"),
    Lifetime("the audit: time, actor, act, comment's id, states", "for good", "nothing; it holds no words"),
)


async def purge(store: Store, ledger: Ledger, now: float, new_id: Callable[[], str]) -> int:
    """Let go of all that is past its time; how many rejected comments were destroyed.

    It may stop at any point and be run again: each part is complete in itself.
    """
    await ledger.purge(int(now), _day(now))
    await store.forget_once(_day(now - ONCE_DAYS * _DAY))
    await store.forget_flags(_day(now - FLAG_DAYS * _DAY))
    await store.forget_desk(int(now))
    destroyed = 0
    while True:
        past = await store.rejected(int(now) - REJECTED_DAYS * _DAY, _BATCH)
        before = destroyed
        for comment in past:
            entry = AuditEntry(
                new_id(), int(now), ACTOR, "purge", comment.id, f"{REJECTED_DAYS} days", new_id(),
                {"state": comment.state}, {"state": "withdrawn"},
            )  # fmt: skip
            try:
                await store.remove_comment(comment.id, None, entry)
                destroyed += 1
            except (Gone, Conflict):
                continue
        if len(past) < _BATCH or destroyed == before:
            return destroyed


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
