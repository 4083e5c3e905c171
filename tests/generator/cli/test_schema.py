"""`gatherwell schema`: JSON Schemas that take what the reader takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from generator.cli.schema import kind_schema, type_schema, whole_schema
from generator.cli.schema_notes import NOTES
from generator.content.front_matter.parse import MATTER_TYPES, parse_document
from generator.content.front_matter.schema import ARTICLE_TYPES
from generator.schema.yaml_source import parse_yaml
from tests.generator.command_line import Run

ROOT = Path(__file__).parents[3]


def matches(schema: dict[str, Any], front_matter: str) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(parse_yaml(front_matter, "x").value or {})


@pytest.mark.parametrize("kind", [*MATTER_TYPES, "config"])
def test_schema_is_one(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(kind_schema(kind))
    jsonschema.Draft202012Validator.check_schema(whole_schema())


@pytest.mark.parametrize("kind", MATTER_TYPES)
def test_every_key_has_a_note_for_writers(kind: str) -> None:
    assert list(NOTES[kind]) == [field.name for field in msgspec.structs.fields(MATTER_TYPES[kind])]


SAMPLES = [
    "title: A",
    "title: A\ntopics: sleep\nauthors: [ana, bo]",
    "title: A\nauthor: ana",
    "title: A\nauthor: ana\nauthors: bo",
    "title: A\ndate:",
    "title: A\ndate: 2026-03-14T10:00Z\nreview_in: 12 months",
    "title: A\ndate: soon",
    "title: A\nslug: ../x",
    "title: A\nslug: a b",
    "title: [A]",
    "title: 2026",
    "title:",
    "summary: A",
    "title: A\ntopic: sleep",
    "title: A\ntype: storry",
    "title: A\nstage: [new, old]",
    "title: A\nstage: new",
    "title: A\nreactions: false",
    "title: A\nreactions: [thank-you]",
    "title: A\norder: first",
    "title: A\norder: 1.5",
    "title: A\ndraft: no",
    "title: A\ndraft: true",
    "title: A\nreferences: [{id: a, title: B, year: 2020}]",
    "title: A\nreferences: [{id: a}]",
    "title: A\naliases: /old/",
    "title: A\nonline_url: example.org",
    "title: A\nid: Über",
]


@pytest.mark.parametrize("front_matter", SAMPLES)
def test_schema_takes_what_the_reader_takes(front_matter: str) -> None:
    read = parse_document(f"---\n{front_matter}\n---\n".encode(), "article", "x.md")
    assert matches(kind_schema("article"), front_matter) == (not read.problems)


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.name)
def test_schema_takes_the_demonstration(path: Path) -> None:
    folders = path.relative_to(ROOT / "content").parts
    kind = {"_people": "person", "_pages": "page"}.get(folders[0], "article")
    if path.name.startswith("_index."):
        kind = "hub" if len(folders) == 2 else "section"
    assert matches(kind_schema(kind), path.read_text("utf-8").split("---\n")[1])


def test_schema_takes_the_settings_of_the_demonstration() -> None:
    assert matches(kind_schema("config"), (ROOT / "gatherwell.yaml").read_text("utf-8"))


def test_schema_of_an_event_asks_for_its_start() -> None:
    assert not matches(kind_schema("article"), "title: A\ntype: event")
    assert not matches(type_schema("event"), "title: A\ntype: event")
    assert matches(type_schema("event"), "title: A\ntype: event\nstart: 2027-01-01")


@pytest.mark.parametrize("article_type", ARTICLE_TYPES)
def test_schema_of_a_type_is_for_that_type(run: Run, article_type: str) -> None:
    schema = json.loads(run("schema", "--type", article_type).out)
    assert schema["properties"]["type"]["const"] == article_type
    assert matches(schema, f"title: A\ntype: {article_type}\nstart: 2027-01-01")
    assert not matches(schema, "title: A\ntype: other\nstart: 2027-01-01")
