"""YAML in the 1.2 sense, every value with its place, faults in a writer's words."""

from __future__ import annotations

from typing import Any

import pytest

from generator.ground.errors import ContentError
from generator.schema.yaml_source import parse_yaml


def value(text: str) -> Any:
    return parse_yaml(f"key: {text}", "x.yaml").value["key"]


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "y", "N", "2026-03-14", "12:30:45", "1_000", "0b1", "1.2.3", "=", "<<"]
)
def test_words_that_other_yaml_bends_stay_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("007", 7),
        ("0o17", 15),
        ("0xff", 255),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ('"7"', "7"),
        ("'a: b'", "a: b"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_values_of_the_core_schema(text: str, expected: object) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_every_value_and_key_has_its_place() -> None:
    mapped = parse_yaml("a: 1\nlist:\n  - x\n  - url: y\n", "x.yaml", first_line=2)
    assert mapped.position("a") == (2, 4)
    assert mapped.position("list", 1, "url") == (5, 10)
    assert mapped.key_position("list") == (3, 1)
    assert mapped.position("list", 7, "nothing") == mapped.position("list")


FAULTS = {
    "title: A: B": (
        "1:9",
        "a second colon makes this line ambiguous",
        'words with a colon need quotes: title: "…: …"',
    ),
    "a: 1\na: 2": ("2:1", "'a' stands here twice", "remove one; the first is on line 1"),
    "a:\n\t- b": ("2:1", "a tab stands where spaces are needed", "indent with spaces"),
    "a: @b": ("1:4", "a value cannot begin with this character", 'put the value in quotes: "…"'),
    "a: *b": ("1:4", "found undefined alias", 'put the value in quotes: "…"'),
    'a: "b\n': ("1:4", "a quote or bracket is never closed", "close the quote or bracket"),
    "a: [b\n": ("1:4", "a quote or bracket is never closed", "close the quote or bracket"),
    "a: !!python/object:os.system x": (
        "1:4",
        "the tag 'tag:yaml.org,2002:python/object:os.system' is not allowed",
        "",
    ),
    "a: !!set {b}": ("1:4", "the tag 'tag:yaml.org,2002:set' is not allowed", "remove the tag"),
    "? [a]\n: b": ("1:3", "a key must be a single word", "write `key: value`"),
    "a: 1\n---\nb: 2": ("2:1", "a second document begins here", "keep one block between the --- lines"),
    'a: "\\x1b"': ("1:4", "holds the control character U+001B", "remove it; it cannot be shown"),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.items(), ids=[repr(text) for text in FAULTS])
def test_fault_is_told_with_place_and_remedy(text: str, expected: tuple[str, str, str]) -> None:
    with pytest.raises(ContentError) as raised:
        parse_yaml(text, "x.yaml")
    error = raised.value
    place, message, hint = expected
    assert f"{error.line}:{error.column}" == place
    assert message in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 5000 + "]" * 5000,
        "a: &a [" + "x," * 200 + "]\nb: &b [" + "*a," * 200 + "]\nc: [" + "*b," * 200 + "]",
        "a: [" + "x, " * 30_000 + "]",
    ],
    ids=["deep", "bomb", "long"],
)
def test_values_out_of_proportion_are_refused(text: str) -> None:
    with pytest.raises(ContentError, match="nested too deeply"):
        parse_yaml(text, "x.yaml")
