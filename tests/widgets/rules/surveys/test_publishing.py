"""When a survey publishes, and what is fixed then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tests.widgets.rules.surveys.simulated import CLOSES, INTERIM, draw, survey
from widgets.contract.surveys import Choice, Question, Survey, SurveyResults
from widgets.rules.surveys.cells import Namer
from widgets.rules.surveys.disclosure import CONTROL
from widgets.rules.surveys.publishing import Counts, make_results, numbers_of, publication_due

DAY = 86_400
FIRST, LAST = int(INTERIM.timestamp()), int(CLOSES.timestamp())
SLEEP = Question("sleep", "single", (Choice("good"), Choice("bad"), Choice("never")))
STAGE = Question("stage", "single", (Choice("early"), Choice("late")))
SURVEY = survey([SLEEP, STAGE], [("sleep", "stage")])


def published(
    moment: int, *, final: bool = False, tried: int | None = None, version: int = 1
) -> SurveyResults:
    at, again = (
        datetime.fromtimestamp(moment, UTC),
        None if tried is None else datetime.fromtimestamp(tried, UTC),
    )
    return SurveyResults(version, at, final, 100, (), tried=again)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, FIRST - 1, None),
        (None, FIRST, FIRST),
        (None, FIRST + 29 * DAY, FIRST),
        (None, FIRST + 31 * DAY, FIRST + 30 * DAY),
        (None, LAST, LAST),
        (published(FIRST), FIRST + 30 * DAY - 1, None),
        (published(FIRST), FIRST + 30 * DAY, FIRST + 30 * DAY),
        (published(FIRST), LAST - 1, FIRST + 330 * DAY),
        (published(FIRST), LAST + 400 * DAY, LAST),
        (published(FIRST, tried=FIRST + 30 * DAY), FIRST + 59 * DAY, None),
        (published(FIRST, tried=FIRST + 30 * DAY), FIRST + 60 * DAY, FIRST + 60 * DAY),
        (published(FIRST + 330 * DAY), LAST, LAST),
        (published(LAST, final=True), LAST + DAY, None),
        (published(LAST, final=True, version=0), FIRST, FIRST),  # another version counts anew
    ],
)
def test_a_publication_is_due(last: SurveyResults | None, now: float, due: int | None) -> None:
    assert publication_due(SURVEY, last, 1_000, now) == due


@pytest.mark.parametrize(
    ("changes", "now", "due"),
    [
        ({"interim": None}, LAST - 1, None),
        ({"interim": None}, LAST, LAST),
        ({"closes": None}, FIRST + 3_000 * DAY, FIRST + 3_000 * DAY),
        ({"closes": None, "interim": None}, LAST, None),
        ({"closes": CLOSES + timedelta(microseconds=1)}, LAST, FIRST + 330 * DAY),
    ],
)
def test_not_every_survey_has_both_dates(changes: dict[str, object], now: int, due: int | None) -> None:
    assert publication_due(msgspec.structs.replace(SURVEY, **changes), None, 1_000, now) == due


def test_how_many_have_answered_does_not_tell_when_to_publish() -> None:
    assert {publication_due(SURVEY, None, responses, FIRST) for responses in (0, 99, 100)} == {FIRST}


def people(**each: int) -> Counter[str]:
    """So many for each answer and stage: `good_early=40`."""
    namer = Namer(SURVEY)
    found: Counter[str] = Counter()
    for name, number in each.items():
        sleep, stage = name.split("_")
        found.update(dict.fromkeys(namer.cells({"sleep": sleep, "stage": stage}), number))
    return found


MANY = people(good_early=140, bad_early=80, good_late=60, bad_late=90)


def make(
    counts: Mapping[str, int],
    moment: int = LAST,
    last: SurveyResults | None = None,
    came: Mapping[str, int] | None = None,
    gone: Mapping[str, int] | None = None,
    of: Survey = SURVEY,
) -> SurveyResults:
    found = make_results(of, Counts(counts, came or {}, gone or {}), last, moment, draw("s"))
    assert found is not None
    return found


def test_the_tables_of_every_question_and_breakdown() -> None:
    results = make(MANY)
    assert [(table.question, table.by, tuple(table.totals)) for table in results.tables] == [
        ("sleep", None, ("",)),
        ("stage", None, ("",)),
        ("sleep", "stage", ("early", "late")),
    ]
    assert (results.version, results.final, results.base) == (1, True, 5)
    assert results.moment == CLOSES


def test_numbers_are_multiples_of_five_that_add_up() -> None:
    shown = numbers_of(make(MANY))
    assert all(number is None or number % 5 == 0 for number in shown.values())
    assert shown["sleep=never"] == 0
    assert shown["sleep"] == shown[""] == shown["stage=early"] + shown["stage=late"]
    for group in ("early", "late"):
        cells = [shown[f"sleep={key}|stage={group}"] for key in ("good", "bad", "never")]
        assert shown[f"sleep|stage={group}"] == sum(cells)


def test_asked_again_it_is_the_same() -> None:
    assert make(MANY) == make(MANY)
    other = make_results(SURVEY, Counts(MANY, {}, {}), None, LAST, draw("another secret"))
    assert other != make(MANY)


@pytest.mark.parametrize(("number", "tables"), [(99, 0), (100, 3)])
def test_before_the_closing_a_hundred_are_needed(number: int, tables: int) -> None:
    results = make(people(good_early=number), FIRST)
    assert (len(results.tables), results.responses is None, results.final) == (tables, not tables, False)


def test_too_few_are_fixed_too() -> None:
    early = make(people(good_early=99), FIRST)
    assert publication_due(SURVEY, early, 100, FIRST + DAY) is None
    # What the first did not publish is no last publication: nothing came or went since.
    later = make(people(good_early=104), FIRST + 30 * DAY, early, came=people(good_early=5))
    assert later.tables


def test_at_the_closing_a_few_may_have_answered() -> None:
    results = make(people(good_early=3))
    assert results.final
    assert set(numbers_of(results).values()) <= {None, 0}


NOBODY: Counter[str] = Counter()


@pytest.mark.parametrize(
    ("came", "gone", "republished"),
    [
        (NOBODY, NOBODY, True),
        (people(good_early=31, bad_early=35), NOBODY, True),
        # Twenty of these may be the attacker's: whether an eleventh came is not told.
        (people(good_early=11, bad_early=20), NOBODY, False),
        (people(good_early=31, bad_early=30), NOBODY, False),
        (people(good_early=31, bad_early=31), people(bad_late=11), False),
        (people(good_early=31), people(bad_late=31), True),
        (people(good_early=30), NOBODY, False),
        (people(good_early=31), people(bad_late=30), False),
        (people(good_early=21, bad_late=10), NOBODY, False),
        (people(good_early=40, bad_late=1), NOBODY, False),
        (NOBODY, people(good_early=10), False),
        (people(good_early=60), people(good_early=1), False),
        (NOBODY, people(good_early=1), False),
        # Rare answers hold all back, though their numbers are not shown.
        (people(good_early=60, never_late=3), NOBODY, False),
        # The same people in all, but in one of the crossed cells too few.
        (people(good_early=31, bad_late=6), people(good_late=6, bad_early=31), False),
    ],
)
def test_all_is_published_again_or_nothing(came: Counter[str], gone: Counter[str], republished: bool) -> None:
    first = make(MANY, FIRST)
    counts = MANY + came - gone
    second = make(counts, FIRST + 30 * DAY, first, came, gone)
    assert (second.moment == first.moment) is not republished
    assert (second.tried is None) is republished
    if not republished:
        assert replace_tried(second) == first


def replace_tried(results: SurveyResults) -> SurveyResults:
    return msgspec.structs.replace(results, tried=None)


def test_hidden_tables_do_not_hold_others_back() -> None:
    drug = Question("drug", "single", (Choice("yes"), Choice("no")))
    assert make_results(
        survey([drug, STAGE]), Counts({"": 300, "drug": 300}, {"drug=yes|stage=early": 1}, {}),
        make({"": 300, "drug": 300}, FIRST, of=survey([drug, STAGE])), LAST, draw("s"),
    ).tried is None  # fmt: skip


def test_a_closing_that_changes_too_little_ends_it_all_the_same() -> None:
    first = make(MANY, FIRST)
    last = make(MANY + people(bad_late=1), LAST, first, people(bad_late=1))
    assert (last.final, last.moment, last.tables) == (True, first.moment, first.tables)
    assert publication_due(SURVEY, last, 1, LAST + DAY) is None


def test_nothing_follows_the_last() -> None:
    assert make_results(SURVEY, Counts(MANY, {}, {}), make(MANY), LAST + DAY, draw("s")) is None


def test_another_version_begins_anew() -> None:
    old = msgspec.structs.replace(make(MANY), version=7)
    assert make(MANY, LAST, old) == make(MANY)


def test_a_table_keeps_the_moment_of_its_last_change() -> None:
    first = make(MANY, FIRST)
    second = make(MANY, FIRST + 30 * DAY, first)
    assert {table.moment for table in second.tables} == {INTERIM}
    assert second.moment == INTERIM + timedelta(days=30)
    third = make(MANY + people(good_early=200), LAST, second, people(good_early=200))
    assert CLOSES in {table.moment for table in third.tables}


def test_exact_counts_are_what_they_are() -> None:
    exact = msgspec.structs.replace(SURVEY, exact=True)
    counts = people(good_early=3, bad_late=101)
    results = make(counts, FIRST, of=exact)
    shown = numbers_of(results)
    assert results.base == 1
    assert {name: number for name, number in shown.items() if number} == dict(counts)
    # And every change shows.
    assert (
        numbers_of(make(counts + people(good_early=1), LAST, results, people(good_early=1), of=exact))[""]
        == 105
    )


def test_labels_name_the_version_and_the_true_counts() -> None:
    labels: list[str] = []
    make_results(
        SURVEY, Counts(MANY, {}, {}), None, LAST, lambda label: labels.append(label) or draw("s")(label)
    )
    assert all(label.startswith("1\n") for label in labels)
    assert any("140" in label for label in labels)


def test_a_control_is_a_value() -> None:
    assert replace(CONTROL, base=1).farthest == 1
    assert CONTROL.farthest == 9
