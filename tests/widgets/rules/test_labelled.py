"""The labelled sets: what the rules find of each, and that docs/care-figures.md says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.widgets.rules.labelled import learn, measure
from tests.widgets.rules.labelled.measure import APART, KINDS, SETS, TUNED, levels, rows, table
from widgets.rules.phrases.catalog import FILES, names
from widgets.rules.phrases.files import FOLDER as PHRASES
from widgets.rules.phrases.make import make
from widgets.rules.weights import FOLDER as WEIGHTS
from widgets.rules.weights import Name, read_weights

FIGURES = (Path(__file__).parents[3] / "docs" / "care-figures.md").read_text(encoding="utf-8")


def recall(name: str, kind: str) -> float:
    cells = table(name)
    return cells[kind, kind] / sum(cells[kind, other] for other in KINDS)


@pytest.mark.parametrize("name", ["tune", "held_out", "later", "written"])
def test_nineteen_pleas_in_twenty_are_found(name: str) -> None:
    assert recall(name, "crisis") >= 0.95


def test_the_rules_alone_give_three_false_alarms_in_a_hundred_at_most() -> None:
    alarms, texts = measure.false_alarms(TUNED, weighed=False)
    assert alarms <= 0.03 * texts


def test_seven_plans_and_attempts_in_ten_are_held_and_no_thought_is_taken_for_past() -> None:
    counts = levels(TUNED)
    assert counts["now"]["held"] >= 0.7 * counts["now"]["texts"]
    assert counts["now"]["past"] == 0
    assert counts["thoughts"]["past"] == 0


def test_of_those_who_harm_nearly_all_are_held_and_of_those_who_help_none() -> None:
    assert recall("written", "harm") >= 0.95
    assert table("written")["benign", "harm"] == 0


@pytest.mark.parametrize("name", [*TUNED, *APART])
def test_every_plea_carries_its_level_and_kind(name: str) -> None:
    pleas = [row for row in rows(name) if row["expected"] == "crisis"]
    assert all(row["level"] in ("now", "thoughts", "past") for row in pleas)
    assert all(row["kind"] in ("self", "other", "abuse", "child", "poisoning") for row in pleas)


def test_the_two_halves_are_large_and_a_third_spanish() -> None:
    halves = [rows("tune"), rows("held_out")]
    assert sum(map(len, halves)) >= 300
    assert abs(len(halves[0]) - len(halves[1])) <= 4
    for half in halves:
        assert sum(row["language"] == "es" for row in half) >= len(half) / 3


def test_no_text_is_in_two_sets() -> None:
    every = [row["text"] for name in SETS for row in rows(name)]
    assert len(every) == len(set(every))


@pytest.mark.long
@pytest.mark.parametrize("name", learn.MOST)
def test_the_weights_are_learnt_from_the_texts_as_they_are(name: Name) -> None:
    texts = learn.read(name)
    made = read_weights(name)
    learnt = learn.learn(name, texts, made.least, made.sure)
    assert (WEIGHTS / f"{name}.json").read_text("utf-8") == learn.encode(learnt)


@pytest.mark.long
@pytest.mark.parametrize("name", learn.MOST)
def test_the_bounds_are_chosen_on_texts_that_the_weights_have_not_seen(name: Name) -> None:
    judged = learn.cross(name, learn.read(name))
    made = read_weights(name)
    assert made.least == learn.least_of(judged, learn.SHARE[name])
    assert made.sure == learn.sure_of(name, judged)


def test_the_weights_are_small() -> None:
    sizes = {path.stem: path.stat().st_size for path in WEIGHTS.glob("*.json")}
    assert sum(sizes.values()) <= 300_000


@pytest.mark.parametrize("name", [name for kind in FILES for name in names(kind)])
def test_the_index_of_a_list_is_made_of_it(name: str) -> None:
    assert (PHRASES / f"{name}.json").read_text("utf-8") == make(name)


@pytest.mark.long
@pytest.mark.parametrize("name", SETS)
def test_the_documentation_shows_the_tables_as_they_are(name: str) -> None:
    assert "\n".join(measure.table_lines(name)) in FIGURES


@pytest.mark.parametrize("sets", [TUNED, *((name,) for name in APART)], ids=lambda sets: sets[0])
def test_the_documentation_shows_the_levels_as_they_are(sets: tuple[str, ...]) -> None:
    assert "\n".join(measure.level_lines(sets)) in FIGURES
