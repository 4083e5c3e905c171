"""Scalars of YAML 1.2's core schema, places of values, and the limits of a file."""

from __future__ import annotations

import math
from typing import Any

import pytest

from generator.ground.errors import ContentError
from generator.schema.yaml_source import MAX_VALUES, as_mapping, parse_yaml


def value(text: str) -> Any:
    return parse_yaml(f"key: {text}", "x.yaml").value["key"]


SCALARS: dict[str, object] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~"), None),
    **{"0": 0, "+5": 5, "-0": 0, "12": 12, "007": 7, "999999999999999999": 999_999_999_999_999_999},
    **{"0o17": 15, "0o777": 511, "0xfF": 255, "0x10": 16},
    **{"1.5": 1.5, "+.5": 0.5, "-1.": -1.0, "1e3": 1000.0, "1E+3": 1000.0, "2.5e-1": 0.25, "1e999": math.inf},
    **{text: text for text in ("tRue", "nuLL", "TrUE", "yes", "Off", "NaN", "nan", "none", "t", "f")},
    **{
        text: text
        for text in ("0b1", "0o8", "0xg", "0O17", "0X1F", "-0x1", "1_000", "+", ".", "e3", "1e", "1e1000")
    },
    **{
        text: text
        for text in (".inf", "-.inf", ".nan", "1.2.3", "12:30", "2026-03-14", "1,5", "5 %", "=", "<<")
    },
    **{"1234567890123456789": "1234567890123456789", "0x1234567890abcdef": "0x1234567890abcdef"},
    **{
        "'1'": "1",
        '"true"': "true",
        "'null'": "null",
        '""': "",
        "''": "",
        "!!str 1": "1",
        "!!int 5": 5,
        "!!null ~": None,
    },
}


@pytest.mark.parametrize(("text", "expected"), SCALARS.items(), ids=SCALARS)
def test_scalar_of_the_core_schema(text: str, expected: object) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("indicator", ["|", ">"])
def test_block_of_text_stays_text(indicator: str) -> None:
    assert parse_yaml(f"a: {indicator}\n  1\n", "x").value == {"a": "1\n"}


PLACES = {
    (): (3, 1),
    ("a",): (3, 4),
    ("list",): (5, 3),
    ("list", 0): (5, 5),
    ("list", 1): (6, 5),
    ("list", 1, "url"): (6, 10),
    ("list", 1, "deep", "x"): (7, 15),
    ("list", 9): (5, 3),
    ("list", 1, "none"): (6, 5),
    ("none",): (3, 1),
    ("flow", 1): (8, 11),
}


@pytest.mark.parametrize(("path", "place"), PLACES.items(), ids=[str(path) for path in PLACES])
def test_place_of_a_value_or_of_its_nearest_parent(
    path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    text = "a: 1\nlist:\n  - x\n  - url: y\n    deep: {x: 1}\nflow: [a, b]\n"
    assert parse_yaml(text, "x.yaml", first_line=3).position(*path) == place


def test_place_of_a_key_or_else_of_its_value() -> None:
    mapped = parse_yaml("a: 1\nlist:\n  - url: y\n", "x.yaml", first_line=3)
    assert mapped.key_position("a") == (3, 1)
    assert mapped.key_position("list", 0, "url") == (5, 5)
    assert mapped.key_position("list", 0) == (5, 5)
    assert mapped.key_position("none") == (3, 1)
    assert mapped.key_positions() == {"a": (3, 4), "list": (5, 3), "list.0": (5, 5)}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("[" + "x," * (MAX_VALUES - 1) + "]", True),
        ("[" + "x," * MAX_VALUES + "]", False),
        ("[" * 40 + "x" + "]" * 40, True),
        ("[" * 41 + "x" + "]" * 41, False),
    ],
    ids=["20,000 values", "20,001 values", "40 deep", "41 deep"],
)
def test_limits_of_a_file(text: str, fits: bool) -> None:
    if fits:
        assert parse_yaml(text, "x.yaml").value
    else:
        with pytest.raises(ContentError, match="too many values, or nested too deeply"):
            parse_yaml(text, "x.yaml")


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: 1\nb: 2\na: 3", (4, 1), "'a' stands here twice"),
        ("a:\n  b: 1\n  b: 2", (4, 3), "'b' stands here twice"),
        ("a: 1\n[b]: 2", (3, 1), "a key must be a single word"),
        ("a: !!int x", (2, 4), "'x' is not what its tag 'tag:yaml.org,2002:int' says"),
        ("a: !!int 12345678901234567890", (2, 4), "'12345678901234567890' is not what its tag"),
        ("a: !!float x", (2, 4), "'x' is not what its tag 'tag:yaml.org,2002:float' says"),
        ("a: !!bool", (2, 4), "'' is not what its tag 'tag:yaml.org,2002:bool' says"),
        ("a: !!bool yes", (2, 4), "'yes' is not what its tag 'tag:yaml.org,2002:bool' says"),
        ("a: !!null x", (2, 4), "'x' is not what its tag 'tag:yaml.org,2002:null' says"),
        ("a: !mine 1", (2, 4), "the tag '!mine' is not allowed"),
        ("a: !!set {b}", (2, 4), "the tag 'tag:yaml.org,2002:set' is not allowed"),
        ("a: !!omap [b: 1]", (2, 4), "the tag 'tag:yaml.org,2002:omap' is not allowed"),
        ("a: 1\nb: \x01", (3, 1), "character"),
        ('a: 1\nb: "x\\u0085"', (3, 4), "holds the control character U+0085"),
        ("a: Type #2 of 3", (2, 4), "YAML leaves out what follows the #: '#2 of 3'"),
        ("a: #1 tip\nb: 1", (2, 3), "YAML leaves out what follows the #: '#1 tip'"),
        ("a:\n- b\n- 0800 x #9", (4, 3), "YAML leaves out what follows the #: '#9'"),
        ("a: x\n  y #z", (2, 4), "YAML leaves out what follows the #: '#z'"),
        ("a: 1\n  b: 2", (3, 4), "a second colon makes this line ambiguous"),
        ("a: 1\nbcd\ne: 2", (3, 1), "a key without a colon"),
    ],
)
def test_fault_has_its_place_in_the_file(text: str, place: tuple[int, int], message: str) -> None:
    with pytest.raises(ContentError) as raised:
        parse_yaml(text, "x.yaml", first_line=2)
    assert message in raised.value.message
    assert (raised.value.source_path, raised.value.line, raised.value.column) == ("x.yaml", *place)


@pytest.mark.parametrize(
    ("text", "expected"), [("", {}), ("# only words", {}), ("a: 1", {"a": 1}), ("{}", {}), ("null", {})]
)
def test_file_of_keys_is_a_mapping(text: str, expected: dict[str, object]) -> None:
    assert as_mapping(parse_yaml(text, "x.yaml"), "x.yaml") == expected


@pytest.mark.parametrize(("text", "kind"), [("- a", "a list"), ("a", "one value"), ("\n5", "one value")])
def test_other_file_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ContentError, match=f"this must be `key: value` lines, not {kind}") as raised:
        as_mapping(parse_yaml(text, "x.yaml"), "x.yaml")
    assert (raised.value.line, raised.value.column) == (1 + text.count("\n"), 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b <!-- c -->", (1, 4)),
        ("a: [b, 'c <!-- d -->']", (1, 8)),
        ("a:\n  b: |\n    c\n    <!-- d -->\n", (2, 6)),
        ("a: b {>> c <<}", (1, 4)),
        ("a: {b: 'c {++ d ++}'}", (1, 8)),
    ],
)
def test_note_among_writers_in_a_text_is_refused(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml(text, "x")
    assert (caught.value.line, caught.value.column) == place
    assert "note among writers" in caught.value.message


def test_note_behind_a_number_sign_is_none() -> None:
    assert parse_yaml("# <!-- a -->\nb: c {d} # {>> e <<}", "x").value == {"b": "c {d}"}


@pytest.mark.parametrize(
    "text", ["a: b # 2", "a: b\n  #c", "a: 'b #2'", "a: [b, c] #d", "a: 5 #b", "a: |\n  b #c"]
)
def test_note_behind_a_value_is_left_out(text: str) -> None:
    assert "a" in parse_yaml(text, "x.yaml").value
