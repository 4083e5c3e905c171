"""Owns what a store keeps of surveys, the calls for it, and those for free texts, which lie apart from all answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from widgets.store.records import Once, StoreError


class AlreadyAnswered(StoreError):
    """This person has answered this version of the survey."""


@dataclass(frozen=True, slots=True)
class Response:
    """One row per (survey, version, voter). `day` is YYYY-MM-DD, never a time; `answers` canonical JSON, without free texts.

    `receipt` is a keyed hash; `salt` chance that with the device key and the secret makes the receipt again, for a retry.
    `cells` are all cells of published tables that the response counts in; none without the tick for publication.
    """

    survey: str
    version: int
    voter: str
    receipt: str
    salt: str
    answers: str
    cells: tuple[str, ...]
    publication: bool
    day: str


@dataclass(frozen=True, slots=True)
class Responded:
    response: Response
    repeated: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """By cell: rows that count now; of these, those since the last publication; those that the last publication counted and
    that were taken back since. The cell "" counts responses."""

    standing: Mapping[str, int] = field(default_factory=dict)
    came: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SurveyHead:
    """What a store knows of a survey's version as a whole.

    `results` is the JSON of what was last fixed, for `moment` (seconds since 1970). `responses` counts rows with the tick for
    publication. `until`: when raw rows go. `ended`: they are gone, and nothing is published any more.
    `layout`: a digest of the instrument by which the rows' cells were made; `asked`: all questions for a free text that this
    version ever had.
    """

    survey: str
    version: int
    results: str | None = None
    moment: int | None = None
    responses: int = 0
    until: int | None = None
    ended: bool = False
    layout: str | None = None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a survey's rows are labelled: the digest of its instrument, its questions for free texts, and the cells of a row."""

    digest: str
    asked: tuple[str, ...]
    cells: Callable[[Response], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FreeText:
    """A text of a survey under a key that leads to no response: a keyed hash of the receipt, the survey and the question.
    `plea`: it is read at once, alone."""

    key: str
    survey: str
    question: str
    text: str
    plea: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is fixed for a moment, as JSON. `counted`: the rows stand in it, so that later ones have come since."""

    results: str
    counted: bool = True


# What is fixed from the counts and from what was fixed before; None where all is to stay.
Make = Callable[[Counts, str | None], Fixed | None]


def scope_of(survey: str) -> str:
    """The name under which a store counts changes of a survey; no poll and no thread is called so."""
    return f"survey/{survey}"


class SurveyStore(Protocol):
    """Every write is durable when the call returns, and all of it or none of it happened."""

    def add(self, response: Response, once: Once | None) -> Awaitable[Responded]:
        """Raises AlreadyAnswered, OnceMismatch, Gone (a retry of what was withdrawn since), Busy."""
        ...

    def responses(self, keys: Sequence[tuple[str, int, str]]) -> Awaitable[list[Response]]:
        """Those that exist among (survey, version, voter)."""
        ...

    def by_receipt(self, receipt: str) -> Awaitable[Response | None]: ...

    def withdraw(self, response: Response) -> Awaitable[bool]:
        """Delete the row with this voter and receipt. Where the last publication counted it, its cells are counted as gone,
        without any hash, until the next one. True for the one call that deleted it."""
        ...

    def head(self, survey: str, version: int) -> Awaitable[SurveyHead]: ...

    def heads(self) -> Awaitable[list[SurveyHead]]:
        """All versions of surveys that were ever kept or published."""
        ...

    def keep_until(self, survey: str, version: int, until: int | None) -> Awaitable[None]: ...

    def relabel(self, survey: str, version: int, layout: Layout) -> Awaitable[None]:
        """Make the cells of all rows anew: the instrument was edited while people answered. What was published of them, and
        what is gone since, stays as it was counted."""
        ...

    def count(self, survey: str, version: int) -> Awaitable[Counts]:
        """From the rows."""
        ...

    def publish(self, survey: str, version: int, moment: int, make: Make) -> Awaitable[SurveyHead]:
        """Fix what is published at this moment, once, from the rows as they stand, in one conditional transaction. What was
        fixed for this moment or a later one stays."""
        ...

    def rows(self, survey: str, version: int) -> Awaitable[list[Response]]:
        """All, in the order of their hashes: for export on the operator's machine."""
        ...

    def end(self, survey: str, version: int) -> Awaitable[int]:
        """Delete all rows and what stands for them; what was published stays. How many there were."""
        ...

    # -- free texts
    def keep_texts(self, texts: Sequence[FreeText]) -> Awaitable[None]:
        """Keep those whose keys were not erased."""
        ...

    def erase_texts(self, keys: Sequence[tuple[str, str, str]]) -> Awaitable[int]:
        """Erase texts by (survey, question, key), those too that come later: a batch may be on its way. How many there
        were."""
        ...

    def texts(self, survey: str, question: str) -> Awaitable[list[FreeText]]:
        """In the order of their keys."""
        ...

    def text_places(self) -> Awaitable[Mapping[tuple[str, str], int]]:
        """(survey, question) → how many texts there are."""
        ...

    def end_texts(self, survey: str) -> Awaitable[None]:
        """Delete all texts of a survey, and the marks of erased ones."""
        ...


class TextLedger(Protocol):
    """Free texts that wait for others to go with: never backed up."""

    def wait(self, text: FreeText) -> Awaitable[None]:
        """Keep a text, in place of one with the same key."""
        ...

    def demand(self) -> Awaitable[None]:
        """Raises Busy where it takes no text now: its file is not the one that was opened."""
        ...

    def waiting(self) -> Awaitable[list[FreeText]]: ...

    def drop(self, keys: Sequence[str]) -> Awaitable[int]:
        """How many there were."""
        ...
