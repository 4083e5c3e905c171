"""What time does: days and moments, periods, epochs, and pages that flip when their moment passes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from generator.content.front_matter.schema import ArticleFrontMatter
from generator.ground.errors import SiteError
from generator.schema.dates import add_period, instant, local_day
from generator.site.schedule import end_of, epoch_of, event_end, moments_of, parse_now, status_of
from tests.sites import TinySite

UTC = ZoneInfo("UTC")
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("day", "period", "due"),
    [
        ("2026-01-31", "1 months", "2026-02-28"),
        ("2024-02-29", "1 years", "2025-02-28"),
        ("2026-12-15", "1 months", "2027-01-15"),
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2026-03-01", "2 weeks", "2026-03-15"),
        ("9999-01-01", "999 years", "9999-12-31"),
    ],
)
def test_period_keeps_to_the_calendar(day: str, period: str, due: str) -> None:
    assert add_period(dt.date.fromisoformat(day), period).isoformat() == due


@pytest.mark.parametrize(
    "text", ["0001-01-01", "9999-12-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
def test_edges_of_the_calendar_hold(text: str) -> None:
    assert instant(text, ZoneInfo("Pacific/Auckland")).tzinfo is dt.UTC
    assert local_day(text, ZoneInfo("Pacific/Auckland")).year in (1, 9999)


def test_day_begins_and_ends_at_midnight_of_the_zone() -> None:
    assert instant("2026-07-01", LONDON).isoformat() == "2026-06-30T23:00:00+00:00"
    assert end_of("2026-07-01", LONDON) == "2026-07-01T23:00:00+00:00"
    assert end_of("2026-07-01T10:00:00", LONDON) == "2026-07-01T09:00:00+00:00"


@pytest.mark.parametrize(
    ("front_matter", "status"),
    [
        ({}, "published"),
        ({"date": "2026-06-01"}, "published"),
        ({"date": "2026-06-02"}, "scheduled"),
        ({"expires": "2026-06-01"}, "expired"),
        ({"expires": "2026-06-02"}, "published"),
        ({"draft": True, "date": "2026-06-02"}, "draft"),
    ],
)
def test_status_at_a_moment(front_matter: dict[str, str], status: str) -> None:
    article = ArticleFrontMatter(title="A", **front_matter)  # type: ignore[arg-type]
    assert status_of(article, UTC, "2026-06-01T12:00:00+00:00") == status


def test_event_without_an_end_ends_with_its_day() -> None:
    assert (
        event_end(ArticleFrontMatter(title="A", start="2026-06-01T18:00:00"), UTC)
        == "2026-06-02T00:00:00+00:00"
    )
    assert (
        event_end(ArticleFrontMatter(title="A", start="2026-06-01", end="2026-06-03"), UTC)
        == "2026-06-04T00:00:00+00:00"
    )


def test_drafts_never_flip() -> None:
    assert list(moments_of(ArticleFrontMatter(title="A", draft=True, date="2026-06-01"), UTC)) == []


def test_epoch_lies_between_two_moments() -> None:
    moments = ["2026-02-01", "2026-01-01", "2026-03-01", "2026-02-01"]
    epoch = epoch_of("2026-02-01", moments)
    assert epoch == ("2026-02-01", "2026-03-01")
    assert [epoch.holds(now) for now in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")] == [
        False,
        True,
        True,
        False,
    ]
    assert epoch_of("2027", moments).next_change is None


def test_now_is_read_in_the_zone_of_the_site() -> None:
    assert parse_now("2026-07-01", LONDON).isoformat() == "2026-06-30T23:00:00+00:00"
    with pytest.raises(SiteError, match="--now: 'soon' is not a date"):
        parse_now("soon", UTC)


def test_article_is_there_from_its_date_to_its_end_and_no_longer(site: TinySite) -> None:
    site.put("gatherwell.yaml", 'title: T\nsearch: false\ncards: "off"\ntime_zone: Europe/London\n')
    site.article("ms/a.md", date="2026-07-01", expires="2026-07-03T12:00", summary="S")
    site.article("ms/b.md")

    def shown(now: str) -> bool:
        site.build(now=dt.datetime.fromisoformat(now))
        return "/ms/a/" in site.text("ms/index.html")

    assert [
        shown(f"2026-{now}+00:00")
        for now in ("06-30T22:59:59", "06-30T23:00:00", "07-03T10:59:59", "07-03T11:00:00")
    ] == [*(False, True, True, False)]


def test_drafts_are_shown_on_request_and_marked(site: TinySite) -> None:
    site.put("gatherwell.yaml", 'title: T\nsearch: false\ncards: "off"\nwidgets: {endpoint: /api/v1}\n')
    site.article("ms/a.md", draft="true")
    site.build(drafts=True)
    assert 'class="status"' in site.text("ms/a/index.html")
    assert "ms/a/" not in site.text("sitemap.xml")
    assert "ms~a" not in site.text("manifest.json")
    site.build()
    assert not (site.out / "ms/a").exists()
