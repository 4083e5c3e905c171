"""Instruments are a build's input: a change of one changes its own pages and the lists that name it, and no article."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.generator.content.surveys.working_day import PATH, SPANISH_PATH, put_survey
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
cards: "off"
widgets: {endpoint: /api/v1}
== content/migraine/_index.md
---
title: Migraine
---
Welcome.
== content/migraine/_index.es.md
---
title: Migraña
---
Hola.
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
summary: S
---
Text of A.
== content/ms/b.md
---
title: Article B
date: 2026-01-01
summary: S
---
Text of B.
"""
PAGE = "migraine/surveys/working-day/index.html"
LIST = "migraine/surveys/index.html"
SPANISH_PAGE = "migraine/es/surveys/working-day/index.html"


@pytest.fixture
def asked(site: TinySite) -> TinySite:
    site.write(SITE)
    return put_survey(site)


def changed(site: TinySite, before: dict[str, bytes]) -> set[str]:
    after = site.outputs()
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


@pytest.mark.parametrize(
    ("path", "old", "new", "pages"),
    [
        (PATH, "What helps at work?", "What helps you at work?", {PAGE, "manifest.json"}),
        (SPANISH_PATH, "¿Qué ayuda", "¿Qué te ayuda", {SPANISH_PAGE, "manifest.json"}),
        (PATH, "title: Migraine and your", "title: Your", {PAGE, LIST, "migraine/index.html", "manifest.json"}),
        (PATH, "closes: 2026-08-31", "closes: 2026-09-30", {
            PAGE, LIST, "migraine/index.html",
            SPANISH_PAGE, "migraine/es/surveys/index.html", "migraine/es/index.html", "manifest.json",
        }),
    ],
)  # fmt: skip
def test_an_edit_changes_the_pages_that_show_it(
    asked: TinySite, tmp_path: Path, path: str, old: str, new: str, pages: set[str]
) -> None:
    asked.build()
    before = asked.outputs()
    asked.replace(path, old, new)
    asked.build()
    assert changed(asked, before) == pages
    assert asked.outputs() == asked.clean_outputs(tmp_path / "clean")


def test_a_second_build_renders_nothing(asked: TinySite) -> None:
    asked.build()
    assert asked.build().rendered == 0


def test_a_survey_closes_by_itself(asked: TinySite, tmp_path: Path) -> None:
    asked.build()
    later = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    before = asked.outputs()
    asked.build(now=later)
    assert "Closed since 31 August 2026" in asked.text(PAGE)
    assert "<form" not in asked.text(PAGE).partition("<main")[2].partition("</main>")[0]
    # Its articles offered the list of open surveys; those of another condition never did.
    assert "migraine/a/index.html" in changed(asked, before)
    assert "ms/b/index.html" not in changed(asked, before)
    assert asked.outputs() == asked.clean_outputs(tmp_path / "clean", now=later)


def test_a_survey_that_is_deleted_leaves_nothing(asked: TinySite) -> None:
    asked.build()
    asked.delete(PATH)
    asked.delete(SPANISH_PATH)
    asked.build()
    assert not [path for path in asked.outputs() if "surveys" in path]
    assert "surveys/" not in asked.text("migraine/index.html") + asked.text("migraine/a/index.html")
