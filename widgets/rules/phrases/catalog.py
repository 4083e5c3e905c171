"""Owns which files of phrases there are, by name, and what each must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_TOLD: Final = ("not_meant", "no_negation")
_DENIED: Final = ("negations", "joints")


@dataclass(frozen=True, slots=True)
class Shape:
    """The lists of phrases and the sets of words that a file holds: exactly these."""

    lists: tuple[str, ...]
    sets: tuple[str, ...]


CRISIS: Final = Shape(
    (*_TOLD, "now", "thoughts", "method", "method_beside", "past", "frames", "weak", "vents"),
    (*_DENIED, "still", "past_verbs", "first", "third", "common"),
)
CLAIMS: Final = Shape(
    (
        *(*_TOLD, "claim", "urges", "stopping", "overdose", "mixing", "boosts", "symptom", "no_hospital"),
        *("remedy", "cures", "needle", "at_home", "sober"),
    ),
    _DENIED,
)
CORE: Final = Shape(
    (
        *("now", "attempt", "thoughts", "wished", "once", "other", "other_now", "soon", "own_past", "means"),
        *("abuse", "child", "poisoning", "urgent", "fiction", "resolved", "figures"),
        *("doubtful", "unharmed", "grave", "denied", "no_negation"),
    ),
    (*_DENIED, "through", "reports", "first", "others", "asks", "whether", "supposing", "still", "common"),
)
HARM: Final = Shape(
    (
        *("incitement", "imperative", "pact", "method", "link", "figures", "no_negation"),
        *("contact", "dose", "guide", "closed_group", "exit", "sell", "taunt", "deed", "release", "last_act"),
        *("burden", "freed", "marks", "praise", "helps"),
    ),
    (*_DENIED, "softeners", "through", "reports", "addressed", "common"),
)

_SIGNS: Final = ("place", "exposed", "means", "pets", "papers", "goods", "final", "ending", "amount", "tried")
_CLOSED: Final = ("over", "once_time", "recovered", "again", "someone_else")
SIGNS: Final = Shape(
    (*_TOLD, *_SIGNS, "choice", "calm", "day", "thanks", "secret", "ordinary", "habit", *_CLOSED),
    (*_DENIED, "first"),
)

# The languages in which a file of each shape is kept. Every file is tried on every text.
FILES: Final[dict[str, tuple[Shape, tuple[str, ...]]]] = {
    "crisis": (CRISIS, ("en", "es")),
    "claims": (CLAIMS, ("en", "es")),
    "core": (CORE, ("en", "es", "fr", "de", "pt", "it", "more")),
    "harm": (HARM, ("en", "es")),
    "signs": (SIGNS, ("en", "es")),
}


def names(kind: str) -> tuple[str, ...]:
    """The names of its files, without suffix."""
    return tuple(f"{kind}.{language}" for language in FILES[kind][1])
