"""Owns what is sent as a response to a survey, by a program or by a form: read, but not yet judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

import msgspec

from widgets.contract.manifest import Key
from widgets.contract.problems import Problem
from widgets.contract.surveys import Survey
from widgets.function.http.incoming import Write
from widgets.function.http.sent_words import ANSWER
from widgets.function.shapes import Altcha, Lang, Strict

_FIELDS: Final = 1_000  # of a form: every choice of a long survey
_TICKS: Final = ("collection", "publication", "age")

Given = str | int | float | list[str] | None


class ResponseRequest(Strict, frozen=True):
    version: Annotated[int, msgspec.Meta(ge=1)]
    consent: Annotated[str, msgspec.Meta(max_length=200)]
    answers: Annotated[dict[Key, Given], msgspec.Meta(max_length=300)]
    collection: bool = False
    publication: bool = False
    age: bool = False
    altcha: Altcha | None = None
    website: Annotated[str, msgspec.Meta(max_length=500)] = ""
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """`answers` by question's key, as they were sent."""

    version: int
    consent: str
    answers: Mapping[str, object]
    collection: bool
    publication: bool
    age: bool
    lang: str
    website: str = ""
    altcha: str | None = None

    def texts(self, survey: Survey) -> list[str]:
        """What was written, into whichever field and whatever else is wrong with it; no choices."""
        chosen = {one.key for one in survey.questions if one.kind not in ("text", "number")}
        given = self.answers.items()
        return [text for key, text in given if key not in chosen and isinstance(text, str)]

    def without_consent(self) -> Sent:
        """For an instrument that is another by now: its ticks are set anew."""
        return replace(self, collection=False, publication=False)


def read_sent(write: Write, survey: Survey) -> Sent:
    """Raises Problem."""
    if write.is_form:
        return _from_form(write.form(_FIELDS), survey)
    wanted = write.json(ResponseRequest)
    return Sent(
        wanted.version,
        wanted.consent,
        wanted.answers,
        wanted.collection,
        wanted.publication,
        wanted.age,
        wanted.lang or "",
        wanted.website,
        wanted.altcha,
    )


def _from_form(fields: Mapping[str, list[str]], survey: Survey) -> Sent:
    version = fields.get("version", [""])[0]
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        raise Problem("body-invalid", "The form lacks the survey's version.")
    answers: dict[str, Any] = {}
    for name, values in fields.items():
        if name.startswith(ANSWER):
            key = name.removeprefix(ANSWER)
            question = survey.question(key)
            kind = question.kind if question is not None else ""
            chosen = list(dict.fromkeys(value for value in values if value))
            # Words are lost in no repeated field: one of them may be a plea.
            answers[key] = {"multiple": chosen, "text": "\n".join(chosen)}.get(kind, values[0])
    collection, publication, age = (fields.get(name, [""])[0] not in ("", "off", "0") for name in _TICKS)
    return Sent(
        int(version),
        fields.get("consent", [""])[0],
        answers,
        collection,
        publication,
        age,
        lang=fields.get("lang", [""])[0],
        website=fields.get("website", [""])[0],
    )
