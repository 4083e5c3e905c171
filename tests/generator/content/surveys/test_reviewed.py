"""Reviewed tables: what is written is what is read, and whatever could not have been published is refused at its place."""

from __future__ import annotations

import msgspec
import pytest

from generator.content.surveys.instrument import Instrument
from generator.content.surveys.results import ResultCell, ResultTable, SurveyResults
from generator.content.surveys.review_file import format_reviewed
from generator.content.surveys.reviewed import read_reviewed
from tests.generator.survey_site import REVIEWED, instrument, results, table, text_of


def read(
    text: str, path: str = REVIEWED, of: Instrument | None = None
) -> tuple[SurveyResults | None, list[str]]:
    found, problems = read_reviewed({path: text.encode()}, [of or instrument()])
    told = [str(each).replace("\n    ", " | ").removeprefix("content/_results/") for each in problems]
    return found.get("migraine~day"), told


def test_a_reviewed_file_is_typed() -> None:
    found, problems = read(text_of(REVIEWED))
    assert problems == []
    assert found is not None
    assert (found.version, found.moment, found.final, found.responses, found.base) == (
        1, "2026-05-01", True, 240, 5,
    )  # fmt: skip
    assert found.table("helps") == ResultTable(
        "helps",
        None,
        {"": 230},
        (ResultCell("dark", 150), ResultCell("no", 80), ResultCell("none", None)),
        "2026-05-01",
    )
    crossed = found.table("helps", "stage")
    assert crossed is not None
    assert crossed.totals == {"new": 95, "long": None}
    assert (crossed.count("dark", "long"), crossed.count("no", "long")) == (90, None)


EVERYTHING = results(
    table("stage", 240, new=100, long=None),
    msgspec.structs.replace(table("worry", 200, p1=0, p2=90, p3=60), moment="2026-04-01T00:00:00+00:00"),
    ResultTable(
        "helps",
        "stage",
        {"new": None, "long": 95},
        tuple(ResultCell(key, None, by) for by in ("new", "long") for key in ("dark", "no", "none")),
    ),
    simulated=True,
)


def test_what_is_written_for_review_is_read_again() -> None:
    found, problems = read(format_reviewed(EVERYTHING))
    assert problems == []
    moment = "2026-05-01T00:00:00+00:00"
    tables = tuple(msgspec.structs.replace(one, moment=one.moment or moment) for one in EVERYTHING.tables)
    assert found == msgspec.structs.replace(EVERYTHING, moment=moment, tables=tables)


def test_a_file_for_review_has_a_line_for_each_table_or_group() -> None:
    lines = format_reviewed(EVERYTHING).splitlines()
    assert '  answers: {"1": 0, "2": 90, "3": 60}' in lines
    assert (
        '    new: {answered: kept back, answers: {dark: kept back, "no": kept back, none: kept back}}'
        in lines
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version: 1", "version: 2", ":1:10: these are results of version 2, the survey is at version 1"),
        ("base: 5", "base: 1", ":4:7: this survey does not publish exact counts | write base: 5, or `exact: true`"),
        ("base: 5", "base: 7", ":4:7: 'base' cannot be 7"),
        ("question: stage", "question: stag", ":7:13: there is no question 'stag' | did you mean 'stage'?"),
        ("question: stage", "question: words", ":7:13: 'words' is free text, which is never published"),
        ("question: worry", "question: stage", ":18:3: this table stands here twice"),
        ("by: stage", "by: worry", ":14:7: this breakdown is not one that may be published"),
        ("{new: 100, long: 140}", "{new: 100}", ":9:12: the answer 'long' is missing | add it, with `kept back`"),
        ("new: 100, long", "nwe: 100, new: 100, long", ":9:13: there is no answer 'nwe' | did you mean 'new'?"),
        ("new: 100", "new: 10", ":9:18: 10 is less than may be shown | write `kept back`; the least that is shown is 15"),
        ("new: 100", "new: 101", ":9:18: 101 is not a multiple of 5"),
        ("new: 100", "new: -5", ":9:18: -5 is not a multiple of 5"),
        ("new: 100", "new: some", ":9:18: 'some' is not a whole number | write a whole number, or `kept back`"),
        ("new: 100", "new: 1.5", ":9:18: '1.5' is not a whole number"),
        ("    long: {", "    lnog: {", ":17:5: there is no group 'lnog' | did you mean 'long'?"),
        ("  answered: 235", "  anwsered: 235", ":22:3: 'anwsered' is not a known key | did you mean 'answered'?"),
        ("new: 100, long: 140", "new: 120, long: 140", ":9:12: these are 260 answers, and 240 people gave one each"),
        ("answered: 200", "answered: 250", ":19:13: 250 answered this, more than the 240 of whom there are answers at all"),
        ("new: {answered: 95", "new: {answered: 245", ":16:21: 245 answered this, more than the 240"),
        ("responses: 240", "<<<<<<< a\nresponses: 240\n=======\n>>>>>>> b", ":5:1: an unsolved merge conflict"),
        ("final: true", "final: [true", ":3:8: a quote or bracket is never closed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_place(old: str, new: str, told: str) -> None:
    text = text_of(REVIEWED)
    assert old in text
    _, problems = read(text.replace(old, new, 1))
    assert problems[0].startswith(f"migraine~day.yaml{told}")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("responses: 240", "responses: 245", ":5:12: 245 is not the number that was published | write 240, or `kept back`"),
        ("answered: 200", "answered: 205", ":19:13: 205 is not the number that was published | write 200"),
        ("dark: 150", "dark: 160", ":12:19: 160 is not the number that was published | write 150"),
        ("none: kept back", "none: 15", ":12:40: 15 was not published: this number is kept back | write `kept back`"),
        ("dark: 60", "dark: 65", ":16:41: 65 is not the number that was published | write 60"),
        ("answered: kept back", "answered: 90", ":17:22: 90 was not published: this number is kept back"),
    ],
)  # fmt: skip
def test_no_number_goes_beyond_what_was_pulled_of_that_moment(old: str, new: str, told: str) -> None:
    text = text_of(REVIEWED)
    pulled = {"migraine~day": msgspec.structs.replace(read(text)[0], moment="2026-05-01T00:00:00Z")}
    assert read_reviewed({REVIEWED: text.encode()}, [instrument()], pulled)[1] == []
    assert old in text
    wrong = text.replace(old, new, 1).encode()
    found, [problem] = read_reviewed({REVIEWED: wrong}, [instrument()], pulled)
    assert found == {}
    assert str(problem).replace("\n    ", " | ").startswith(f"{REVIEWED}{told}")

    other = {"migraine~day": msgspec.structs.replace(pulled["migraine~day"], moment="2026-04-01T00:00:00Z")}
    assert read_reviewed({REVIEWED: wrong}, [instrument()], other)[1] == []


def test_to_say_less_than_was_pulled_is_right() -> None:
    text = text_of(REVIEWED)
    pulled = {"migraine~day": read(text)[0]}
    less = text.replace("dark: 150", "dark: kept back").replace("responses: 240", "responses: kept back")
    less = less.partition("- question: years")[0]
    assert read_reviewed({REVIEWED: less.encode()}, [instrument()], pulled)[1] == []


def test_zero_is_shown_and_exact_counts_where_the_instrument_says_so() -> None:
    text = text_of(REVIEWED).replace("new: 100", "new: 0")
    assert read(text)[1] == []
    exact = text.replace("base: 5", "base: 1").replace("new: 0", "new: 3")
    assert read(exact, of=msgspec.structs.replace(instrument(), exact=True))[1] == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("content/_results/migraine~dya.yaml", "there is no survey 'migraine~dya' | did you mean 'migraine~day'?"),
        ("content/_results/other.yaml", "there is no survey 'other' | surveys are: migraine~day"),
        ("content/_results/migraine~day.yml", "ends in .yaml | rename it to content/_results/migraine~day.yaml"),
    ],
)  # fmt: skip
def test_a_file_is_named_for_its_survey(path: str, told: str) -> None:
    found, [problem] = read(text_of(REVIEWED), path)
    assert found is None
    assert problem.endswith(told)
