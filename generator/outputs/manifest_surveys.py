"""Surveys in ``manifest.json``: what the function must know to take answers and to publish them."""

from __future__ import annotations

from typing import Any

from generator.content.surveys.instrument import Question, Words
from generator.site.types import Survey
from generator.views.context import ViewContext


def manifest_surveys(context: ViewContext) -> dict[str, Any]:
    """The surveys with a page, by id; drafts are left out."""
    return {
        id_: _survey(survey)
        for id_, survey in sorted(context.site.surveys.items())
        if not survey.instrument.draft
    }


def _survey(survey: Survey) -> dict[str, Any]:
    instrument = survey.instrument
    return {
        "condition": instrument.condition,
        "version": instrument.version,
        "consent": instrument.consent,
        "opens": _moment(survey.opens),
        "closes": _moment(survey.closes),
        "interim": _moment(survey.interim),
        "age": instrument.age,
        "months": instrument.months,
        "exact": instrument.exact,
        "questions": [_question(question) for question in instrument.questions],
        "breakdowns": [list(pair) for pair in instrument.breakdowns],
        "words": {language: _words(words) for language, words in sorted(instrument.words.items())},
        "pages": {language: survey.root.href(path) for language, path in sorted(survey.url_paths.items())},
    }


def _moment(text: str) -> str | None:
    return text.replace("+00:00", "Z") or None


def _question(question: Question) -> dict[str, Any]:
    """A question without what is as the contract's shape has it by default."""
    found: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind,
        "choices": [
            {"key": key, **({"exclusive": True} if key in question.exclusive else {})}
            for key in question.choices
        ],
        "min": question.min,
        "max": question.max if question.kind == "multiple" else None,
        "least": question.least,
        "most": question.most,
        "decimals": question.decimals,
        "bands": [_present({"key": b.key, "least": b.least, "below": b.below}) for b in question.bands],
        "required": question.required,
        "sensitive": question.sensitive,
        "ask_if": [{"question": one.question, "any": list(one.any)} for one in question.ask_if],
    }
    return {
        key: value
        for key, value in found.items()
        if value not in (None, []) and value is not False and not _is_zero(key, value)
    }


def _is_zero(key: str, value: object) -> bool:
    """Whether a number is the default of its key; the smallest answer that is possible may well be 0."""
    return key in ("min", "decimals") and value == 0


def _present(band: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in band.items() if value is not None}


def _words(words: Words) -> dict[str, Any]:
    return {
        "title": words.title,
        "purpose": words.purpose,
        "collection": words.collection,
        "publication": words.publication,
        "sections": [
            {"title": one.title, "questions": list(one.questions), **({"text": one.text} if one.text else {})}
            for one in words.sections
        ],
        "questions": {
            key: {
                "text": found.text,
                **({"help": found.help} if found.help else {}),
                **({"options": found.options} if found.options else {}),
                **({"unit": found.unit} if found.unit else {}),
            }
            for key, found in words.questions.items()
        },
    }
