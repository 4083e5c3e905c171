"""Owns who may do what: one table of actions and roles, and the one function that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from widgets.desk.people import Staff

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
    "load": _DECIDE,
    "audit": frozenset({"editor"}),
    "undo": _ALL,  # of one's own acts
    "approve": _DECIDE,
    "reject": _DECIDE,
    "hold": _CARE,
    "crisis": _CARE,
    "answer": _ALL,
    "note": frozenset({"clinician"}),
    "redact": _DECIDE,
    "lock": _DECIDE,
    "unlock": _DECIDE,
    "hold-name": _DECIDE,
    "free-name": _DECIDE,
}


def may(staff: Staff, action: str, condition: str | None = None) -> bool:
    """Whether the role allows the action, and the condition is one of theirs (none named: all)."""
    allowed = staff.role in RIGHTS.get(action, frozenset())
    return allowed and (condition is None or not staff.conditions or condition in staff.conditions)
