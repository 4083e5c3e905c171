"""What a writer says of their own age, against a file of cases that anybody can add to."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from widgets.rules.age import tells_age_below, told_age

CASES = yaml.safe_load((Path(__file__).parent / "ages.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "age"), [(case["text"], case["age"]) for case in CASES])
def test_an_age_is_the_writer_s_own_and_of_now(text: str, age: int | None) -> None:
    assert told_age(text) == age


@pytest.mark.parametrize(
    ("text", "minimum", "below"),
    [
        ("I'm 15", 16, True),
        ("I'm 16", 16, False),
        ("I'm 15", 13, False),
        ("I'm 9", 0, False),
        ("Hello", 16, False),
    ],
)
def test_the_age_is_measured_by_the_condition(text: str, minimum: int, below: bool) -> None:
    assert tells_age_below(text, minimum) is below


def test_long_texts_are_read_in_no_time() -> None:
    for piece in ("i'm a an just ", "tengo ya casi ", "soy un una la ", "14 ", "years old "):
        assert told_age(piece * 2_000) is None
