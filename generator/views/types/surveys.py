"""A survey's page, the list of a condition's surveys, and a survey as other pages offer it."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.bodies import CrisisLine
from generator.views.types.pages import Page
from generator.views.types.parts import Date, Link


class SurveyOption(Struct):
    """An answer that can be chosen, or a point of a scale (*label* is empty between the ends); an *exclusive* one stands alone."""

    key: str
    label: str
    exclusive: bool = False


class SurveyCondition(Struct):
    """Why a question is asked: the question *number* was answered with one of *answers*."""

    number: int
    answers: tuple[str, ...]


class SurveyQuestion(Struct):
    """A question; *kind* is ``single``, ``multiple``, ``scale``, ``number`` or ``text``, *number* counts from 1.

    *minimum* and *maximum* count choices. *least*, *most* and *step* are values for a number field. *ask_if* and *bands*
    are what the element routes by (``work:yes,no;years:from-5`` and ``under-5::5;from-5:5:``); *conditions* say the same in
    words. *help_first*: the crisis lines stand beside it, as the first sensitive question; those after it have a button.
    """

    key: str
    kind: str
    number: int
    text: str
    help: str = ""
    options: tuple[SurveyOption, ...] = ()
    unit: str = ""
    minimum: int = 0
    maximum: int = 1
    least: str = ""
    most: str = ""
    step: str = ""
    required: bool = False
    sensitive: bool = False
    help_first: bool = False
    ask_if: str = ""
    bands: str = ""
    conditions: tuple[SurveyCondition, ...] = ()


class SurveySection(Struct):
    """Questions that belong together; *title* is empty where the survey has no sections."""

    title: str
    questions: tuple[SurveyQuestion, ...]
    text: str = ""


class SurveyRef(Struct):
    """A survey as lists and offers show it; *state* is ``open``, ``coming`` or ``closed``, *report* what was found."""

    title: str
    url: str
    purpose: str
    state: str
    minutes: int
    count: int
    opens: Date
    closes: Date
    report: Link | None = None


class SurveyPage(Page, tag="survey"):
    """A survey: what it is for, what happens to answers, its questions as a form while it is *state* ``open``.

    *action* is empty where no function is deployed or nothing is taken now: then the questions are shown to be read.
    *consent* is the version of the consent's text, *collection* and *publication* stand beside its two ticks. *months*:
    how long answers stay after the closing. *crisis* are the lines beside sensitive questions. *exact*: published numbers
    are not rounded. *free_text*: whether a question is answered in one's own words. *answer*: the page on what came of it.
    *alone*: no other survey of the condition is taken now, so that articles, which offer the list, mean this one.
    """

    survey: str = ""
    version: int = 1
    consent: str = ""
    state: str = "open"
    action: str = ""
    purpose: str = ""
    sponsor: str = ""
    ethics: str = ""
    recruitment: str = ""
    collection: str = ""
    publication: str = ""
    sections: tuple[SurveySection, ...] = ()
    count: int = 0
    minutes: int = 0
    age: int = 0
    months: int = 0
    exact: bool = False
    free_text: bool = False
    opens: Date | None = None
    closes: Date | None = None
    crisis: tuple[CrisisLine, ...] = ()
    report: Link | None = None
    answer: Link | None = None
    surveys_url: str = ""
    alone: bool = False
    you_url: str = ""


class SurveysPage(Page, tag="surveys"):
    """A condition's surveys: those that are taken now, those that come, those that are over."""

    surveys: tuple[SurveyRef, ...] = ()
