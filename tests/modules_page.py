"""Writes docs/modules.md, every module in one line: ``python -m tests.modules_page``."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.test_floors import FLOORS, SOURCES, room_of

PAGE = Path(__file__).parent.parent / "docs" / "modules.md"


def modules_page() -> str:
    """The page as it must be: a table for each room, from the modules' own docstrings."""
    lines = [
        "# Every module in one line",
        "",
        "From the modules' own docstrings, lowest room first ([architecture](architecture.md)). Written by",
        "`python -m tests.modules_page`; a test compares.",
    ]
    for rooms, _ in FLOORS:
        for room in rooms:
            lines += ["", f"## `{room.replace('.', '/')}`", "", _first_sentence(SOURCES[room]), ""]
            lines += ["| module | owns |", "|---|---|"]
            for module, path in SOURCES.items():
                if room_of(module) == room and path.name != "__init__.py":
                    lines.append(
                        f"| `{module.removeprefix(room).lstrip('.') or module}` | {_first_sentence(path)} |"
                    )
    return "\n".join(lines) + "\n"


def _first_sentence(path: Path) -> str:
    """The first paragraph of the module's docstring on one line."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(modules_page(), "utf-8")
