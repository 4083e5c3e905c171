"""A module imports only from lower floors; the picture in docs/architecture.md is this list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ground", ("errors", "text")),
    ("ground: processes and stamps", ("pool", "stamps")),
    ("ground: the machine", ("cache", "lock", "workers", "project", "pagination", "related")),
    ("ground: what stands in the output", ("looking",)),
    (
        "ground: places and values",
        ("yaml_source", "model", "snapshot", "collisions", "write", "software", "tree"),
    ),
    ("words: strictness", ("strict",)),
    ("words: time", ("moments",)),
    ("words: front matter", ("matter",)),
    ("words: configuration", ("config",)),
    ("crafts: text and theme", ("front_matter", "markdown", "naming", "permalinks", "theme")),
    ("stage: read", ("read",)),
    ("stage: bodies, and the organized site's words", ("bodies", "site", "images", "attachments", "cards")),
    (
        "crafts: organizing",
        ("company", "conditions", "links", "lookup", "people", "schedule", "shards", "taxonomies", "assets"),
    ),
    ("stage: organize", ("organize", "inputs")),
    ("stage: views", ("views",)),
    ("stages: check and pages, other outputs", ("checks", "outputs", "pages", "search", "shown_files")),
    ("order: rendering and staging", ("render", "stages")),
    ("order: whether anything changed", ("state",)),
    ("order: what changed", ("changes",)),
    ("order: the spine", ("spine", "findings")),
    ("order: builds", ("build",)),
    ("doors: preview", ("preview",)),
    ("doors: command line", ("cli",)),
)
LEVEL = {name: level for level, (_, names) in enumerate(FLOORS) for name in names}


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, in functions and for types too, with the line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            if node.module in ("generator", "widgets"):
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def unit(path: Path) -> str:
    """The room of a file: its module or top folder inside the package."""
    return path.relative_to(ROOT / "generator").with_suffix("").parts[0]


@pytest.mark.parametrize("path", sources("generator"), ids=lambda path: str(path.relative_to(ROOT)))
def test_generator_module_imports_only_from_lower_floors(path: Path) -> None:
    own = unit(path)
    if own == "__init__":
        return
    for name, line in imports_of(path):
        parts = name.split(".")
        if parts[0] != "generator" or parts[1:2] in ([], ["__version__"], [own]):
            continue
        assert LEVEL[parts[1]] < LEVEL[own], f"{path}:{line}: {own} may not import {parts[1]}"


def test_every_room_of_the_generator_stands_on_a_floor() -> None:
    rooms = {unit(path) for path in sources("generator")} - {"__init__"}
    assert rooms <= set(LEVEL)


def test_only_the_command_line_of_the_generator_imports_widgets() -> None:
    breaches = [
        f"{path}:{line}"
        for path in sources("generator")
        for name, line in imports_of(path)
        if name.split(".")[0] == "widgets" and unit(path) != "cli"
    ]
    assert breaches == []


def test_widgets_import_nothing_of_the_generator() -> None:
    breaches = [
        f"{path}:{line}"
        for path in sources("widgets")
        for name, line in imports_of(path)
        if name.split(".")[0] == "generator"
    ]
    assert breaches == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "manager", "core", "data"}
    named = {path.stem for package in ("generator", "widgets") for path in sources(package)}
    assert named.isdisjoint(drawers)
