"""What the page of a survey report holds besides its text: the figures, how they came about, and files of the numbers."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.figures import Figure
from generator.views.types.parts import Date, Link


class ReportSection(Struct):
    """A section of the survey with its figures; *title* is empty where the survey has no sections."""

    title: str
    figures: tuple[Figure, ...]


class Method(Struct):
    """How the numbers came about, from the survey's instrument: what CHERRIES and AAPOR ask reports to say.

    *languages* are names. *adaptive* says that some questions were asked after certain answers only. *responses* are
    rounded, -1 where kept back or where there are no results. *base* is 1 where counts are exact. *months* is how long
    single answers stay after *until*. *policy* is the site's page on health data.
    """

    purpose: str
    sponsor: str
    recruitment: str
    ethics: str
    collection: str
    publication: str
    consent: str
    age: int
    since: Date
    until: Date
    questions: int
    version: int
    months: int
    languages: tuple[str, ...] = ()
    adaptive: bool = False
    responses: int = -1
    base: int = 5
    policy: Link | None = None


class Report(Struct):
    """A survey and what is published of it; *sections* leave out the figures that the text shows itself.

    *survey* is the survey's page. *as_of* is None, and the addresses are empty, where nothing is published yet. *final*
    says that nothing comes after these numbers, *simulated* that nobody answered.
    """

    survey: Link
    method: Method
    sections: tuple[ReportSection, ...] = ()
    as_of: Date | None = None
    final: bool = False
    simulated: bool = False
    table_url: str = ""
    codebook_url: str = ""


class Finding(Struct):
    """What most people answered to one question of a survey, as a hub shows it in one line; *report* is the page.

    *total* is rounded to *base*, -1 where it is kept back.
    """

    report: Link
    question: str
    answer: str
    percent: int
    total: int
    as_of: Date
    base: int = 5
    simulated: bool = False
