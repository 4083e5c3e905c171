"""What may stand in an instrument's files, as strict types; their fields are the keys."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from generator.content.front_matter.schema import TEXT
from generator.content.surveys.instrument import QuestionKind
from generator.ground.model import Struct
from generator.schema.convert import Check, Invalid
from generator.schema.dates import MOMENT

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise Invalid(f"'{text}' cannot be a key", "use a-z, 0-9 and hyphens, such as `days-lost`")
    return text


def _keys(texts: tuple[str, ...]) -> tuple[str, ...]:
    for index, text in enumerate(texts):
        try:
            _key(text)
        except Invalid as error:
            raise Invalid(str(error), error.hint, index) from None
    return texts


def _labels(labels: dict[str, str]) -> dict[str, str]:
    for key, label in labels.items():
        _key(key)
        if not label.strip():
            raise Invalid(f"'{key}' has no words", f"write `{key}: …`")
    return {key: " ".join(label.split()) for key, label in labels.items()}


def _between(least: int, most: int) -> Check:
    def check(number: int) -> int:
        if not least <= number <= most:
            raise Invalid(f"{number} is not possible here", f"write a number from {least} to {most}")
        return number

    return Check(check)


def _ends(labels: tuple[str, ...]) -> tuple[str, ...]:
    if labels and len(labels) != 2:
        raise Invalid("a scale has two ends", "write both: [Not at all, Completely]")
    for index, label in enumerate(labels):
        if not label.strip():
            raise Invalid("an end of a scale needs words", "write both: [Not at all, Completely]", index)
    return tuple(" ".join(label.split()) for label in labels)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wording(text: str) -> str:
    if not re.fullmatch(r"w[0-9a-f]{7}", text):
        raise Invalid(
            f"'{text}' is not a mark of a wording", "remove the line; a warning names the right one"
        )
    return text


KEY = Check(_key, r"^[a-z0-9][a-z0-9-]{0,63}$")
KEYS = Check(_keys, r"^[a-z0-9][a-z0-9-]{0,63}$")
LABELS = Check(_labels)
ENDS = Check(_ends)
LINE = Check(_one_line)
WORDING = Check(_wording, r"^w[0-9a-f]{7}$")
AskIfWritten = dict[str, str | int | tuple[str | int, ...]]


class BandEntry(Struct):
    """A range under which numbers are published: from `least` on, `below` the next."""

    key: Annotated[str, KEY]
    label: Annotated[str, TEXT]
    least: float | None = None
    below: float | None = None


class QuestionEntry(Struct):
    """A question. Which keys it needs depends on its `kind`."""

    key: Annotated[str, KEY]
    ask: Annotated[str, TEXT]
    kind: QuestionKind
    help: Annotated[str, LINE] = ""
    options: Annotated[dict[str, str], LABELS] = msgspec.field(default_factory=dict)
    exclusive: Annotated[tuple[str, ...], KEYS] = ()
    min: Annotated[int | None, _between(0, 30)] = None
    max: Annotated[int | None, _between(1, 30)] = None
    points: Annotated[int | None, _between(2, 11)] = None
    ends: Annotated[tuple[str, ...], ENDS] = ()
    unit: Annotated[str, LINE] = ""
    least: float | None = None
    most: float | None = None
    decimals: Annotated[int | None, _between(0, 3)] = None
    bands: tuple[BandEntry, ...] = ()
    ask_if: AskIfWritten = msgspec.field(default_factory=dict)
    required: bool = False
    sensitive: bool = False


class SectionEntry(Struct):
    """Questions that belong together."""

    key: Annotated[str, KEY]
    title: Annotated[str, TEXT]
    text: Annotated[str, LINE] = ""
    questions: tuple[QuestionEntry, ...] = ()


class Consent(Struct):
    """What people agree to: one tick without which nothing is taken, one without which nothing is published."""

    version: Annotated[str, TEXT]
    collection: Annotated[str, TEXT]
    publication: Annotated[str, TEXT]


class Breakdown(Struct):
    """A question whose answers may be published by the answers to another one."""

    question: Annotated[str, KEY]
    by: Annotated[str, KEY]


class SurveyFile(Struct):
    """The whole of ``<id>.yaml``."""

    title: Annotated[str, TEXT]
    purpose: Annotated[str, TEXT]
    opens: Annotated[str, MOMENT]
    closes: Annotated[str, MOMENT]
    consent: Consent
    version: Annotated[int, _between(1, 1000)] = 1
    wording: Annotated[str, WORDING] = ""
    sponsor: Annotated[str, LINE] = ""
    ethics: Annotated[str, LINE] = ""
    recruitment: Annotated[str, LINE] = ""
    age: Annotated[int, _between(13, 99)] = 16
    sections: tuple[SectionEntry, ...] = ()
    questions: tuple[QuestionEntry, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    interim: Annotated[str, MOMENT] = ""
    months: Annotated[int, _between(1, 120)] = 24
    exact: bool = False
    draft: bool = False


class ConsentWording(Struct):
    """The two ticks in another language."""

    collection: Annotated[str, TEXT]
    publication: Annotated[str, TEXT]


class SectionWording(Struct):
    """A section's words in another language."""

    title: Annotated[str, TEXT]
    text: Annotated[str, LINE] = ""


class QuestionWording(Struct):
    """A question's words in another language; options and bands by key."""

    ask: Annotated[str, TEXT]
    help: Annotated[str, LINE] = ""
    options: Annotated[dict[str, str], LABELS] = msgspec.field(default_factory=dict)
    ends: Annotated[tuple[str, ...], ENDS] = ()
    unit: Annotated[str, LINE] = ""
    bands: Annotated[dict[str, str], LABELS] = msgspec.field(default_factory=dict)


class WordingFile(Struct):
    """The whole of ``<id>.es.yaml``: wording alone."""

    title: Annotated[str, TEXT]
    purpose: Annotated[str, TEXT]
    consent: ConsentWording
    questions: dict[str, QuestionWording]
    sections: dict[str, SectionWording] = msgspec.field(default_factory=dict)
    wording: Annotated[str, WORDING] = ""
    sponsor: Annotated[str, LINE] = ""
    ethics: Annotated[str, LINE] = ""
    recruitment: Annotated[str, LINE] = ""
