"""In which numbers a response counts."""

from __future__ import annotations

import pytest

from tests.widgets.rules.surveys.simulated import make_community, survey
from widgets.contract.surveys import AskIf, Band, Choice, Question
from widgets.rules.surveys.cells import ALL, Namer, Table, asked, cells_of, response_cells, tables_of
from widgets.rules.surveys.responses import is_asked
from widgets.rules.surveys.values import Answer

DRUG = Question("drug", "single", (Choice("yes"), Choice("no")))
HELPS = Question("helps", "scale", (Choice("1"), Choice("2")), ask_if=(AskIf("drug", ("yes",)),))
AGE = Question("age", "number", bands=(Band("young", None, 40), Band("old", 40, 100)))
SIGNS = Question("signs", "multiple", (Choice("aura"), Choice("nausea")), max=2)
WORDS = Question("words", "text")
SURVEY = survey([DRUG, HELPS, AGE, SIGNS, WORDS], [("helps", "age")])


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        ({}, {""}),
        ({"drug": "no"}, {"", "drug", "drug=no"}),
        ({"drug": "yes"}, {"", "drug", "drug=yes", "?helps"}),
        ({"signs": ("aura", "nausea")}, {"", "signs", "signs=aura", "signs=nausea"}),
        ({"age": 39.9}, {"", "age", "age=young"}),
        ({"age": 40.0}, {"", "age", "age=old"}),
        ({"age": 100.0}, {"", "age"}),
        (
            {"drug": "yes", "helps": "2", "age": 40.0},
            {
                *("", "drug", "drug=yes", "?helps", "helps", "helps=2", "age", "age=old"),
                *("drug|age=old", "drug=yes|age=old", "?helps|age=old", "helps|age=old", "helps=2|age=old"),
            },
        ),
    ],
)
def test_a_response_counts_in_each_answer_and_group(answers: dict[str, Answer], cells: set[str]) -> None:
    found = response_cells(SURVEY, answers, True)
    assert set(found) == cells
    assert len(found) == len(cells)


def test_nothing_counts_without_the_consent_to_publication() -> None:
    assert response_cells(SURVEY, {"drug": "yes"}, False) == ()


def test_free_texts_have_no_cell() -> None:
    assert response_cells(SURVEY, {"words": "secret"}, True) == ("",)


def test_a_crossed_table_brings_what_it_lies_within() -> None:
    crossed = [table for table in tables_of(SURVEY) if table.by]
    assert crossed == [Table("drug", "age", published=False), Table("helps", "age")]


@pytest.mark.parametrize("pair", [("drug", "drug"), ("drug", "words"), ("words", "drug"), ("drug", "forged")])
def test_what_cannot_be_crossed_is_no_table(pair: tuple[str, str]) -> None:
    assert all(table.by is None for table in tables_of(survey([DRUG, WORDS], [pair])))


@pytest.mark.parametrize("seed", range(8))
def test_who_is_asked_counts_as_asked(seed: int) -> None:
    community = make_community(seed)
    namer = Namer(community.survey)
    for answers in community.patterns[:200]:
        cells = namer.cells(answers)
        for question in community.survey.questions:
            led_here = is_asked(question, community.survey, answers)
            assert (asked(question.key) in cells) == (led_here and bool(question.ask_if))


@pytest.mark.parametrize("seed", range(8))
def test_every_published_cell_can_be_met(seed: int) -> None:
    community = make_community(seed)
    met = {name for names in community.cells() for name in names}
    published = {name for table in tables_of(community.survey) for name in cells_of(community.survey, table)}
    assert {name for name in met if not name.startswith("?")} <= published | {ALL}
