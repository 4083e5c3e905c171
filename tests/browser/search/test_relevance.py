"""What people type leads to the page that they mean, in the demonstration portfolio."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.browser.search.conftest import serving
from tests.browser.search.relevance import ask, read_queries, score

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
NOW = dt.datetime(2026, 12, 15, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration."""
    project = tmp_path_factory.mktemp("relevance") / "project"
    shutil.copytree(ROOT / "content", project / "content")
    shutil.copy(ROOT / "gatherwell.yaml", project)
    settings = Options(now=NOW, jobs=1, search=True)
    build(Project(project, project / "site", ROOT / "widgets/elements"), settings, lambda _: None)
    with serving(project / "site") as origin:
        yield origin


@pytest.mark.parametrize("half", ["tune", "held"])
def test_what_people_type_finds_the_page_that_they_mean(page: Page, portfolio: str, half: str) -> None:
    queries = [query for query in read_queries() if query.half == half]

    first, five, missed = score(ask(page, portfolio, queries))

    assert first >= 0.75, missed
    assert five >= 0.92, missed
