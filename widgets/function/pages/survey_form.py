"""Owns the page that hands a survey's form back: every question as it was answered, faults named beside their questions, or
none where it is only to be looked over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Protocol

from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.surveys import Question, QuestionWords, SectionWords, Survey, Words
from widgets.function.http.sent_words import ANSWER
from widgets.function.pages.help_lines import help_list, help_parts, help_title
from widgets.function.pages.page import html_page, paragraph
from widgets.function.strings import language, phrase
from widgets.function.text.crisis_help import Help
from widgets.rules.surveys.responses import FORGED, PERSONAL

_FAULTS: Final = frozenset(
    {
        *("required", "unknown-choice", "exclusive", "too-few", "too-many", "not-a-number", "too-small"),
        *("too-large", "decimals", "too-long", "characters", PERSONAL),
    }
)


class Sent(Protocol):
    """What of a sent form is shown again."""

    @property
    def answers(self) -> Mapping[str, object]: ...
    @property
    def collection(self) -> bool: ...
    @property
    def publication(self) -> bool: ...
    @property
    def age(self) -> bool: ...
    @property
    def confirmed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Faulty:
    """`changed`: the survey is another than the one that was answered."""

    faults: Mapping[str, str]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class FormAgain:
    """`lang` is a language of the survey's words; `device`: the key that the form brings, for a browser without a cookie."""

    survey_id: str
    survey: Survey
    lang: str
    sent: Sent
    faulty: Faulty | None
    device: str = ""

    @property
    def words(self) -> Words:
        return self.survey.words.get(self.lang) or next(iter(self.survey.words.values()))

    @property
    def faults(self) -> Mapping[str, str]:
        return self.faulty.faults if self.faulty else {}

    @property
    def hidden(self) -> Mapping[str, str]:
        """What the form brings beside answers. `confirmed`: its writer was asked about personal data."""
        fields = {"version": str(self.survey.version), "consent": self.survey.consent, "lang": self.lang}
        asked = self.sent.confirmed or PERSONAL in self.faults.values()
        return {
            **fields,
            **({"device": self.device} if self.device else {}),
            **({"confirmed": "on"} if asked else {}),
        }


def form_page(manifest: Manifest, form: FormAgain, given: Help, status: int) -> Response:
    """`given`: help for who wrote a plea; it comes first."""
    lang = language(form.lang)
    key = "survey-changed" if form.faulty and form.faulty.changed else "survey-faults"
    said = phrase(lang, key if form.faulty else "survey-look")
    parts = [*help_parts(lang, "survey-refused", given)] if given else []
    parts += [paragraph(said), _summary(lang, form), f"<h2>{escape(form.words.title)}</h2>"]
    questions = "".join(_section(lang, manifest, form, section) for section in _sections(form))
    parts.append(
        f'<form method="post" action="/api/v1/surveys/{escape(form.survey_id)}/responses" autocomplete="off">'
        + "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in form.hidden.items()
        )
        + f"{questions}{_ticks(lang, form)}<p><button>{escape(phrase(lang, 'survey-send'))}</button></p></form>"
    )
    if given:
        return html_page(lang, help_title(lang, given), parts, status)
    title = "survey-faults-title" if form.faulty else "survey-look-title"
    return html_page(lang, phrase(lang, title), parts, status)


def _summary(lang: str, form: FormAgain) -> str:
    """Links to what is to be looked at again, in the form's order."""
    items = [
        f'<li><a href="#q-{question.key}">{escape(_words(form, question).text)}</a></li>'
        for question in form.survey.questions
        if question.key in form.faults
    ]
    items += [
        f'<li><a href="#{name}">{escape(phrase(lang, f"survey-fault.{name}"))}</a></li>'
        for name in _missing(form)
    ]
    if FORGED in form.faults:
        items.append(f"<li>{escape(phrase(lang, 'survey-fault.unknown-question'))}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _missing(form: FormAgain) -> list[str]:
    return [name for name in ("collection", "age") if not getattr(form.sent, name)]


def _sections(form: FormAgain) -> Sequence[SectionWords]:
    """What no section names comes last."""
    named = {key for section in form.words.sections for key in section.questions}
    left = tuple(question.key for question in form.survey.questions if question.key not in named)
    return (*form.words.sections, *((SectionWords("", left),) if left else ()))


def _section(lang: str, manifest: Manifest, form: FormAgain, section: SectionWords) -> str:
    head = f"<h3>{escape(section.title)}</h3>" if section.title else ""
    head += paragraph(section.text) if section.text else ""
    found = [form.survey.question(key) for key in section.questions]
    return head + "".join(_question(lang, manifest, form, one) for one in found if one is not None)


def _question(lang: str, manifest: Manifest, form: FormAgain, question: Question) -> str:
    words, said = _words(form, question), []
    if question.ask_if:
        said.append(_only_if(lang, form, question))
    if words.help:
        said.append(words.help)
    fault = form.faults.get(question.key)
    body = "".join(map(paragraph, said))
    if question.sensitive:
        lines = manifest.help.get(form.lang.partition("-")[0], ())[:3]
        body += paragraph(phrase(lang, "survey-sensitive")) + help_list(lines) if lines else ""
    if fault is not None:
        body += f'<p id="f-{question.key}"><strong>{escape(_fault(lang, question, fault, form.sent.answers.get(question.key)))}</strong></p>'
    fields = (
        _field(question, words, form)
        if question.kind in ("number", "text")
        else _choices(lang, form, question)
    )
    return f'<fieldset id="q-{question.key}"><legend>{escape(words.text)}</legend>{body}{fields}</fieldset>'


def _words(form: FormAgain, question: Question) -> QuestionWords:
    return form.words.questions.get(question.key) or QuestionWords(question.key)


def _only_if(lang: str, form: FormAgain, question: Question) -> str:
    said = []
    for condition in question.ask_if:
        earlier = form.survey.question(condition.question)
        if earlier is not None:
            words = _words(form, earlier)
            chosen = " / ".join(words.options.get(key, key) for key in condition.any)
            said.append(phrase(lang, "survey-only-if").format(answers=chosen, question=words.text))
    return " ".join(said)


def _fault(lang: str, question: Question, fault: str, given: object) -> str:
    known = fault if fault in _FAULTS else "other"
    return phrase(lang, f"survey-fault.{known}").format(
        min=question.min,
        max=question.max,
        least=_number(question.least),
        most=_number(question.most),
        decimals=question.decimals,
        length=len(given.strip()) if isinstance(given, str) else 0,
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _marks(form: FormAgain, question: Question) -> str:
    """What an input says of its fault."""
    return f' aria-invalid="true" aria-describedby="f-{question.key}"' if question.key in form.faults else ""


def _choices(lang: str, form: FormAgain, question: Question) -> str:
    words, given = _words(form, question), form.sent.answers.get(question.key)
    several = question.kind == "multiple"
    chosen = given if isinstance(given, list | tuple) else [given]
    kind = "checkbox" if several else "radio"
    options = [(choice.key, words.options.get(choice.key, choice.key)) for choice in question.choices]
    if not several and not question.required:
        options.append(("", phrase(lang, "survey-none")))
    return "".join(
        f'<label><input type="{kind}" name="{ANSWER}{question.key}" value="{escape(key)}"'
        f"{_marks(form, question)}{' checked' if key in chosen or (not key and not given) else ''}> "
        f"{escape(label)}</label>"
        for key, label in options
    )


def _field(question: Question, words: QuestionWords, form: FormAgain) -> str:
    given = form.sent.answers.get(question.key)
    value = escape(given) if isinstance(given, str) else ""
    label = f"{words.text} ({words.unit})" if words.unit else words.text
    about = f'name="{ANSWER}{question.key}" aria-label="{escape(label)}"{_marks(form, question)}'
    if question.kind == "text":
        return f'<textarea {about} rows="6" maxlength="2000">\n{value}</textarea>'
    unit = f" {escape(words.unit)}" if words.unit else ""
    return f'<label><input {about} inputmode="decimal" maxlength="30" value="{value}">{unit}</label>'


def _ticks(lang: str, form: FormAgain) -> str:
    texts = {
        "age": phrase(lang, "survey-age").format(age=form.survey.age),
        "collection": form.words.collection,
        "publication": form.words.publication,
    }
    missing = _missing(form)
    ticks = "".join(
        (f"<p><strong>{escape(phrase(lang, f'survey-fault.{name}'))}</strong></p>" if name in missing else "")
        + f'<label><input type="checkbox" id="{name}" name="{name}"{" checked" if getattr(form.sent, name) else ""}> '
        + f"{escape(text)}</label>"
        for name, text in texts.items()
    )
    return f"<fieldset><legend>{escape(phrase(lang, 'survey-consent'))}</legend>{ticks}</fieldset>"
