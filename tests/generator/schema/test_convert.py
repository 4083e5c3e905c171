"""Strict reading: every fault of a value at once, each in a writer's words."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import pytest

from generator.ground.model import Struct
from generator.schema.convert import Check, Invalid, Reader
from generator.schema.yaml_source import parse_yaml


def _even(number: int) -> int:
    if number % 2:
        raise Invalid(f"{number} is odd", "write an even number")
    return number


class Inner(Struct):
    name: str
    size: int = 0


class Outer(Struct):
    title: str
    count: Annotated[int, Check(_even)] = 0
    tags: tuple[str, ...] = ()
    kind: Literal["big", "small"] = "small"
    inner: Inner | None = None
    rows: tuple[Inner, ...] = ()
    named: dict[str, Inner] = msgspec.field(default_factory=dict)
    either: bool | tuple[str, ...] = True


def read(text: str) -> tuple[Outer | None, list[str]]:
    mapped = parse_yaml(text, "x")
    reader = Reader(mapped, "x")
    value = reader.struct(mapped.value, Outer)
    return value, [str(problem).replace("\n    ", " | ") for problem in reader.problems]


def test_values_become_what_the_type_says() -> None:
    value, problems = read(
        "title: A\ncount: 2\ntags: one\ninner: {name: B}\nrows: [{name: C, size: 3}]\nnamed: {d: {name: D}}"
    )
    assert problems == []
    assert value == Outer("A", 2, ("one",), "small", Inner("B"), (Inner("C", 3),), {"d": Inner("D")})


FAULTS = {
    "title: A\ncount: 3": "x:2:8: 'count': 3 is odd | write an even number",
    "title: A\ncount: many": "x:2:8: 'count' must be a whole number, not text",
    "title: A\nkind: bigg": "x:2:7: 'kind' cannot be 'bigg' | did you mean 'big'?",
    "title: A\ntags: [a, 1]": "x:2:11: 'tags' must hold text, not a whole number | put it in quotes: \"1\"",
    "title: A\ninner: B": "x:2:8: 'inner' must be a block of keys, not text",
    "title: A\ninner: {nam: B, name: C}": "x:2:9: 'nam' is not a known key | did you mean 'name'?",
    "title: A\nrows: [{name: B}, {size: 1}]": "x:2:19: 'name' is missing | add a line `name: …`",
    "title: A\nnamed: {d: {}}": "x:2:12: 'name' is missing | add a line `name: …`",
    "title: A\nzzz: 1": "x:2:1: 'zzz' is not a known key | known are: count, either, inner, kind, named, rows, tags, title",
    "[a]": "x:1:1: 'this file' must be a block of keys, not a list",
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items(), ids=FAULTS)
def test_fault_is_told_with_place_and_remedy(text: str, fault: str) -> None:
    value, problems = read(text)
    assert value is None
    assert fault in problems


def test_no_fault_hides_another() -> None:
    _, problems = read("count: 3\nkind: bigg\nrows: [{size: x}]")
    assert len(problems) == 5
