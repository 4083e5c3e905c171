"""The contract's files are sound, and agree with each other and with the function."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from widgets import CONTRACT_DIR
from widgets.contract.manifest import parse_manifest
from widgets.contract.problems import codes
from widgets.function.routes import ROUTES, openapi_document

SCHEMAS = sorted(CONTRACT_DIR.rglob("*.schema.json"))
EXAMPLES = sorted((CONTRACT_DIR / "examples").glob("*.json"))


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def registry() -> Registry[Any]:
    resources = [(path.relative_to(CONTRACT_DIR).as_posix(), load(path)) for path in SCHEMAS]
    resources += [(path.name, load(path)) for path in SCHEMAS]
    return Registry().with_resources([(name, Resource.from_contents(schema)) for name, schema in resources])


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_schema_is_a_schema(path: Path) -> None:
    Draft202012Validator.check_schema(load(path))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_valid(path: Path, registry: Registry[Any]) -> None:
    name = path.name.rsplit(".", 2)[0]
    [schema] = [load(found) for found in SCHEMAS if found.name == f"{name}.schema.json"]
    validator = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(load(path))] == []


def test_every_schema_has_an_example() -> None:
    named = {path.name.rsplit(".", 2)[0] for path in EXAMPLES}
    assert {path.name.removesuffix(".schema.json") for path in SCHEMAS} - {"words"} <= named


@pytest.mark.parametrize("name", ["minimal", "portfolio"])
def test_the_function_reads_the_example_manifests(name: str) -> None:
    data = (CONTRACT_DIR / "examples" / f"manifest.{name}.json").read_bytes()
    assert parse_manifest(data).version == 1


def test_the_table_of_routes_is_the_functions() -> None:
    table = {(route["method"], route["path"]) for route in load(CONTRACT_DIR / "routes.json")["routes"]}
    listed = [route for route in ROUTES if route.described is None]
    assert table == {(route.method, f"/api/v1{route.path}") for route in listed}


def test_the_problem_schema_names_exactly_the_codes() -> None:
    schema = load(CONTRACT_DIR / "schemas" / "problem.answer.schema.json")
    assert schema["properties"]["code"]["enum"] == sorted(codes())


def test_every_code_has_words_in_every_language() -> None:
    phrases = load(CONTRACT_DIR.parent / "function" / "strings.json")
    for language, words in phrases.items():
        for code in codes():
            assert words[f"title.{code}"], (language, code)
            assert words[f"remedy.{code}"], (language, code)
        assert words.keys() == phrases["en"].keys(), language


def test_the_description_refers_to_nothing_outside_itself() -> None:
    document = json.loads(openapi_document())

    def references(value: Any) -> list[str]:
        if isinstance(value, list):
            return [found for item in value for found in references(item)]
        if not isinstance(value, dict):
            return []
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for item in value.values() for found in references(item)]

    names = {name.removeprefix("#/components/schemas/") for name in references(document)}
    assert names <= document["components"]["schemas"].keys()
