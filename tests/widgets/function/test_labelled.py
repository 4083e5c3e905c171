"""The labelled sets: what the lists find of each, and that docs/care.md says so."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.widgets.function.labelled import learn
from widgets.function.rules.claims import claims
from widgets.function.rules.crisis import plea
from widgets.function.rules.personal_data import personal_data
from widgets.function.rules.weights import read_weights

FOLDER = Path(__file__).parent / "labelled"
KINDS = ("crisis", "claim", "personal-data", "benign")
SETS = ("tune", "held_out", "later", "fresh")
BY_OTHERS = ("tried", "blind")
CARE = (Path(__file__).parents[3] / "docs" / "care.md").read_text(encoding="utf-8")


@cache
def texts(name: str) -> tuple[tuple[str, str, str], ...]:
    """(expected, language, text)"""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple((row["expected"], row["language"], row["text"]) for row in map(json.loads, lines))


def found(text: str) -> str:
    """As the rules rank them: a plea before a claim before personal data."""
    if plea(text) is not None:
        return "crisis"
    if claims(text):
        return "claim"
    return "personal-data" if personal_data(text) else "benign"


@cache
def table(name: str) -> Counter[tuple[str, str]]:
    return Counter((expected, found(text)) for expected, _, text in texts(name))


def recall(name: str, kind: str) -> float:
    cells = table(name)
    return cells[kind, kind] / sum(cells[kind, other] for other in KINDS)


@pytest.mark.parametrize("name", ["tune", "held_out"])
def test_nineteen_pleas_in_twenty_are_found(name: str) -> None:
    assert recall(name, "crisis") >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_at_most_one_harmless_text_in_twenty_gives_a_false_alarm(name: str) -> None:
    assert recall(name, "benign") >= 0.95


def test_the_two_halves_are_large_share_no_text_and_are_a_third_spanish() -> None:
    halves = [texts("tune"), texts("held_out")]
    assert sum(map(len, halves)) >= 300
    assert abs(len(halves[0]) - len(halves[1])) <= 4
    for half in halves:
        assert sum(language == "es" for _, language, _ in half) >= len(half) / 3
        assert {expected for expected, _, _ in half} == set(KINDS)


def test_no_text_is_in_two_sets() -> None:
    every = [text for name in (*SETS, *BY_OTHERS, "taught") for _, _, text in texts(name)]
    assert len(every) == len(set(every))


def test_the_weights_are_learnt_from_the_texts_as_they_are() -> None:
    known, learnt = read_weights(), learn.learn(learn.read(learn.TRAINED))
    assert known.bias == learnt.bias
    assert known.telling == learnt.telling
    assert known.words == {word: weight for word, weight in learnt.words.items() if weight}


@pytest.mark.parametrize("name", [*SETS, *BY_OTHERS])
def test_the_documentation_shows_the_tables_as_they_are(name: str) -> None:
    cells = table(name)
    rows = [
        f"| {kind} | " + " | ".join(str(cells[kind, other]) for other in KINDS) + " |"
        for kind in KINDS
        if any(cells[kind, other] for other in KINDS)
    ]
    assert "\n".join(rows) in CARE
