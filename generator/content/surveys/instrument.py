"""An instrument as frozen types: questions that are counted by stable keys, and their words by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from generator.ground.model import Struct

QuestionKind = Literal["single", "multiple", "scale", "number", "text"]


class Band(Struct):
    """A range of numbers under which a number is published: *least* <= number < *below*; None: open."""

    key: str
    least: float | None = None
    below: float | None = None


class AskIf(Struct):
    """A question is asked where the answer to an earlier one holds any of these keys."""

    question: str
    any: tuple[str, ...]


class Question(Struct):
    """*choices* are keys; those of a scale are its points, ``1`` to ``n``. *exclusive* ones stand alone.

    *min* and *max* count the choices of ``multiple``. *least* and *most* (both included) and *decimals* bound a number.
    All of *ask_if* must hold.
    """

    key: str
    kind: QuestionKind
    choices: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
    min: int = 0
    max: int = 1
    least: float | None = None
    most: float | None = None
    decimals: int = 0
    bands: tuple[Band, ...] = ()
    required: bool = False
    sensitive: bool = False
    ask_if: tuple[AskIf, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The keys under which answers are counted: choices, points or bands; none for free text."""
        return self.choices or tuple(band.key for band in self.bands)


class QuestionWords(Struct):
    """*options* names choices, bands, and the two ends of a scale, by key."""

    text: str
    help: str = ""
    options: dict[str, str] = msgspec.field(default_factory=dict)
    unit: str = ""


class SectionWords(Struct):
    """A section: a title, a sentence below it, and the keys of its questions in order."""

    key: str
    title: str
    questions: tuple[str, ...]
    text: str = ""


class Words(Struct):
    """An instrument's wording in one language, from the file *source_path*.

    *mark* is the mark of this wording (``generator.content.surveys.rewording``), *marked* the one that stands in the
    file on *mark_line*; empty where it has none.
    """

    source_path: str
    title: str
    purpose: str
    collection: str
    publication: str
    questions: dict[str, QuestionWords]
    sections: tuple[SectionWords, ...] = ()
    sponsor: str = ""
    ethics: str = ""
    recruitment: str = ""
    mark: str = ""
    marked: str = ""
    mark_line: int = 1


class Instrument(Struct):
    """A survey as its files have it. *opens*, *closes* and *interim* are canonical moments (``generator.schema.dates``).

    *breakdowns* are the crossed tables that may be published: (question, by). *months*: how long raw rows stay after
    closing. *exact*: the operator switched disclosure control off.
    """

    condition: str
    name: str
    source_path: str
    version: int
    consent: str
    questions: tuple[Question, ...]
    words: Mapping[str, Words]
    opens: str
    closes: str
    interim: str = ""
    age: int = 16
    breakdowns: tuple[tuple[str, str], ...] = ()
    months: int = 24
    exact: bool = False
    draft: bool = False

    @property
    def id(self) -> str:
        """The identity of the survey: ``migraine~working-day``."""
        return f"{self.condition}~{self.name}"

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return next((one for one in self.questions if one.key == key), None)
