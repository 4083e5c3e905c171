"""Owns which comments a hub may show as its conversations: what a person approved, and nothing that asks for care."""

from __future__ import annotations

from typing import Final

from widgets.rules.claims import NO_CLAIMS, judge_claim
from widgets.rules.crisis import judge_plea
from widgets.rules.harm import judge_harm
from widgets.rules.phrases import Phrases
from widgets.store.records import Comment

MOST: Final = 3
_HOUR: Final = 3_600


def may_stand_out(comment: Comment, now: int, claims: Phrases = NO_CLAIMS) -> bool:
    """Approved by a person as it stands, older than an hour, without a note, a flag, a claim or any level of a plea."""
    decided = comment.decided is not None and (comment.edited is None or comment.edited <= comment.decided)
    quiet = not comment.flags and not comment.queued and comment.note is None and not comment.urgency
    if not (comment.state == "published" and decided and quiet and comment.created <= now - _HOUR):
        return False
    text = comment.text
    return judge_plea(text) is None and judge_harm(text) is None and judge_claim(text, claims) is None
