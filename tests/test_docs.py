"""The documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.views import shapes
from tests.test_floors import FLOORS

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"^(`{3,}).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def floors_table() -> str:
    """The rows of the table in docs/architecture.md, top floor first."""
    rows = [f"| {name} | {', '.join(f'`{room}`' for room in rooms)} |" for name, rooms in reversed(FLOORS)]
    return "\n".join(rows)


def test_architecture_shows_the_floors_as_they_are() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert floors_table() in text


@pytest.mark.parametrize("command", ["make serve", "make test"])
def test_readme_names_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text("utf-8")


def test_every_field_that_a_template_sees_belongs_to_a_documented_type() -> None:
    undocumented = [
        name
        for name, kind in vars(shapes).items()
        if isinstance(kind, type) and kind.__module__ == shapes.__name__ and not kind.__doc__
    ]
    assert undocumented == []


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        prose = CODE.sub("", path.read_text("utf-8"))
        for target in LINK.findall(prose):
            if (
                "://" not in target
                and not target.startswith("mailto:")
                and not (path.parent / target).exists()
            ):
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert broken == []
