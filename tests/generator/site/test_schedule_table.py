"""What time does to an article, row by row: status, ends of days, reviews, the moments at which pages change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from generator.content.front_matter.schema import ArticleFrontMatter
from generator.site.schedule import (
    Epoch,
    end_of,
    epoch_of,
    event_end,
    iso,
    later_moments,
    moment_of,
    moments_of,
    review_due,
    status_of,
)

UTC, LONDON = ZoneInfo("UTC"), ZoneInfo("Europe/London")
NOON = "2026-06-01T12:00:00+00:00"


def front_matter(**front: object) -> ArticleFrontMatter:
    return ArticleFrontMatter(title="A", **front)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("front", "status"),
    [
        ({"date": "2026-06-01T12:00:00"}, "published"),
        ({"date": "2026-06-01T12:00:01"}, "scheduled"),
        ({"date": "2026-06-01T13:00:00+01:00"}, "published"),
        ({"date": "2026-06-01T12:00:00-01:00"}, "scheduled"),
        ({"expires": "2026-06-01T12:00:00"}, "expired"),
        ({"expires": "2026-06-01T12:00:01"}, "published"),
        ({"date": "2026-05-01", "expires": "2026-06-01"}, "expired"),
        ({"date": "2026-07-01", "expires": "2026-05-01"}, "scheduled"),
        ({"draft": True, "expires": "2026-05-01"}, "draft"),
    ],
)
def test_status_changes_at_the_moment_itself(front: dict[str, object], status: str) -> None:
    assert status_of(front_matter(**front), UTC, NOON) == status


@pytest.mark.parametrize(
    ("text", "moment", "end"),
    [
        ("", "", ""),
        ("2026-01-05", "2026-01-05T00:00:00+00:00", "2026-01-06T00:00:00+00:00"),
        ("2026-07-05", "2026-07-04T23:00:00+00:00", "2026-07-05T23:00:00+00:00"),
        ("2026-03-29", "2026-03-29T00:00:00+00:00", "2026-03-29T23:00:00+00:00"),
        ("2026-07-05T10:00:00", "2026-07-05T09:00:00+00:00", "2026-07-05T09:00:00+00:00"),
        ("2026-07-05T10:00:00+00:00", "2026-07-05T10:00:00+00:00", "2026-07-05T10:00:00+00:00"),
        ("9999-12-31", "9999-12-31T00:00:00+00:00", "9999-12-31T00:00:00+00:00"),
    ],
)
def test_a_day_begins_and_ends_in_the_zone_and_a_moment_is_itself(text: str, moment: str, end: str) -> None:
    assert (moment_of(text, LONDON), end_of(text, LONDON)) == (moment, end)


def test_iso_text_is_of_utc() -> None:
    assert iso(dt.datetime(2026, 7, 1, 12, 0, tzinfo=LONDON)) == "2026-07-01T11:00:00+00:00"


@pytest.mark.parametrize(
    ("front", "end"),
    [
        ({}, ""),
        ({"start": "2026-07-05"}, "2026-07-05T23:00:00+00:00"),
        ({"start": "2026-07-05T18:00:00"}, "2026-07-05T23:00:00+00:00"),
        ({"start": "2026-07-05T23:30:00+00:00"}, "2026-07-06T23:00:00+00:00"),
        ({"start": "2026-07-05T18:00:00", "end": "2026-07-05T19:00:00"}, "2026-07-05T18:00:00+00:00"),
        ({"start": "2026-07-05", "end": "2026-07-06"}, "2026-07-06T23:00:00+00:00"),
    ],
)
def test_event_is_over_with_its_end_or_its_day(front: dict[str, object], end: str) -> None:
    assert event_end(front_matter(type="event", **front), LONDON) == end


@pytest.mark.parametrize(
    ("front", "due"),
    [
        ({"last_reviewed": "2026-01-31", "review_in": "1 months"}, dt.date(2026, 2, 28)),
        ({"last_reviewed": "2026-07-05T23:30:00+00:00", "review_in": "1 days"}, dt.date(2026, 7, 7)),
        ({"last_reviewed": "2026-01-31"}, dt.date(2029, 1, 31)),
        ({"last_reviewed": "2026-01-31", "type": "treatment"}, dt.date(2028, 1, 31)),
        ({"review_in": "1 months"}, None),
        ({}, None),
    ],
)
def test_review_is_due_a_period_after_the_last(front: dict[str, object], due: dt.date | None) -> None:
    assert review_due(front_matter(**front), LONDON) == due


WHOLE = {
    "date": "2026-01-01",
    "expires": "2027-01-01",
    "start": "2026-03-01",
    "last_reviewed": "2026-02-01",
    "review_in": "1 years",
}
LATER = [
    "2027-01-01T00:00:00+00:00",
    "2026-03-02T00:00:00+00:00",
    "2026-02-01T00:00:00+00:00",
    "2027-02-01T00:00:00+00:00",
]


@pytest.mark.parametrize(
    ("front", "moments"),
    [
        ({}, []),
        ({"date": "2026-01-01"}, ["2026-01-01T00:00:00+00:00"]),
        (WHOLE, ["2026-01-01T00:00:00+00:00", *LATER]),
        ({**WHOLE, "draft": True}, []),
        ({"updated": "2026-01-01"}, []),
    ],
)
def test_moments_at_which_the_pages_of_an_article_change(
    front: dict[str, object], moments: list[str]
) -> None:
    assert list(moments_of(front_matter(**front), UTC)) == moments


def test_moments_beside_the_date() -> None:
    assert list(later_moments(front_matter(**WHOLE), UTC)) == LATER


@pytest.mark.parametrize(
    ("now", "epoch"),
    [
        ("2026-01-01", Epoch("", "2026-02-01")),
        ("2026-02-01", Epoch("2026-02-01", "2026-03-01")),
        ("2026-02-15", Epoch("2026-02-01", "2026-03-01")),
        ("2026-03-01", Epoch("2026-03-01", "")),
        ("2026-04-01", Epoch("2026-03-01", "")),
    ],
)
def test_epoch_is_the_stretch_in_which_nothing_flips(now: str, epoch: Epoch) -> None:
    found = epoch_of(now, ["2026-03-01", "2026-02-01"])
    assert found == epoch
    assert found.holds(now)


def test_without_moments_nothing_ever_flips() -> None:
    epoch = epoch_of(NOON, [])
    assert (epoch, epoch.holds("0001"), epoch.holds("9999")) == (Epoch("", ""), True, True)


def test_next_change_is_told_in_rfc_3339() -> None:
    assert Epoch("", NOON).next_change == "2026-06-01T12:00:00Z"
