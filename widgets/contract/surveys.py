"""Owns the shapes of surveys: an instrument as the manifest carries it, and the results that a survey publishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._~-]*\Z", max_length=200)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*\Z", max_length=64)]
Path_ = Annotated[str, msgspec.Meta(pattern=r"^/(?![/\\])[^?#\\\x00-\x20]*\Z", max_length=1000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Choice(msgspec.Struct, frozen=True):
    """An answer that can be chosen; an `exclusive` one ("none of these") stands alone."""

    key: Key
    exclusive: bool = False


class Band(msgspec.Struct, frozen=True):
    """A range of numbers under which a number is published: `least` <= number < `below`; None: open."""

    key: Key
    least: float | None = None
    below: float | None = None


class AskIf(msgspec.Struct, frozen=True):
    """A question is asked where the answer to an earlier one holds any of these keys (choices, points of a scale, bands)."""

    question: Key
    any: tuple[Key, ...]


class Question(msgspec.Struct, frozen=True):
    """`choices` of a scale are its points, keys "1" to "n". `min` and `max` count the choices of `multiple`. `least`,
    `most` (both included) and `decimals` bound a number. All of `ask_if` must hold."""

    key: Key
    kind: Literal["single", "multiple", "scale", "number", "text"]
    choices: tuple[Choice, ...] = ()
    min: int = 0
    max: int = 1
    least: float | None = None
    most: float | None = None
    decimals: int = 0
    bands: tuple[Band, ...] = ()
    required: bool = False
    sensitive: bool = False
    ask_if: tuple[AskIf, ...] = ()


class QuestionWords(msgspec.Struct, frozen=True):
    """`options` names choices, points of a scale (those that have a label) and bands by key."""

    text: str
    help: str = ""
    options: Mapping[str, str] = msgspec.field(default_factory=dict)
    unit: str = ""


class SectionWords(msgspec.Struct, frozen=True):
    title: str
    questions: tuple[Key, ...]
    text: str = ""


class Words(msgspec.Struct, frozen=True):
    """An instrument's wording in one language."""

    title: str
    purpose: str
    collection: str  # beside the tick without which nothing is taken
    publication: str  # beside the tick without which the response counts in no published table
    questions: Mapping[Key, QuestionWords]
    sections: tuple[SectionWords, ...] = ()


class Survey(msgspec.Struct, frozen=True):
    """An instrument. `breakdowns` are the crossed tables that may be published: (question, by). `interim`: from then on, with
    100 responses, tables are published before the closing. `months`: how long raw rows stay after closing. `exact`: the
    operator switched disclosure control off."""

    condition: Id
    version: Annotated[int, msgspec.Meta(ge=1)]
    consent: str  # the version of the consent's text
    questions: tuple[Question, ...]
    words: Mapping[str, Words]
    pages: Mapping[str, Path_]
    opens: Moment | None = None
    closes: Moment | None = None
    interim: Moment | None = None
    age: int = 16
    breakdowns: tuple[tuple[Key, Key], ...] = ()
    months: int = 24
    exact: bool = False

    def taken_at(self, now: float) -> bool:
        """Whether answers are taken at that moment (seconds since 1970)."""
        opened = self.opens is None or now >= self.opens.timestamp()
        return opened and (self.closes is None or now < self.closes.timestamp())

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions if one.key == key), None)


class ResultCell(msgspec.Struct, frozen=True):
    """`count` is a number of people, rounded to a multiple of the base and off by less than two bases; None: kept back. 0 is a
    true zero. `by` is the group of a crossed table."""

    key: str
    count: int | None
    by: str | None = None


class ResultTable(msgspec.Struct, frozen=True):
    """The answers to one question, or to one by another. `totals` are the people who were asked and answered, by group (one of
    "" for a table that is not crossed), rounded; None: kept back. Where a question is `multiple`, cells add to more."""

    question: str
    by: str | None
    totals: Mapping[str, int | None]
    cells: tuple[ResultCell, ...]
    moment: Moment  # of the publication that last changed this table


class SurveyResults(msgspec.Struct, frozen=True):
    """What is published of a survey's version. `responses` is rounded; None: kept back. `final`: nothing comes after it.
    `tried`: when a publication was last due and did not come off, the numbers staying as they were at `moment`. Without
    tables: nothing could be published yet."""

    version: int
    moment: Moment
    final: bool
    responses: int | None
    tables: tuple[ResultTable, ...]
    base: int = 5  # counts are rounded to it; 1 where the operator switched the control off
    tried: Moment | None = None
