"""Owns what is sent as a response to a survey, by a program or by a form: read, but not yet judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

import msgspec

from widgets.contract.manifest import Key, Manifest
from widgets.contract.problems import Problem
from widgets.contract.surveys import Question, Survey
from widgets.function.http.incoming import Write
from widgets.function.http.sent_words import ANSWER
from widgets.function.shapes import Altcha, Lang, Strict
from widgets.rules.keys import DEVICE_KEY
from widgets.rules.personal_data import kinds, personal_data
from widgets.rules.surveys.responses import PERSONAL, AnswersInvalid, Checked

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
    confirmed: bool = False
    altcha: Altcha | None = None
    website: Annotated[str, msgspec.Meta(max_length=500)] = ""
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """`answers` by question's key, as they were sent. `confirmed`: texts that seem to hold personal data are to be sent as they
    are; `device`: the key that a page of ours gave a form."""

    version: int
    consent: str
    answers: Mapping[str, object]
    collection: bool
    publication: bool
    age: bool
    lang: str
    website: str = ""
    altcha: str | None = None
    confirmed: bool = False
    device: str = ""

    def texts(self, survey: Survey) -> list[str]:
        """What was written, into whichever field and whatever else is wrong with it; no choices."""
        return [text for key, given in self.answers.items() for text in _written(survey.question(key), given)]

    def without_consent(self) -> Sent:
        """For an instrument that is another by now: its ticks are set anew."""
        return replace(self, collection=False, publication=False)


def _written(question: Question | None, given: object) -> list[str]:
    choices = {choice.key for choice in question.choices} if question else set()
    several = given if isinstance(given, list | tuple) else [given]
    return [text for text in several if isinstance(text, str) and text not in choices]


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
        wanted.confirmed,
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
    device = fields.get("device", [""])[0]
    return Sent(
        int(version),
        fields.get("consent", [""])[0],
        answers,
        collection,
        publication,
        age,
        lang=fields.get("lang", [""])[0],
        website=fields.get("website", [""])[0],
        confirmed=bool(fields.get("confirmed", [""])[0]),
        device=device if DEVICE_KEY.fullmatch(device) else "",
    )


def demand_no_personal_data(manifest: Manifest, checked: Checked) -> None:
    """Raises AnswersInvalid `personal-data`, with the fault at each text that seems to hold some."""
    found = {key: personal_data(text, manifest.own_numbers()) for key, text in checked.texts.items()}
    faults = {key: PERSONAL for key, places in found.items() if places}
    if faults:
        named = kinds(tuple(place for places in found.values() for place in places))
        raise AnswersInvalid(faults, PERSONAL, found=named)
