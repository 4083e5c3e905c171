"""Strict reading, type by type: which values pass, what they become, and what is said of the others."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
import pytest

from generator.ground.model import Struct
from generator.schema.convert import NESTED, Check, Invalid, Reader
from generator.schema.yaml_source import parse_yaml


def _short(text: str) -> str:
    if len(text) > 3:
        raise Invalid(f"'{text}' is long", "write three letters")
    return text.upper()


class Part(Struct):
    name: str
    size: int = 0


class Whole(Struct):
    text: str = ""
    whole: int = 0
    share: float = 0.0
    flag: bool = False
    kind: Literal["big", "small"] = "small"
    kinds: tuple[Literal["big", "small"], ...] = ()
    tags: tuple[str, ...] = ()
    short: Annotated[str, Check(_short)] = ""
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    named: dict[str, Part] = msgspec.field(default_factory=dict)
    words: str | dict[str, str] = ""
    either: bool | tuple[str, ...] | None = None
    number: int | float | None = None


def read(text: str, **options: Any) -> tuple[Any, list[str]]:
    mapped = parse_yaml(text, "x")
    reader = Reader(mapped, "x", options.pop("remedy", ""))
    value = reader.struct(mapped.value, options.pop("of", Whole), **options)
    return value, [str(problem).replace("\n    ", " | ") for problem in reader.problems]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("text: a", "text", "a"),
        ('text: "1"', "text", "1"),
        ("text: ", "text", ""),
        ("whole: 3", "whole", 3),
        ("whole: 0x10", "whole", 16),
        ("share: 1", "share", 1.0),
        ("share: 1.5", "share", 1.5),
        ("flag: true", "flag", True),
        ("kind: big", "kind", "big"),
        ("kinds: big", "kinds", ("big",)),
        ("kinds: [small, big]", "kinds", ("small", "big")),
        ("tags: a", "tags", ("a",)),
        ("tags: [a, b]", "tags", ("a", "b")),
        ("tags: []", "tags", ()),
        ("short: abc", "short", "ABC"),
        ("part: {name: a}", "part", Part("a")),
        ("part: null", "part", None),
        ("parts: [{name: a}, {name: b, size: 2}]", "parts", (Part("a"), Part("b", 2))),
        ("named: {x: {name: a}}", "named", {"x": Part("a")}),
        ("words: a", "words", "a"),
        ("words: {en: a}", "words", {"en": "a"}),
        ("either: false", "either", False),
        ("either: a", "either", ("a",)),
        ("either: [a, b]", "either", ("a", "b")),
        ("number: 2", "number", 2),
        ("number: 2.5", "number", 2.5),
    ],
)
def test_value_becomes_what_its_field_holds(text: str, field: str, value: object) -> None:
    found, problems = read(text)
    assert problems == []
    assert getattr(found, field) == value
    assert type(getattr(found, field)) is type(value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("text: 1", "x:1:7: 'text' must be text, not a whole number | put it in quotes: text: \"1\""),
        ("text: 1.5", "x:1:7: 'text' must be text, not a number | put it in quotes: text: \"1.5\""),
        ("text: [a]", "x:1:7: 'text' must be text, not a list | write one value: text: …"),
        ("text: {a: b}", "x:1:7: 'text' must be text, not a block"),
        ("whole: 1.5", "x:1:8: 'whole' must be a whole number, not a number"),
        ("whole: a", "x:1:8: 'whole' must be a whole number, not text"),
        ("share: a", "x:1:8: 'share' must be a number, not text"),
        ("flag: 1", "x:1:7: 'flag' must be true or false, not a whole number"),
        ("kind: bgi", "x:1:7: 'kind' cannot be 'bgi' | did you mean 'big'?"),
        ("kind: zzz", "x:1:7: 'kind' cannot be 'zzz' | known are: big, small"),
        ("kinds: [big, smal]", "x:1:14: 'kinds' cannot be 'smal' | did you mean 'small'?"),
        ("kinds: smal", "x:1:8: 'kinds' cannot be 'smal' | did you mean 'small'?"),
        ("tags: [a, 1]", "x:1:11: 'tags' must hold text, not a whole number | put it in quotes: \"1\""),
        ("tags: [a, ]\nflag: a", "x:2:7: 'flag' must be true or false, not text"),
        ("tags: [a, null]", "x:1:11: 'tags' must hold text, not nothing | put it in quotes: \"null\""),
        ("tags: {a: b}", "x:1:7: 'tags' must be a list, not a block"),
        ("short: abcd", "x:1:8: 'short': 'abcd' is long | write three letters"),
        ("part: a", "x:1:7: 'part' must be a block of keys, not text"),
        ("part: {size: 1}", "x:1:7: 'name' is missing | add a line `name: …`"),
        ("part: {name: }", "x:1:14: 'name' is missing | add a line `name: …`"),
        ("parts: a", "x:1:8: 'parts' must be a list, not text"),
        ("parts: {name: a}", "x:1:8: 'parts' must be a list, not a block"),
        ("parts: [a]", "x:1:9: '0' must be a block of keys, not text"),
        ("parts: [{name: a}, {nam: b, name: c}]", "x:1:21: 'nam' is not a known key | did you mean 'name'?"),
        ("named: {x: 1}", "x:1:12: 'x' must be a block of keys, not a whole number"),
        ("named: 1", "x:1:8: 'named' must be a block of keys, not a whole number"),
        (
            "words: 1",
            "x:1:8: 'words' must be text or a block of keys, not a whole number | put it in quotes: words: \"1\"",
        ),
        (
            "either: 1",
            "x:1:9: 'either' must be true or false or a list, not a whole number | put it in quotes: either: \"1\"",
        ),
        ("number: a", "x:1:9: 'number' must be a whole number or a number, not text"),
    ],
)
def test_other_value_is_refused_with_place_and_remedy(text: str, problem: str) -> None:
    value, problems = read(text)
    assert value is None
    assert [found for found in problems if found == problem] == [problem], problems


@pytest.mark.parametrize(
    "written",
    [
        "007",
        "0450",
        "-0",
        "+49",
        "+4.0",
        "3.50",
        "10.1000",
        ".5",
        "5.",
        "0o17",
        "0x1F",
        "1e3",
        "2E-2",
        "1.0e+06",
        "true",
        "TRUE",
        "False",
        "-0.0",
        "00.10",
    ],
)
def test_hint_quotes_the_characters_that_were_written(written: str) -> None:
    told = f'put it in quotes: "{written}"'
    keyed = "put it in quotes: {}: " + f'"{written}"'
    for text, hint in [
        (f"text: {written}", keyed.format("text")),
        (f"short: {written} # a remark", keyed.format("short")),
        (f"words: {written}", keyed.format("words")),
        (f"words:\n  en: a\n  es: {written}", keyed.format("es")),
        (f"tags: {written}", keyed.format("tags")),
        (f"tags: [a, {written}]", told),
        (f"tags:\n  - a\n  - {written}", told),
        (f"part: {{name: {written}}}", keyed.format("name")),
        (f"parts: [{{name: {written}}}]", keyed.format("name")),
        (f"named: {{x: {{name: {written}}}}}", keyed.format("name")),
    ]:
        assert [problem.partition(" | ")[2] for problem in read(text)[1]] == [hint], text


def test_each_item_that_is_no_text_is_refused_with_its_own_characters() -> None:
    assert read("tags: [1.10, a, 0x1]")[1] == [
        "x:1:8: 'tags' must hold text, not a number | put it in quotes: \"1.10\"",
        "x:1:17: 'tags' must hold text, not a whole number | put it in quotes: \"0x1\"",
    ]


def test_number_where_one_of_some_words_is_wanted_gets_the_words_as_hint() -> None:
    assert read("kind: 010")[1] == ["x:1:7: 'kind' must be text, not a whole number | known are: big, small"]


def test_unknown_key_is_met_with_the_remedy_of_the_file_only_at_its_top() -> None:
    assert read("zzz: 1", remedy="remove it")[1] == ["x:1:1: 'zzz' is not a known key | remove it"]
    for nested in ("{a: 1}", "[{a: 1}]", "[[1]]"):
        assert read(f"zzz: {nested}", remedy="name it")[1] == [f"x:1:1: 'zzz' is not a known key | {NESTED}"]
    assert read("kidn: 1", remedy="remove it")[1] == [
        "x:1:1: 'kidn' is not a known key | did you mean 'kind'?"
    ]
    assert read("part: {name: a, zzz: 1}", remedy="remove it")[1] == [
        "x:1:17: 'zzz' is not a known key | known are: name, size"
    ]


def test_extra_keys_are_let_through_and_dropped() -> None:
    value, problems = read("text: a\nmore: [1]", extra=frozenset({"more"}))
    assert (value, problems) == (Whole(text="a"), [])


def test_alias_stands_for_its_field_but_not_beside_it() -> None:
    aliases = {"tag": "tags"}
    assert read("tag: a", aliases=aliases) == (Whole(tags=("a",)), [])
    assert read("tags: a\ntag: b", aliases=aliases) == (
        None,
        ["x:2:1: 'tag' and 'tags' say the same thing | keep one of them"],
    )
    assert "did you mean 'tag'?" in read("tga: a", aliases=aliases)[1][0]


@pytest.mark.parametrize(
    ("text", "told"), [("a", "text"), ("1", "a whole number"), ("[]", "a list"), ("", "empty")]
)
def test_file_that_is_no_block_is_refused(text: str, told: str) -> None:
    assert read(text) == (None, [f"x:1:1: 'this file' must be a block of keys, not {told}"])


def test_missing_field_is_told_where_it_should_stand() -> None:
    assert read("size: 1", of=Part) == (None, ["x:1:1: 'name' is missing | add a line `name: …`"])
    assert read("size: 1\nname:", of=Part) == (None, ["x:2:6: 'name' is missing | add a line `name: …`"])
