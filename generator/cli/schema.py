"""`gatherwell schema`: front matter, settings, instruments and results of surveys as JSON Schema 2020-12, made from the reader's own types."""

from __future__ import annotations

import inspect
import json
import types
import typing
from collections.abc import Mapping
from typing import Any, get_args, get_origin

import click
import msgspec

from generator.cli import settings_notes, survey_notes
from generator.cli.schema_notes import CODES, CORRECTION, CRISIS_LINE, NOTES, REFERENCE, TERM
from generator.content.config import (
    Checks,
    Comments,
    Config,
    Feeds,
    FrontMatterOptions,
    Images,
    Markdown,
    Pagination,
    Reviews,
    Widgets,
)
from generator.content.front_matter.parse import ALIASES, MATTER_TYPES
from generator.content.front_matter.schema import ARTICLE_TYPES, Codes, Correction, SourceRef
from generator.content.identity import Footer, Organisation
from generator.content.menu import MenuItem
from generator.content.surveys import reviewed
from generator.content.surveys import written as surveys
from generator.content.surveys.published import Written
from generator.schema.convert import Check
from generator.site import data_files

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[msgspec.Struct]] = {
    **MATTER_TYPES,
    "config": Config,
    "survey": surveys.SurveyFile,
    "survey-wording": surveys.WordingFile,
    "survey-results": reviewed.ReviewedFile,
}
_TITLES = {
    "article": "Front matter of an article",
    "hub": "Front matter of a condition's _index.md",
    "person": "Front matter of a person in _people/",
    "page": "Front matter of a page in _pages/",
    "section": "Front matter of an _index.md in a folder below a condition's",
    "config": "gatherwell.yaml",
    "survey": "A survey: content/<condition>/surveys/<id>.yaml",
    "survey-wording": "A survey's words in another language: content/<condition>/surveys/<id>.es.yaml",
    "survey-results": "Reviewed numbers of a survey: content/_results/<condition>~<id>.yaml",
}
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
_NOTES: dict[type[Any], Mapping[str, str]] = {
    **{struct: NOTES[kind] for kind, struct in MATTER_TYPES.items()},
    SourceRef: REFERENCE,
    Correction: CORRECTION,
    Codes: CODES,
    data_files._TermEntry: TERM,
    data_files._CrisisLine: CRISIS_LINE,
    MenuItem: settings_notes.MENU_ITEM,
    Config: settings_notes.CONFIG,
    Widgets: settings_notes.WIDGETS,
    Comments: settings_notes.COMMENTS,
    Organisation: settings_notes.ORGANISATION,
    Footer: settings_notes.FOOTER,
    Pagination: settings_notes.PAGINATION,
    Feeds: settings_notes.FEEDS,
    Markdown: settings_notes.MARKDOWN,
    Images: settings_notes.IMAGES,
    Checks: settings_notes.CHECKS,
    Reviews: settings_notes.REVIEWS,
    FrontMatterOptions: settings_notes.FRONT_MATTER,
    surveys.SurveyFile: survey_notes.SURVEY,
    surveys.Consent: survey_notes.CONSENT,
    surveys.SectionEntry: survey_notes.SECTION,
    surveys.QuestionEntry: survey_notes.QUESTION,
    surveys.BandEntry: survey_notes.BAND,
    surveys.Breakdown: survey_notes.BREAKDOWN,
    surveys.WordingFile: survey_notes.WORDING,
    surveys.ConsentWording: survey_notes.CONSENT_WORDING,
    surveys.SectionWording: survey_notes.SECTION_WORDING,
    surveys.QuestionWording: survey_notes.QUESTION_WORDING,
    reviewed.ReviewedFile: survey_notes.REVIEWED,
    reviewed.TableEntry: survey_notes.REVIEWED_TABLE,
    reviewed.GroupEntry: survey_notes.REVIEWED_GROUP,
}
Schema = dict[str, Any]


@click.command("schema")
@click.option("--kind", type=click.Choice(list(KINDS)), help="One kind of file alone.")
@click.option("--type", "article_type", type=click.Choice(ARTICLE_TYPES), help="Articles of one type alone.")
def command(kind: str | None, article_type: str | None) -> None:
    """Print the JSON Schema of front matter, settings and surveys, for editors."""
    if article_type and kind not in (None, "article"):
        raise click.UsageError(f"--type is for articles; a {kind} has none.")
    if article_type:
        schema = type_schema(article_type)
    else:
        schema = kind_schema(kind) if kind else whole_schema()
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))


def whole_schema() -> Schema:
    """One schema for every Markdown file, each kind under ``$defs``, and ``config`` beside them."""
    kinds = {kind: _without_dialect(kind_schema(kind)) for kind in KINDS}
    return {
        "$schema": DIALECT,
        "title": "Front matter in Gatherwell",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in MATTER_TYPES],
        "$defs": kinds,
    }


def kind_schema(kind: str) -> Schema:
    """The schema of one kind of file; raises KeyError on an unknown one."""
    schema: Schema = {
        "$schema": DIALECT,
        "title": _TITLES[kind],
        **struct_schema(KINDS[kind], ALIASES.get(kind, {})),
    }
    if kind == "article":
        is_event = {"properties": {"type": {"const": "event"}}, "required": ["type"]}
        schema["allOf"] = [*schema.get("allOf", ()), {"if": is_event, "then": _needs("start")}]
    return schema


def type_schema(article_type: str) -> Schema:
    """The schema of articles of one type; the type must be written, but for plain articles."""
    schema = kind_schema("article")
    schema["title"] = f"Front matter of an article of the type {article_type}"
    note = schema["properties"]["type"]["description"]
    schema["properties"]["type"] = {"description": note, "const": article_type}
    if article_type != "article":
        schema["required"] = [*schema["required"], "type"]
    return schema


def _without_dialect(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "$schema"}


def _needs(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"type": "string"}}}


def struct_schema(struct: type[msgspec.Struct], aliases: Mapping[str, str]) -> Schema:
    """The schema of a block; *aliases* are other names of its keys."""
    hints = typing.get_type_hints(struct, include_extras=True)
    notes = _NOTES.get(struct, {})
    properties: dict[str, Schema] = {}
    required = []
    for field in msgspec.structs.fields(struct):
        value = _hint(hints[field.name])
        if field.required:
            required.append(field.name)
        else:
            # A key with an empty value counts as absent.
            value = _or_null(value)
        note = {"description": notes[field.name]} if field.name in notes else {}
        properties[field.name] = {**note, **value, **note}
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if inspect.getdoc(struct):
        schema["description"] = inspect.getdoc(struct)
    for other, name in aliases.items():
        schema["properties"][other] = {**properties[name], "description": f"The same as `{name}`."}
        schema.setdefault("allOf", []).append({"not": {"required": [other, name]}})
    return schema


def _hint(hint: Any, pattern: str = "") -> Schema:
    metadata = getattr(hint, "__metadata__", ())
    if metadata:
        checks = [part.pattern for part in metadata if isinstance(part, Check)]
        return _hint(get_args(hint)[0], checks[0] if checks else pattern)
    if hint == Written:
        return {"anyOf": [{"type": "integer", "minimum": 0}, {"const": reviewed.KEPT_BACK}]}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint], **({"pattern": pattern} if pattern and hint is str else {})}
    origin, args = get_origin(hint), get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(args)}
    if origin is tuple:
        item = _hint(args[0], pattern)
        # A struct with a shorthand may be written as one bare text.
        return _list({"anyOf": [item, {"type": "string"}]} if hasattr(args[0], "shorthand") else item)
    if origin is dict:
        return {"type": "object", "additionalProperties": _hint(args[1])}
    if origin in (typing.Union, types.UnionType):
        return _union([_hint(part, pattern) for part in args if part is not type(None)])
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return struct_schema(hint, {})
    raise TypeError(f"{hint!r} has no JSON Schema")


def _list(item: Schema) -> Schema:
    """A list, or where it holds texts one bare text."""
    several = {"type": "array", "items": item}
    return {"anyOf": [several, item]} if item.get("type") == "string" or "enum" in item else several


def _union(parts: list[Schema]) -> Schema:
    alternatives: list[Schema] = []
    for part in parts:
        alternatives.extend(other for other in part.get("anyOf", [part]) if other not in alternatives)
    if all(set(part) == {"type"} for part in alternatives):
        return {"type": [part["type"] for part in alternatives]}
    return alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives}


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*kinds, "null"]}
