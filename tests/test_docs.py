"""The documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.views import types as shapes
from tests.modules_page import PAGE, modules_page
from tests.test_floors import FLOORS

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"^(`{3,}).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
# What follows a `<` is the reader's to choose.
PATH = re.compile(r"`((?:generator|widgets|themes|tests|deploy|content|docs)/[\w./-]*)(?:<[^`\n]*)?`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def rooms_table() -> str:
    """The rows of the table in docs/architecture.md, lowest room first."""
    return "\n".join(f"| {', '.join(f'`{room}`' for room in rooms)} | {owns} |" for rooms, owns in FLOORS)


def test_architecture_shows_the_rooms_as_they_are() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert f"| room | owns |\n|---|---|\n{rooms_table()}\n" in text


def test_modules_are_listed_as_their_docstrings_have_them() -> None:
    assert PAGE.read_text("utf-8") == modules_page(), "run python -m tests.modules_page"


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/how-to-add.md"])
def test_every_path_on_a_page_for_developers_exists(page: str) -> None:
    paths = set(PATH.findall((ROOT / page).read_text("utf-8")))
    assert len(paths) > 10
    assert {path for path in paths if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("command", ["make serve", "make test"])
def test_readme_names_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text("utf-8")


def test_every_field_that_a_template_sees_belongs_to_a_documented_type() -> None:
    undocumented = [
        name
        for name, kind in vars(shapes).items()
        if isinstance(kind, type) and kind.__module__.startswith(shapes.__name__) and not kind.__doc__
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


def test_every_threat_names_a_test_that_exists() -> None:
    text = (ROOT / "docs/security.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| [STRIDE] \|", line)]
    assert {row[2] for row in rows} == set("STRIDE")
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named, row
        for path, name in named:
            assert re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), (
                name
            )
