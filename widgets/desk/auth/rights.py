"""Owns who may do what: one table of actions and roles, and the one function that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Protocol, get_args

Role = Literal["moderator", "editor", "advocate", "clinician"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_ALL: Final = frozenset(ROLES)
_DECIDE: Final = frozenset({"moderator", "editor"})
_CARE: Final = frozenset({"moderator", "editor", "clinician"})

# Reading comes first, then what changes something. An advocate never sees what the public cannot see.
RIGHTS: Final[Mapping[str, frozenset[str]]] = {
    "account": _ALL,
    "read": _ALL,
    "read-held": _CARE,
    "queue": _CARE,
    "search": _CARE,
    "unanswered": _ALL,
    "feed": _ALL,  # one's own
    "texts": _CARE,  # who is called for a plea can read it
    "voices": _CARE,
    "alarms": _DECIDE,
    "mistakes": _DECIDE,
    "load": _DECIDE,
    "audit": frozenset({"editor"}),
    "undo": _ALL,  # of one's own acts
    "claim": _CARE,
    "release": _CARE,
    "hand-over": _CARE,
    "memo": _CARE,
    "memo-name": _CARE,
    "approve": _DECIDE,
    "reject": _DECIDE,
    "aside": _DECIDE,
    "hold": _CARE,
    "crisis": _CARE,
    "answer": _ALL,
    "ask-clinician": _ALL,
    "clinician-done": _ALL,
    "question-answer": _ALL,
    "question-ask-clinician": _ALL,
    "question-clinician-done": _ALL,
    "private-answer": _CARE,  # of them those alone who are marked for it
    "note": frozenset({"clinician"}),
    "false-alarm": _DECIDE,
    "redact": _DECIDE,
    "lock": _DECIDE,
    "unlock": _DECIDE,
    "hold-name": _DECIDE,
    "free-name": _DECIDE,
    "erase-name": _DECIDE,
    "voice-ask": _DECIDE,
    "voice-offer": _DECIDE,
    "voice-publish": _DECIDE,
    "voice-decline": _DECIDE,
    "voice-hold": _CARE,
    "voice-note": frozenset({"clinician"}),
    "voice-answer": _DECIDE,
}

MARKED: Final = frozenset({"private-answer"})  # asks for a mark of the person's own beside the role


class RoleHolder(Protocol):
    """What a right depends on: the role, the conditions it is for (none: all of them), and the mark."""

    @property
    def role(self) -> str: ...

    @property
    def conditions(self) -> tuple[str, ...]: ...

    @property
    def may_answer_crisis(self) -> bool: ...


def may(staff: RoleHolder, action: str, condition: str | None = None) -> bool:
    """Whether the role allows the action, and the condition is one of theirs (none named: all)."""
    allowed = staff.role in RIGHTS.get(action, frozenset())
    allowed = allowed and (action not in MARKED or staff.may_answer_crisis)
    return allowed and (condition is None or not staff.conditions or condition in staff.conditions)


def together(one: RoleHolder, other: RoleHolder) -> bool:
    """Whether two people are there for a condition that is the same."""
    return not one.conditions or not other.conditions or not set(one.conditions).isdisjoint(other.conditions)
