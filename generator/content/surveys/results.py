"""What is published of a survey, as values: tables of rounded counts, from the function or from a reviewed file."""

from __future__ import annotations

from generator.ground.model import Struct


class ResultCell(Struct):
    """*count* is a rounded number of people; None where it is kept back. *by* is the group of a crossed table."""

    key: str
    count: int | None = None
    by: str | None = None


class ResultTable(Struct):
    """The answers to one question, or to one by another. *totals* are the people who answered, by group: one of ``""``
    for a table that is not crossed; None where it is kept back. *moment* is when this table changed last.
    """

    question: str
    by: str | None
    totals: dict[str, int | None]
    cells: tuple[ResultCell, ...]
    moment: str = ""

    def count(self, key: str, by: str | None = None) -> int | None:
        """The count of one cell; None where it is kept back or not there."""
        return next((cell.count for cell in self.cells if (cell.key, cell.by) == (key, by)), None)


class SurveyResults(Struct):
    """What is published of one *version* of a survey. *responses* is rounded; None where it is kept back.

    *final*: nothing comes after it. *simulated*: nobody answered, the answers were made up for a demonstration.
    """

    version: int
    moment: str
    final: bool = False
    responses: int | None = None
    tables: tuple[ResultTable, ...] = ()
    base: int = 5
    simulated: bool = False

    def table(self, question: str, by: str | None = None) -> ResultTable | None:
        """The table of *question*, or of *question* by another one."""
        return next((one for one in self.tables if (one.question, one.by) == (question, by)), None)
