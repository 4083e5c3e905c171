"""Owns the judgement that a text may harm whoever reads it: told to die, invited to die together, handed a method."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from widgets.rules.phrases import Span
from widgets.rules.phrases.catalog import names
from widgets.rules.phrases.files import PhraseFile, read_phrases
from widgets.rules.pleas.scope import Scope
from widgets.rules.words import Reader, Words

Kind = Literal["incitement", "pact", "method"]

# The lists of a file, and what a phrase of each is; what is gravest for readers comes first.
_LISTS: Final[tuple[tuple[str, Kind], ...]] = (
    ("method", "method"),
    ("link", "method"),
    ("pact", "pact"),
    ("incitement", "incitement"),
    ("imperative", "incitement"),
)
# Signs that are harmless each: two of them in one message are what the third says.
_PAIRS: Final[tuple[tuple[str, str, Kind], ...]] = (
    ("contact", "dose", "method"),
    ("contact", "exit", "method"),
    ("closed_group", "guide", "method"),
    ("closed_group", "exit", "method"),
    ("sell", "exit", "method"),
    ("marks", "praise", "incitement"),
    ("taunt", "deed", "incitement"),
    ("release", "last_act", "incitement"),
    ("burden", "freed", "incitement"),
)
_SHORT: Final = 60  # words of a message in which signs belong together
_BACK: Final = 4  # words before an incitement among which somebody may be said to have said it


@dataclass(frozen=True, slots=True)
class Harm:
    """`incitement`: somebody is told or encouraged to die; `pact`: invited to die together, or offered help with it;
    `method`: told how, or where it is told. Always held, urgency 7, its alert joins others of the same minutes."""

    kind: Kind
    language: str


def judge_harm(text: str, language: str = "en") -> Harm | None:
    """The gravest that any list finds. `language`, a BCP 47 tag, is the page's: a text of both is told in it."""
    words = _reader().read(text)
    found = [one for file in harm_files() if (one := _harm(words, file)) is not None]
    order = {kind: at for at, (_, kind) in reversed(list(enumerate(_LISTS)))}
    own = language.partition("-")[0]
    return min(found, key=lambda one: (order[one.kind], one.language != own), default=None)


@cache
def harm_files() -> tuple[PhraseFile, ...]:
    return tuple(map(read_phrases, names("harm")))


@cache
def _reader() -> Reader:
    return Reader(frozenset().union(*(file.vocabulary for file in harm_files())).__contains__)


def _harm(words: Words, file: PhraseFile) -> Harm | None:
    scope = Scope(words, file)
    for name, kind in _LISTS:
        for span in scope.find(name):
            if (
                not scope.figures.isdisjoint(range(span.begin, span.end))
                or scope.denied(span)
                or _told_by_others(scope, span)
            ):
                continue
            if name == "link" and scope.has("helps"):
                continue
            if name == "imperative" and not _ordered(scope, span):
                continue
            return Harm(kind, file.language)
    return _of_signs(scope, file)


def _of_signs(scope: Scope, file: PhraseFile) -> Harm | None:
    """Two signs that stand apart in a short message; none where its writer helps, or tells of something else."""
    addressed = file.sets["addressed"]
    if len(scope.words) > _SHORT:
        return None
    told = any(word.text in addressed for word in scope.words)
    for one, other, kind in _PAIRS:
        if kind == "incitement" and not told:
            continue
        if scope.apart(one, other) and not scope.has("helps"):
            return Harm(kind, file.language)
    return None


def _ordered(scope: Scope, span: Span) -> bool:
    """Whether an imperative is one: at the head of its clause, or after words that lead up to an order."""
    for word in scope.clause_before(span):
        if word.text in scope.file.sets["joints"]:
            return True
        if word.text not in scope.file.sets["softeners"]:
            return False
    return True


def _told_by_others(scope: Scope, span: Span) -> bool:
    """Whether it is only told that somebody said so (``they told me to ...``)."""
    reports = scope.file.sets["reports"]
    near = scope.clause_before(span)[:_BACK]
    return any(word.text in reports for word in near)
