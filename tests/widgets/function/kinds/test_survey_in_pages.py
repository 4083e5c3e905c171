"""A survey from file to report: its instrument goes to the function in the manifest, its tables come back into pages."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from generator.cli.results import write_reviews
from generator.content.config import read_config
from generator.content.snapshot import SNAPSHOT
from tests.generator.survey_site import INSTRUMENT, REVIEWED, SITE
from tests.sites import TinySite
from tests.widgets.conftest import Build, Function

pytestmark = pytest.mark.anyio
SURVEY = "migraine~day"
REPORT = "migraine/report/index.html"
OPEN = dt.datetime(2026, 9, 22, 12, 0, tzinfo=dt.UTC)
CLOSED = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    made = TinySite(tmp_path / "project", SITE)
    made.delete(REVIEWED)
    made.replace(INSTRUMENT, "opens: 2026-03-01", "opens: 2026-09-01")
    made.replace(INSTRUMENT, "closes: 2026-04-30", "closes: 2026-10-31")
    return made


async def respond(function: Function, number: int) -> int:
    answers: dict[str, Any] = {"stage": "new" if number % 3 else "long", "worry": str(number % 3 + 1)}
    answers["helps"] = ["none"] if number == 7 else ["dark", "no"] if number % 2 else ["dark"]
    ticks = {"collection": True, "publication": True, "age": True}
    sent = {"version": 1, "consent": "2026-01", **ticks, "answers": answers, "lang": "en"}
    return (await function.member().send("POST", f"/surveys/{SURVEY}/responses", sent)).status_code


async def pull(function: Function, site: TinySite) -> dict[str, Any]:
    """What the function publishes of surveys, as a build input."""
    pages = (await function.get("/snapshot")).json()["pages"]
    surveys: dict[str, Any] = {}
    for page in range(pages):
        surveys |= (await function.get(f"/snapshot?page={page}&of={pages}")).json()["surveys"]
    site.put(SNAPSHOT, json.dumps({"fetched": "2026-11-02T12:00:00Z", "surveys": surveys}))
    return surveys


async def test_what_people_answered_comes_into_the_report_once_the_survey_has_closed(
    build: Build, manifest: dict[str, Any], site: TinySite
) -> None:
    site.build(now=OPEN)
    manifest["surveys"] = json.loads(site.text("manifest.json"))["surveys"]
    function = build()
    assert {await respond(function, number) for number in range(60)} == {201}
    await pull(function, site)
    site.build(now=OPEN)
    assert "There are no results of this survey yet." in site.text(REPORT)

    function.clock.now = CLOSED.timestamp()
    published = (await pull(function, site))[SURVEY]
    assert published["responses"] in (55, 60, 65)
    site.build(now=CLOSED)
    page = site.text(REPORT)
    assert f"About {published['responses']} people’s answers are counted." in page
    counts = {cell["key"]: cell["count"] for cell in published["tables"][0]["cells"]}
    assert f'<span class="bar-count">({counts["new"]})</span>' in page
    assert "kept back" in page
    assert "1 November 2026" in page

    write_reviews(site.root, read_config(site.root)[0])
    (site.root / SNAPSHOT).unlink()
    site.build(now=CLOSED)
    assert site.text(REPORT) == page
