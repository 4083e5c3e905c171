"""A theme's strings: merged down the chain, measured against English, completed from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ground.errors import SiteErrors
from generator.theme.inheritance import ThemeFolder, parse_settings
from generator.theme.language import flatten, read_strings
from generator.theme.types import direction_of

ENGLISH = 'hello: Hello\nby: "by {name}"\nvotes: {one: "{n} vote", other: "{n} votes of {all}"}\n'


@pytest.mark.parametrize(
    ("value", "leaves"),
    [
        ({}, []),
        ({"a": "x"}, [("a", "x", ("a",))]),
        ({"a": {"b": "x", "c": {"d": "y"}}}, [("a.b", "x", ("a", "b")), ("a.c.d", "y", ("a", "c", "d"))]),
        ({"a": ["x"], "b": None}, [("a", ["x"], ("a",)), ("b", None, ("b",))]),
        ({"a": {}}, []),
    ],
)
def test_nested_maps_become_dotted_keys(value: object, leaves: list[object]) -> None:
    assert list(flatten(value)) == leaves


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *((tag, "rtl") for tag in ("ar", "fa", "he", "ur", "yi", "ps", "dv", "ckb", "AR", "ar-EG")),
        *((tag, "rtl") for tag in ("az-Arab", "ku-arab", "en-Hebr", "syc-Syrc", "dv-Thaa")),
        *((tag, "ltr") for tag in ("en", "es", "ja", "az", "az-Latn", "hi-Deva", "en-AR")),
    ],
)
def test_direction_of_a_language(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


def strings(root: Path, *folders: dict[str, str]) -> dict[str, dict[str, str]]:
    """The strings of a chain of themes, the farthest parent first, given as texts by file name."""
    chain = []
    for number, files in enumerate(folders):
        path = root / f"theme{number}"
        (path / "i18n").mkdir(parents=True)
        for name, text in files.items():
            (path / "i18n" / name).write_text(text, "utf-8")
        chain.append(ThemeFolder(f"theme{number}", path, f"themes/theme{number}", parse_settings("", "")))
    return read_strings(chain).texts


def test_child_changes_single_keys_and_english_fills_the_rest(tmp_path: Path) -> None:
    found = strings(
        tmp_path,
        {"en.yaml": ENGLISH, "es.yaml": 'hello: Hola\nvotes: {one: "{n} voto"}\n'},
        {"en.yaml": 'by: "from {name}"\n', "es.yaml": "hello: Buenas\n", "de.yaml": "hello: Hallo\n"},
    )
    english = {
        "hello": "Hello",
        "by": "from {name}",
        "votes.one": "{n} vote",
        "votes.other": "{n} votes of {all}",
    }
    assert found == {
        "de": {**english, "hello": "Hallo"},
        "en": english,
        "es": {**english, "hello": "Buenas", "votes.one": "{n} voto"},
    }
    assert list(found) == ["de", "en", "es"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("es.yaml", ""),
        ("es.yaml", "by: por alguien\n"),
        ("es.yaml", 'by: "por {name} ({n})"\n'),
        ("pl.yaml", 'votes: {few: "{n} z {all}", many: "{n}", zero: "{n}", two: "{n}"}\n'),
        ("pt-BR.yaml", "hello: Olá\n"),
        ("zh-Hant.yaml", "hello: 你好\n"),
    ],
)
def test_translation_that_fits_english_is_taken(tmp_path: Path, name: str, text: str) -> None:
    assert strings(tmp_path, {"en.yaml": ENGLISH, name: text})[name.removesuffix(".yaml")]["by"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("es.yaml", "helo: Hola\n", (1, 7, "unknown string 'helo'", "did you mean 'hello'?")),
        ("es.yaml", "hello: {few: Hola}\n", (1, 14, "unknown string 'hello.few'", "did you mean 'hello'?")),
        ("es.yaml", "hello: 05\n", (1, 8, "string 'hello' is not a text", 'put it in quotes: "05"')),
        (
            "es.yaml",
            'hello: Hola\nby: "de {who}"\n',
            (2, 5, "string 'by' has no value for {who}", "placeholders of this string: {name}"),
        ),
        (
            "es.yaml",
            'hello: "{zz} {who}"\n',
            (1, 8, "string 'hello' has no value for {who}", "placeholders of this string: none"),
        ),
        (
            "pl.yaml",
            'votes: {few: "{n} z {name}"}\n',
            (1, 14, "string 'votes.few' has no value for {name}", "placeholders of this string: {all}, {n}"),
        ),
        ("english.yaml", "hello: x\n", (0, 0, "'english' is not a language tag", "name it like es.yaml")),
        ("es_MX.yaml", "hello: x\n", (0, 0, "'es_MX' is not a language tag", "name it like es.yaml")),
    ],
)
def test_strings_at_fault_are_told_with_place_and_remedy(
    tmp_path: Path, name: str, text: str, told: tuple[int, int, str, str]
) -> None:
    with pytest.raises(SiteErrors) as raised:
        strings(tmp_path, {"en.yaml": ENGLISH, name: text})
    (problem,) = raised.value.problems
    assert (problem.line, problem.column, problem.message, problem.hint) == told
    assert (problem.source_path, problem.rule) == (f"themes/theme0/i18n/{name}", "theme")


def test_child_cannot_add_a_string(tmp_path: Path) -> None:
    with pytest.raises(SiteErrors, match="unknown string 'bye'"):
        strings(tmp_path, {"en.yaml": ENGLISH}, {"en.yaml": "bye: Bye\n"})


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SiteErrors) as raised:
        strings(tmp_path, {"en.yaml": ENGLISH, "es.yaml": "a: x\nhello: 5\n", "fr.yaml": "b: x\n"})
    assert len(raised.value.problems) == 3
