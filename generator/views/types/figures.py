"""A figure: what people answered to one question of a survey, as chart and table."""

from __future__ import annotations

from typing import Literal

from generator.ground.model import Struct
from generator.views.types.parts import Date, Link


class Bar(Struct):
    """One answer. *count* is -1 where it is kept back, *percent* is -1 where no share may be said.

    *start* and *length* are whole percent of the line, *tone* tenths of the accent: ``10`` is the darkest. *mark* is the
    sign that stands below a part of a stacked bar.
    """

    key: str
    label: str
    count: int = -1
    percent: int = -1
    start: int = 0
    length: int = 0
    tone: int = 10
    mark: str = ""


class FigureGroup(Struct):
    """The answers of all (*label* is empty) or of one group; *total* are the people who answered, -1 where kept back.

    The last *rest_length* percent of a stacked bar, from *rest_start*, belong to no answer that is shown. *kept_back* says
    that a count is not shown.
    """

    label: str
    total: int
    bars: tuple[Bar, ...]
    rest_start: int = 100
    rest_length: int = 0
    kept_back: bool = False


class Figure(Struct):
    """The answers to *question*. *by* is the question whose answers make the groups, empty without any.

    *key* and *by_key* are those of the two questions. *shape* is ``bars``, ``stack`` (points of a scale) or ``histogram`` (bands of a number). *after* are the questions after certain answers to
    which alone this one is asked. *multiple* says that people
    could choose several answers, *kept_back* that a number is not shown. Counts are rounded to *base*; 1 is exact.
    *simulated* says that nobody answered. *since* and *until* are when people were asked, *as_of* is when the numbers
    were fixed. *link* leads to the report, where the figure stands elsewhere.
    """

    key: str
    shape: Literal["bars", "stack", "histogram"]
    question: str
    groups: tuple[FigureGroup, ...]
    by_key: str = ""
    by: str = ""
    unit: str = ""
    after: tuple[str, ...] = ()
    multiple: bool = False
    kept_back: bool = False
    base: int = 5
    simulated: bool = False
    since: Date | None = None
    until: Date | None = None
    as_of: Date | None = None
    link: Link | None = None
