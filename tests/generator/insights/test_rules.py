"""The pure rules of the report: months, what is kept back, which lines count as reading."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.ground.errors import SiteError
from generator.insights.months import Month, month_of, parse_month
from generator.insights.reads import read_counts
from generator.insights.report import Words
from generator.insights.threshold import Sum, band_of, shown, sum_of

OCTOBER = Month(2026, 10)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-10", OCTOBER),
        ("2026-01", Month(2026, 1)),
        *[
            (text, None)
            for text in ("2026-13", "2026-00", "2026-1", "10-2026", "", "2026-10-01", "0000-01", "9999-12")
        ],
    ],
)
def test_a_month_is_written_as_year_and_month(text: str, month: Month | None) -> None:
    assert parse_month(text) == month


@pytest.mark.parametrize(
    ("month", "step", "other"),
    [
        (Month(2026, 1), -1, Month(2025, 12)),
        (Month(2025, 12), 1, Month(2026, 1)),
        (OCTOBER, -22, Month(2024, 12)),
    ],
)
def test_months_follow_one_another_over_years(month: Month, step: int, other: Month) -> None:
    assert month.moved(step) == other


def test_a_month_begins_and_ends_at_midnight_utc() -> None:
    assert OCTOBER.seconds == (1_790_812_800, 1_793_491_200)
    late = dt.datetime(2026, 10, 31, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-2)))
    assert month_of(late) == Month(2026, 11)


@pytest.mark.parametrize(("count", "seen"), [(0, 0), (1, None), (10, None), (11, 11), (400, 400)])
def test_one_to_ten_are_kept_back(count: int, seen: int | None) -> None:
    assert shown(count) == seen


def test_a_sum_leaves_out_what_is_kept_back() -> None:
    assert sum_of([20, 0, 30]) == Sum(50, False)
    assert sum_of([20, 5, 30]) == Sum(50, True)
    assert sum_of([]) == Sum(0, False)


@pytest.mark.parametrize(
    ("count", "band"),
    [
        (0, (0, 10)),
        (10, (0, 10)),
        (11, (11, 30)),
        (30, (11, 30)),
        (31, (31, 100)),
        (10_000, (3001, 10_000)),
        (10_001, (10_001, None)),
    ],
)
def test_lists_show_bands(count: int, band: tuple[int, int | None]) -> None:
    assert band_of(count) == band


def test_requests_are_added_by_page_and_month(tmp_path: Path) -> None:
    log = tmp_path / "reads.csv"
    log.write_text(
        "path,day,count\n/ra/jar/,2026-10-01,4\n/ra/jar/,2026-10-31,5\n/ra/jar/,2026-09-30,1\n/ra/jar/,2026-11-01,9\n\n/,2026-10-02,7\n",
        "utf-8",
    )
    assert read_counts(log, (Month(2026, 9), OCTOBER)) == {
        Month(2026, 9): {"/ra/jar/": 1},
        OCTOBER: {"/ra/jar/": 9, "/": 7},
    }


@pytest.mark.parametrize(
    "text",
    [
        '192.0.2.1 - - [01/Oct/2026:10:00:00 +0000] "GET /ra/jar/ HTTP/1.1" 200 5 "-" "Mozilla"\n',
        "path,day,count,address\n/ra/,2026-10-01,1,192.0.2.1\n",
        "path,day,count\n/ra/,2026-10-01,1,192.0.2.1\n",
        "path,day,count\n/ra/?from=mail,2026-10-01,1\n",
        "path,day,count\n/ra/,2026-10-01 10:00,1\n",
        "path,day,count\n/ra/,2026-10-01,-1\n",
        "path,day,count\nhttps://example.org/ra/,2026-10-01,1\n",
        "path,day,count\n" + "/" + "a" * 5000 + ",2026-10-01,1\n",
        '{"path": "/ra/"}\n',
        "",
    ],
)
def test_other_logs_are_refused_with_what_to_filter(tmp_path: Path, text: str) -> None:
    log = tmp_path / "access.log"
    log.write_text(text, "utf-8")
    with pytest.raises(SiteError) as refused:
        read_counts(log, (OCTOBER,))
    assert "no address, agent, referrer or query of a reader" in refused.value.hint
    assert "192.0.2.1" not in str(refused.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    log = tmp_path / "reads.csv"
    log.write_bytes(b"path,day,count\n\xff\xfe\n")
    with pytest.raises(SiteError, match="no text in UTF-8"):
        read_counts(log, (OCTOBER,))


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.0, "1 min"), (0.004, "1 min"), (0.5, "30 min"), (0.99, "59 min"), (1.0, "1 h"), (30.04, "30 h")],
)
def test_a_wait_is_a_minute_at_least(hours: float, said: str) -> None:
    assert said in Words("en").wait(hours)
