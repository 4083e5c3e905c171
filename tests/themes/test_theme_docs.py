"""The pages about themes stay true: fields, tokens, schemes and attributes are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from generator.theme import Theme
from generator.theme.inheritance import read_chain
from generator.theme.tokens import merge_tokens
from generator.views.reference import refreshed
from tests.themes.conftest import THEMES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_reference_of_views_is_up_to_date() -> None:
    text = (DOCS / "themes.md").read_text(encoding="utf-8")
    assert text == refreshed(text), "run: python -m generator.views.reference docs/themes.md"


def test_every_token_of_the_design_page_exists() -> None:
    text = (DOCS / "design.md").read_text(encoding="utf-8")
    tables = "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    named = set(re.findall(r"`([a-z][a-z0-9-]*)`", tables))
    assert len(named) > 15
    assert named <= {*merge_tokens(read_chain("commons", [THEMES])).values, "accent", "accent-soft"}


def test_every_hook_of_the_elements_is_in_the_markup(commons: Theme, pages: dict[str, bytes]) -> None:
    text = (DOCS / "themes.md").read_text(encoding="utf-8")
    section = text[text.index("## Elements' markup") : text.index("## What a template may see")]
    hooks = set(re.findall(r"(?:data|gw)-[a-z-]+", section)) | set(re.findall(r"\.([a-z]+-[a-z-]+)", section))
    written = " ".join(commons.templates.values())
    assert len(hooks) > 25
    assert {hook for hook in hooks if hook not in written} == set()
