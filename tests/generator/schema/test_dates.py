"""Days, moments and periods: what may be written, how it is kept, and which instant and local day it names."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from generator.schema.convert import Invalid
from generator.schema.dates import (
    MOMENT,
    PERIOD,
    add_period,
    canonical_moment,
    canonical_period,
    instant,
    local_day,
)

MOMENTS = {
    "2026-03-14": "2026-03-14",
    " 2026-03-14\n": "2026-03-14",
    "2024-02-29": "2024-02-29",
    "2026-03-14T10:05": "2026-03-14T10:05:00",
    "2026-03-14t10:05": "2026-03-14T10:05:00",
    "2026-03-14 10:05": "2026-03-14T10:05:00",
    "2026-03-14T10:05:09": "2026-03-14T10:05:09",
    "2026-03-14T10:05:09.987": "2026-03-14T10:05:09",
    "2026-03-14T00:00:00": "2026-03-14T00:00:00",
    "2026-03-14T10:05Z": "2026-03-14T10:05:00+00:00",
    "2026-03-14T10:05z": "2026-03-14T10:05:00+00:00",
    "2026-03-14T10:05:09 Z": "2026-03-14T10:05:09+00:00",
    "2026-03-14T10:05+01:30": "2026-03-14T10:05:00+01:30",
    "2026-03-14T10:05-0130": "2026-03-14T10:05:00-01:30",
    "2026-03-14 10:05 +01": "2026-03-14T10:05:00+01:00",
    "2013-12-02 7:37:00 -0400": "2013-12-02T07:37:00-04:00",
    "2024/10/24": "2024-10-24",
    "2024-1-5": "2024-01-05",
    "2024/10/24 10:05": "2024-10-24T10:05:00",
    "2024-10-24 10:05:00 UTC": "2024-10-24T10:05:00+00:00",
    "Mon, 02 Jan 2006 15:04:05 -0700": "2006-01-02T15:04:05-07:00",
    "Mon, 02 Jan 2006 15:04:05 GMT": "2006-01-02T15:04:05+00:00",
    "2 January 2006": "2006-01-02",
    "Jan 2, 2006": "2006-01-02",
    "September 12 2006, 9:05": "2006-09-12T09:05:00",
}


@pytest.mark.parametrize(("text", "kept"), MOMENTS.items(), ids=[repr(text) for text in MOMENTS])
def test_moment_is_kept_in_one_form(text: str, kept: str) -> None:
    assert canonical_moment(text) == canonical_moment(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        *(
            "soon",
            "2026",
            "2026-3",
            "14.03.2026",
            "10/24/2024",
            "2 Juni 2006",
            "2026-03-14T",
            "2026-03-14T10",
            "x2026-03-14",
        ),
        *("2026-03-14T10:05:", "2026-03-14Z", "2026-03-14T10:05+1", "2026-03-14T10:05Zx"),
    ],
)
def test_text_that_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="is not a date"):
        canonical_moment(text)
    assert not re.search(MOMENT.pattern, text)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-03-14T24:00", "2026-03-14T10:60"),
        *("2026-03-14T10:05:60", "2026-03-14T10:05+24:00", "2026-02-29T10:05"),
    ],
)
def test_day_that_the_calendar_lacks_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="is not a day of the calendar"):
        canonical_moment(text)


@pytest.mark.parametrize("text", MOMENTS, ids=repr)
def test_editors_take_every_moment_that_is_read(text: str) -> None:
    assert re.search(MOMENT.pattern, text)


PERIODS = {
    "12 months": "12 months",
    "1 month": "1 months",
    "2 years": "2 years",
    "90days": "90 days",
    " 3  weeks ": "3 weeks",
    "007 days": "7 days",
    "999 years": "999 years",
}


@pytest.mark.parametrize(("text", "kept"), PERIODS.items(), ids=[repr(text) for text in PERIODS])
def test_period_is_kept_in_one_form(text: str, kept: str) -> None:
    assert canonical_period(text) == canonical_period(kept) == kept
    assert re.search(PERIOD.pattern, text)


@pytest.mark.parametrize("text", ["", "0 days", "000 years", "1000 days", "-1 days", "1 hour", "a year", "1"])
def test_text_that_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="is not a period"):
        canonical_period(text)


ZONES = {"UTC": ZoneInfo("UTC"), "London": ZoneInfo("Europe/London"), "Kolkata": ZoneInfo("Asia/Kolkata")}


@pytest.mark.parametrize(
    ("text", "zone", "utc", "day"),
    [
        ("2026-01-05", "UTC", "2026-01-05T00:00:00+00:00", "2026-01-05"),
        ("2026-01-05", "Kolkata", "2026-01-04T18:30:00+00:00", "2026-01-05"),
        ("2026-07-05", "London", "2026-07-04T23:00:00+00:00", "2026-07-05"),
        ("2026-01-05T10:00:00", "Kolkata", "2026-01-05T04:30:00+00:00", "2026-01-05"),
        ("2026-01-05T20:00:00+00:00", "Kolkata", "2026-01-05T20:00:00+00:00", "2026-01-06"),
        ("2026-01-05T02:00:00+05:30", "UTC", "2026-01-04T20:30:00+00:00", "2026-01-04"),
        ("2026-07-05T23:30:00+00:00", "London", "2026-07-05T23:30:00+00:00", "2026-07-06"),
    ],
)
def test_instant_and_local_day(text: str, zone: str, utc: str, day: str) -> None:
    assert instant(text, ZONES[zone]).isoformat() == utc
    assert local_day(text, ZONES[zone]).isoformat() == day


@pytest.mark.parametrize(
    ("day", "period", "due"),
    [
        ("2026-01-01", "1 days", "2026-01-02"),
        ("2026-12-31", "1 days", "2027-01-01"),
        ("2026-01-01", "1 weeks", "2026-01-08"),
        ("2026-01-15", "11 months", "2026-12-15"),
        ("2026-01-15", "12 months", "2027-01-15"),
        ("2026-01-31", "11 months", "2026-12-31"),
        ("2026-10-31", "1 months", "2026-11-30"),
        ("2026-11-30", "1 months", "2026-12-30"),
        ("2023-01-31", "13 months", "2024-02-29"),
        ("2026-03-14", "1 years", "2027-03-14"),
        ("9998-12-31", "1 years", "9999-12-31"),
        ("9999-11-30", "1 months", "9999-12-31"),
        ("9999-12-31", "1 days", "9999-12-31"),
        ("9000-01-01", "999 years", "9999-01-01"),
    ],
)
def test_day_plus_a_period(day: str, period: str, due: str) -> None:
    assert add_period(dt.date.fromisoformat(day), period).isoformat() == due
