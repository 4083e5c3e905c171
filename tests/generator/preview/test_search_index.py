"""The preview's search index: up to date with every edit, and nothing of it made twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.disk.cache import CACHE_NAME
from generator.preview.search_index import SearchIndex
from tests.generator.outputs.reading_index import Index
from tests.generator.preview.workbench import Workbench
from tests.sites import TinySite

PREFIX = "search/index/en/"
SITE = """
== gatherwell.yaml
title: Test
cards: "off"
== content/migraine/light.md
---
title: Light
---
Dim the room.
== content/migraine/food.md
---
title: Food
---
Eat early.
"""


class Searching:
    """A workbench whose index is asked for as a browser asks for it."""

    def __init__(self, tmp_path: Path) -> None:
        self.site = TinySite(tmp_path / "project", SITE)
        self.bench = Workbench(self.site, search=True)
        state = self.site.root / ".gatherwell"
        self.folder = state / "preview-search"
        self.search = SearchIndex(self.folder, state / CACHE_NAME)

    def index(self) -> Index:
        version = self.bench.session.version
        assert self.search.output(self.bench.plan, version, f"{PREFIX}directory.json") is not None
        files = (path for path in (self.folder / "site").rglob("*.json"))
        return Index(
            {path.relative_to(self.folder / "site").as_posix(): path.read_bytes() for path in files}, PREFIX
        )

    def edited(self) -> Index:
        self.bench.look()
        return self.index()


@pytest.fixture
def searching(tmp_path: Path) -> Searching:
    return Searching(tmp_path)


def test_edit_of_a_text_is_found(searching: Searching) -> None:
    searching.index()
    searching.site.replace("content/migraine/light.md", "Dim", "Darken")
    found = searching.edited()
    assert (found.find("darken"), found.find("dim")) == (["/migraine/light/"], [])


def test_edit_of_a_title_and_a_new_article_are_found(searching: Searching) -> None:
    searching.index()
    searching.site.replace("content/migraine/light.md", "title: Light", "title: Lamp")
    searching.site.article("migraine/noise.md", "Wear earplugs.")
    found = searching.edited()
    assert found.find("lamp") == ["/migraine/light/"]
    assert found.find("earplugs") == ["/migraine/noise/"]


def test_edit_writes_only_what_changed(searching: Searching) -> None:
    searching.index()
    before = {path: path.stat().st_mtime_ns for path in (searching.folder / "site").rglob("pages/*.json")}
    searching.site.replace("content/migraine/light.md", "Dim", "Darken")
    searching.edited()
    after = {path: path.stat().st_mtime_ns for path in before}
    assert sum(before[path] != after[path] for path in before) == 1


def test_index_of_the_preview_before_is_used_again(searching: Searching) -> None:
    searching.index()
    before = {path: path.stat().st_mtime_ns for path in (searching.folder / "site").rglob("*.json")}
    again = SearchIndex(searching.folder, searching.site.root / ".gatherwell" / CACHE_NAME)
    again.output(searching.bench.plan, 1, f"{PREFIX}directory.json")
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_damaged_cache_of_the_index_is_made_anew(searching: Searching) -> None:
    searching.index()
    (searching.folder / CACHE_NAME).write_bytes(b"damaged" * 1000)
    again = SearchIndex(searching.folder, searching.site.root / ".gatherwell" / CACHE_NAME)
    again.output(searching.bench.plan, 1, f"{PREFIX}directory.json")
    assert again.output(searching.bench.plan, 1, f"{PREFIX}words/deadbeef41c6ce57.json") is not None
