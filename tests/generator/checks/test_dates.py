"""Dates that cannot be, and settings without an address, are told before readers see them as fact."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.build.check import find_problems
from generator.content.config import parse_config
from generator.ground.project import Options, Project
from tests.sites import NOW, TinySite

ADDRESS = "title: T\nbase_url: https://x.example/\n"


@pytest.fixture
def site(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", ADDRESS)
    site.put("content/ms/_index.md", "---\ntitle: MS\n---\n")
    return site


def told(site: TinySite, now: dt.datetime = NOW) -> list[str]:
    project = Project(site.root, site.out)
    found = find_problems(project, Options(now=now, jobs=1, search=False), lambda _: None).problems
    return [f"{p.source_path}:{p.line}: {p.severity}: {p.message}" for p in found]


@pytest.mark.parametrize(
    ("front_matter", "found"),
    [
        ({"updated": "2099-01-01"}, ["4: warning: `updated` lies in the future: 2099-01-01"]),
        ({"date": "2099-01-01", "updated": "2099-01-01"}, []),
        ({"updated": "2026-06-01"}, []),
        ({"date": "0099-01-01"}, ["4: error: `date` lies in the year 99"]),
        ({"updated": "0206-01-01"}, ["4: error: `updated` lies in the year 206"]),
        ({"date": "1900-01-01"}, []),
    ],
)
def test_date_that_cannot_be_is_found(site: TinySite, front_matter: dict[str, str], found: list[str]) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    site.put("content/ms/a.md", f"---\ntitle: A\nsummary: S\n{lines}---\nText.\n")
    assert told(site) == [f"content/ms/a.md:{one}" for one in found]


def test_future_day_of_a_page_is_found(site: TinySite) -> None:
    site.put("content/_pages/about.md", "---\ntitle: About\nupdated: 2099-01-01\n---\nWe.\n")
    assert told(site) == ["content/_pages/about.md:3: warning: `updated` lies in the future: 2099-01-01"]


@pytest.mark.parametrize(("written", "meant"), [("0099-01-01", "1999-01-01"), ("0024-03-02", "2024-03-02")])
def test_hint_names_no_day_that_is_to_come(site: TinySite, written: str, meant: str) -> None:
    site.put("gatherwell.yaml", ADDRESS)
    site.article("ms/a.md", date=written)
    (found,) = site.fails()
    assert found.endswith(f"such as {meant}")


def test_level_of_dates_is_the_settings(site: TinySite) -> None:
    site.put("gatherwell.yaml", ADDRESS + 'checks: {dates: "off"}\n')
    site.article("ms/a.md", date="0099-01-01", updated="2099-01-01")
    assert told(site) == []


def test_build_forgets_the_warning_when_the_day_has_come(site: TinySite) -> None:
    site.article("ms/a.md", updated="2026-06-03")
    assert [each.message for each in site.build().warnings] == ["`updated` lies in the future: 2026-06-03"]
    assert site.build(now=NOW + dt.timedelta(days=2)).warnings == ()
    assert len(site.build(now=NOW).warnings) == 1


NO_ADDRESS = "there is no `base_url`: sitemap, feeds and canonical addresses say http://localhost:8000/"


def test_settings_without_an_address_are_found(site: TinySite) -> None:
    site.put("gatherwell.yaml", "title: T\n")
    site.article("ms/a.md")
    assert told(site) == [f"gatherwell.yaml:1: warning: {NO_ADDRESS}"]
    assert [each.message for each in site.build().warnings] == [NO_ADDRESS]
    assert [each.message for each in site.build().warnings] == [NO_ADDRESS], (
        "told again where nothing changed"
    )


@pytest.mark.parametrize(("level", "count"), [("off", 0), ("error", 1)])
def test_level_of_the_address_is_the_settings(site: TinySite, level: str, count: int) -> None:
    site.put("gatherwell.yaml", f'title: T\nchecks: {{address: "{level}"}}\n')
    site.article("ms/a.md")
    assert len(told(site)) == count


def test_address_of_this_machine_is_no_finding_where_it_is_written(site: TinySite) -> None:
    site.put("gatherwell.yaml", "title: T\nbase_url: http://localhost:8000/\n")
    site.article("ms/a.md")
    assert told(site) == []


def test_address_that_is_written_is_one() -> None:
    assert parse_config("title: T\nbase_url: https://x.example/\n").has_address
