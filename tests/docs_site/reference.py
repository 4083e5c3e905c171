"""The pages of ``docs/reference/``, written from schemas, directives, commands and the function's OpenAPI description.

``python -m tests.docs_site.reference`` writes them; a test says when they are out of date.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click
import msgspec

from generator.bodies.markdown.directives import DIRECTIVES
from generator.cli import COMMANDS, cli
from generator.cli.schema import kind_schema, struct_schema
from generator.content.front_matter.parse import ALIASES, MATTER_TYPES
from generator.content.surveys import reviewed
from generator.content.surveys import written as surveys
from generator.site import data_files
from tests.docs_site.project import ROOT
from widgets.function.routes import openapi_document

HOME = ROOT / "docs" / "reference"
_FILES = {
    "article": ("Articles", "`content/<condition>/…/<name>.md`"),
    "hub": ("A condition", "`content/<condition>/_index.md`"),
    "person": ("People", "`content/_people/<id>.md`"),
    "page": ("Pages of the site", "`content/_pages/<name>.md`"),
    "section": ("Sections", "`content/<condition>/<folder>/_index.md`"),
}


def front_matter() -> str:
    """Every key of front matter by kind of file."""
    lines = [
        "# Front matter",
        "",
        "The block between the two `---` lines at the top of a file. A key that is not known is an error that names the",
        "nearest one. `gatherwell schema` prints the same as JSON Schema, for editors.",
        "",
    ]
    for kind in MATTER_TYPES:
        title, where = _FILES[kind]
        lines += [f"## {title}", "", where, ""]
        lines += _keys(kind_schema(kind))
        for alias, name in ALIASES.get(kind, {}).items():
            lines += [f"`{alias}` is accepted for `{name}`.", ""]
    return "\n".join(lines)


def settings() -> str:
    """Every key of gatherwell.yaml."""
    schema = kind_schema("config")
    lines = [
        "# Settings",
        "",
        "`gatherwell.yaml` at the root of a project. Every key but `title` may be left out.",
        "",
        *_keys(schema),
    ]
    for name, value in schema["properties"].items():
        inner = _block(value)
        if inner is not None:
            lines += [f"## {name}", "", *_keys(inner)]
            for key, part in inner["properties"].items():
                if (item := _block(part)) is not None and key == "links":
                    lines += [f"Each of `{key}`:", "", *_keys(item)]
    return "\n".join(lines)


def data() -> str:
    """The files of data beside the articles."""
    term = struct_schema(data_files._TermEntry, {})
    line = struct_schema(data_files._CrisisLine, {})
    return "\n".join(
        [
            "# Data files",
            "",
            "YAML files below `content/` that articles draw on.",
            "",
            "## _glossary.yaml",
            "",
            "Terms by id. A translation stands under its language: `es: {term: …, plain: …}`.",
            "",
            *_keys(term),
            "## _crisis.yaml",
            "",
            "Lists of crisis lines by locale: `en` serves everywhere, `en-GB` one country.",
            "",
            *_keys(line),
            "## _topics.yaml",
            "",
            "Names of topics by slug, each a map of languages; `written` lists what articles may write for it besides.",
            "",
            "## _retracted.yaml",
            "",
            'Sources that were withdrawn, and what happened to each: `"10.1000/xyz123": retracted on 2 May 2026`.',
            "",
            "## A survey",
            "",
            "`content/<condition>/surveys/<id>.yaml`; [surveys](../surveys.md) shows a whole one.",
            "",
            *_keys(struct_schema(surveys.SurveyFile, {})),
            "`consent`:",
            "",
            *_keys(struct_schema(surveys.Consent, {})),
            *_named("sections", surveys.SectionEntry),
            *_named("questions", surveys.QuestionEntry),
            *_named("bands", surveys.BandEntry),
            *_named("breakdowns", surveys.Breakdown),
            "## A survey in another language",
            "",
            "`content/<condition>/surveys/<id>.es.yaml`: wording alone, complete, by the keys of the survey.",
            "",
            *_keys(struct_schema(surveys.WordingFile, {})),
            *_named("sections", surveys.SectionWording),
            *_named("questions", surveys.QuestionWording),
            "## _results/",
            "",
            "Reviewed tables of a survey, `_results/<condition>~<survey>.yaml`, as `gatherwell results pull --review` writes them. Pages show",
            "them and not what was pulled. A number is a multiple of `base`, 0 or at least 15, or `kept back`.",
            "",
            *_keys(struct_schema(reviewed.ReviewedFile, {})),
            "Each of `tables`:",
            "",
            *_keys(struct_schema(reviewed.TableEntry, {})),
        ]
    )


def _named(key: str, struct: type[msgspec.Struct]) -> list[str]:
    return [f"Each of `{key}`:", "", *_keys(struct_schema(struct, {}))]


def directives() -> str:
    """Every directive with its attributes."""
    lines = [
        "# Directives",
        "",
        "What a text can call. [Writing in Markdown](../markdown.md) shows an example of each with what comes out.",
        "",
        "| directive | written | label | attributes |",
        "|---|---|---|---|",
    ]
    for name, found in DIRECTIVES.items():
        usage = " or ".join(f"`{part}`" for part in found.usage.split(" or "))
        attributes = ", ".join(f"`{key}`" for key in found.attributes) or "–"
        lines.append(f"| {name} | {usage} | {found.label} | {attributes} |")
    return "\n".join([*lines, ""])


def commands() -> str:
    """Every command with its arguments and options."""
    lines = [
        "# Command line",
        "",
        "Exit codes: 0 done, 1 the content is at fault, 2 wrong usage. `gatherwell COMMAND --help` says the same.",
        "",
    ]
    context = click.Context(cli, info_name="gatherwell")
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        lines += _command(command, f"gatherwell {name}", context)
    return "\n".join(lines)


def function_api() -> str:
    """Every route of the function."""
    described: dict[str, Any] = json.loads(openapi_document())
    lines = [
        "# The function's API",
        "",
        "Described as OpenAPI 3.1 at `/api/v1/openapi.json`. JSON and HTML forms both work.",
        "",
        "| route | does | answers |",
        "|---|---|---|",
    ]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            said = str(operation.get("summary") or operation.get("description") or "").split("\n")[0]
            codes = ", ".join(operation.get("responses", {}))
            lines.append(f"| `{method.upper()} {path}` | {said.replace('|', '/')} | {codes} |")
    return "\n".join([*lines, ""])


PAGES = {
    "front-matter.md": front_matter,
    "settings.md": settings,
    "data-files.md": data,
    "directives.md": directives,
    "commands.md": commands,
    "function-api.md": function_api,
}


def write_reference() -> None:
    """Bring the pages of docs/reference/ up to date."""
    HOME.mkdir(exist_ok=True)
    for name, render in PAGES.items():
        (HOME / name).write_text(render(), "utf-8")


def _keys(schema: dict[str, Any]) -> list[str]:
    required = schema.get("required", ())
    lines = ["| key | holds | what for |", "|---|---|---|"]
    for key, value in schema["properties"].items():
        if str(value.get("description", "")).startswith("The same as"):
            continue
        holds = f"{_holds(value)}{', required' if key in required else ''}"
        lines.append(f"| `{key}` | {holds} | {_cell(value.get('description', ''))} |")
    return [*lines, ""]


def _holds(value: dict[str, Any]) -> str:
    """What a value may be, in words."""
    if "enum" in value:
        return " · ".join(f"`{_yaml(choice)}`" for choice in value["enum"] if choice is not None)
    if "anyOf" in value:
        words = dict.fromkeys(_holds(part) for part in value["anyOf"])
        found = [word for word in words if word]
        if len(found) == 2 and found[0] == f"list of {found[1]}":
            return f"{found[1]}, or a list"
        return " or ".join(found)
    kinds = value.get("type", "")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    words = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "`true` · `false`",
        "object": "block",
        "array": f"list of {_holds(value['items'])}" if "items" in value else "list",
    }
    return " or ".join(dict.fromkeys(words[kind] for kind in kinds if kind in words))


def _yaml(choice: object) -> str:
    return str(choice).lower() if isinstance(choice, bool) else str(choice)


def _block(value: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of the block that a value is or that a list holds; None for plain values."""
    if "properties" in value:
        return value
    inner = [*value.get("anyOf", ()), *([value["items"]] if isinstance(value.get("items"), dict) else [])]
    return next((found for part in inner if (found := _block(part)) is not None), None)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("[^id]", "`[^id]`")


def _command(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    help_text = " ".join((command.help or "").split("\f")[0].split())
    yield from (f"## {name}", "", help_text.replace("<", "&lt;"), "", "```", f"{name} {usage}", "```", "")
    options = [record for param in command.params if (record := param.get_help_record(context)) and record[1]]
    if options:
        yield from ("| option | does |", "|---|---|")
        for written, said in options:
            yield f"| `{_cell(written)}` | {_cell(said)} |"
        yield ""
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None and not found.hidden:
                yield from _command(found, f"{name} {sub}", context)


if __name__ == "__main__":
    write_reference()
