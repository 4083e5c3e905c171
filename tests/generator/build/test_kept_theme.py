"""The merged theme is kept while nothing that it is made from changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.build import site_theme
from generator.theme import read_theme
from generator.theme.types import Theme
from tests.sites import TinySite


def test_theme_is_merged_again_where_a_file_of_it_or_an_accent_changed(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged: list[str] = []
    plain = read_theme

    def counted(name: str, *rest: Any) -> Theme:
        merged.append(name)
        return plain(name, *rest)

    site.put("content/ms/_index.md", "---\ntitle: MS\n---\nWelcome.")
    site.build()
    monkeypatch.setattr(site_theme, "read_theme", counted)
    site.put("content/ms/_index.md", "---\ntitle: MS\n---\nWelcome back.")
    site.build()
    assert merged == []
    site.put("content/ms/_index.md", "---\ntitle: MS\naccent: '#5b3f9e'\n---\nWelcome back.")
    site.build()
    site.put("themes/mine/theme.yaml", "extends: commons\n")
    site.build()
    assert merged == ["commons", "commons"]


@pytest.mark.parametrize("linked", ["themes/mine", "themes/mine/templates"])
def test_a_theme_behind_a_link_to_a_folder_is_read_as_it_is_now(
    site: TinySite, tmp_path: Path, linked: str
) -> None:
    shared = tmp_path / "shared"
    site.put("gatherwell.yaml", "title: Tiny\nbase_url: https://tiny.example/\ntheme: mine\ncards: 'off'\n")
    site.article("ms/a.md")
    site.put("themes/mine/theme.yaml", "extends: commons\n")
    site.put("themes/mine/templates/article.html", "First.")
    (site.root / linked).rename(shared)
    (site.root / linked).symlink_to(shared, target_is_directory=True)
    (shared / "round").symlink_to(shared, target_is_directory=True)
    site.build()
    assert site.text("ms/a/index.html") == "First."
    next(shared.rglob("article.html")).write_text("Second.", "utf-8")
    site.build()
    assert site.text("ms/a/index.html") == "Second."
