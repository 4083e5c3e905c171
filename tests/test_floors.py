"""A module imports only from lower rooms; docs/architecture.md shows this table."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Lowest first: the rooms of a row, which do not import each other, and what they own. `widgets/elements` is no Python.
FLOORS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("generator.ground",), "errors, text, the values that bodies are made of, where a project lies"),
    (("generator.processes", "generator.schema"), "worker processes; from YAML to checked values"),
    (("generator.disk",), "stamps, the tree of content, the cache, the lock, the output folder"),
    (("generator.content",), "settings, front matter, documents, the snapshot"),
    (("generator.bodies",), "Markdown to HTML with slots, and facts; keys of bodies"),
    (("generator.site", "generator.theme"), "the organized site and its context; a theme read and compiled"),
    (("generator.files",), "images, social cards, attachments, assets"),
    (("generator.views",), "what each page's template may see"),
    (("generator.checks", "generator.outputs"), "one rule a file; feeds, sitemap, manifest, search"),
    (("generator.deploy",), "a built site compared with a bucket, sent, and deleted there"),
    (("generator.build",), "inputs, plan, diff, last build, rendering, check"),
    (
        ("generator.importing", "generator.insights", "generator.preview"),
        "sites of other systems become content; a private report for editors; the live preview",
    ),
    (("widgets.contract", "widgets.store"), "schemas, codes, the manifest's shape; SQLite and DynamoDB"),
    (("widgets.rules",), "pure rules: pleas, publishing, limits, polls, surveys, names, keys"),
    (("widgets.function",), "the function: HTTP, state, the way of a text, kinds of contribution, pages"),
    (("widgets.desk",), "the moderators' desk: who may enter, moderation, pages"),
    (("widgets.app",), "function and desk in one application"),
    (("widgets.adapters",), "uvicorn, AWS Lambda, the zip, commands for the command line"),
    (("generator.cli",), "the command line"),
)
LEVEL = {room: level for level, (rooms, _) in enumerate(FLOORS) for room in rooms}
# Modules of no room: package docstrings, a version, the paths of the elements and the contract.
ROOTS = {"generator", "widgets"}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The room of a module or of a name in one; empty for the packages themselves and for what is not ours."""
    room = ".".join(module.split(".")[:2])
    return room if room in LEVEL else ""


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


SOURCES = {module_of(path): path for package in sorted(ROOTS) for path in sources(package)}


@functools.cache
def imports_of(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module or name that a file imports, in functions and for types too, with the line."""
    return tuple(_imports_of(path))


def _imports_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def test_modules_import_only_from_lower_rooms() -> None:
    breaches = []
    for module, path in SOURCES.items():
        own = room_of(module)
        for name, line in imports_of(path):
            room = room_of(name)
            if room and room != own and (not own or LEVEL[room] >= LEVEL[own]):
                breaches.append(
                    f"{path}:{line}: {own or 'a package outside all rooms'} may not import {room}"
                )
    assert breaches == []


def test_every_module_lies_in_a_room() -> None:
    assert {module for module in SOURCES if not room_of(module)} == ROOTS


def test_generator_and_widgets_meet_in_the_command_line_alone() -> None:
    breaches = [
        f"{path}:{line}"
        for module, path in SOURCES.items()
        for name, line in imports_of(path)
        if {name.split(".")[0], module.split(".")[0]} == ROOTS and room_of(module) != "generator.cli"
    ]
    assert breaches == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "manager", "core", "data"}
    named = {path.stem for path in SOURCES.values()}
    assert named.isdisjoint(drawers)


def cycles(imports: Mapping[str, set[str]]) -> list[set[str]]:
    """Modules that reach themselves by their imports, each cycle once."""
    reached = {module: _reach(imports, module) for module in imports}
    found = {frozenset({module, *(m for m in reached[module] if module in reached[m])}) for module in imports}
    return [set(cycle) for cycle in found if len(cycle) > 1]


def _reach(imports: Mapping[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = imports[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached


def module_imports() -> dict[str, set[str]]:
    """Module → our modules that it imports; a name stands for the module that holds it."""
    found: dict[str, set[str]] = {}
    for module, path in SOURCES.items():
        names = {name if name in SOURCES else name.rpartition(".")[0] for name, _ in imports_of(path)}
        found[module] = {name for name in names if name in SOURCES and name != module}
    return found


def test_a_cycle_is_found() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set[str]()}
    assert cycles(imports) == [{"a", "b", "c"}]
    assert cycles({"a": {"b"}, "b": set()}) == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert cycles(module_imports()) == []
