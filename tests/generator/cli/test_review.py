"""`gatherwell review`: what wants a review, in order, by group, for programs and for calendars."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli
from tests.sites import TinySite

SITE = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
== content/_people/doc.md
---
name: Dr Doe
role: clinician
credential: Register 1
---
== content/ms/_index.md
---
title: MS
---
== content/ms/pill.md
---
title: "Pills, and more"
type: treatment
reviewer: doc
last_reviewed: 2024-01-10
---
== content/ms/sign.md
---
title: Sign
type: symptom
---
== content/ms/life.md
---
title: Life
type: basics
reviewer: doc
last_reviewed: 2026-01-10
updated: 2026-02-01
---
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/rest.md
---
title: Rest
type: living-with
reviewer: doc
last_reviewed: 2026-05-01
---
== content/migraine/story.md
---
title: A story
type: story
---
"""


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    return TinySite(tmp_path / "tiny", SITE)


def review(site: TinySite, *options: str) -> Result:
    result = CliRunner().invoke(
        cli, ["review", "--root", str(site.root), "--now", "2026-06-01", "--jobs", "1", *options]
    )
    assert result.exit_code == 0, result.output
    return result


def test_what_is_most_urgent_comes_first(site: TinySite) -> None:
    found = json.loads(review(site, "--json").stdout)["reviews"]
    assert [(debt["state"], debt["due"], debt["title"]) for debt in found] == [
        ("overdue", "2026-01-10", "Pills, and more"),
        ("missing", "", "Sign"),
        ("changed", "2029-01-10", "Life"),
        ("due", "2029-05-01", "Rest"),
    ]
    assert found[0] == {
        "state": "overdue",
        "due": "2026-01-10",
        "title": "Pills, and more",
        "condition": "ms",
        "type": "treatment",
        "reviewer": "Dr Doe",
        "last_reviewed": "2024-01-10",
        "source_path": "content/ms/pill.md",
        "url": "https://tiny.example/ms/pill/",
    }


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("state", ["overdue (1 page)", "missing (1 page)", "changed (1 page)", "due (1 page)"]),
        ("reviewer", ["Dr Doe (3 pages)", "nobody yet (1 page)"]),
        (
            "month",
            ["2026-01 (1 page)", "2029-01 (1 page)", "2029-05 (1 page)", "never reviewed (1 page)"],
        ),
        ("condition", ["migraine (1 page)", "ms (3 pages)"]),
    ],
)
def test_the_table_is_grouped(site: TinySite, by: str, groups: list[str]) -> None:
    lines = review(site, "--by", by).stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == groups
    assert sum(line.startswith("  ") for line in lines) == 4


def test_a_calendar_has_the_day_of_each_review_that_is_due(site: TinySite, tmp_path: Path) -> None:
    file = tmp_path / "reviews.ics"
    review(site, "--ics", str(file))
    text = file.read_bytes().decode()
    assert text.count("BEGIN:VEVENT\r\n") == 3
    assert "DTSTART;VALUE=DATE:20260110\r\nSUMMARY:Review: Pills\\, and more\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_site_without_reviews_says_so(tmp_path: Path) -> None:
    site = TinySite(tmp_path / "bare")
    site.article("ms/a.md")
    assert review(site).stdout == "No page has a review, and none needs one.\n"


def test_sources_are_listed_with_the_pages_that_lean_on_them(site: TinySite) -> None:
    study = '{id: a, title: A study, doi: "https://doi.org/10.1000/ABC"}'
    site.article("ms/x.md", references=f"[{study}]")
    site.article(
        "ms/y.md", references="[{id: b, title: The study, doi: 10.1000/abc}, {id: c, title: A book}]"
    )
    site.put("content/_retracted.yaml", "10.1000/abc: retracted on 2 May 2026\n")
    assert review(site, "--sources").stdout.splitlines() == [
        "A study (10.1000/abc) – withdrawn: retracted on 2 May 2026",
        "  content/ms/x.md",
        "  content/ms/y.md",
        "A book (A book)",
        "  content/ms/y.md",
    ]
    found = json.loads(review(site, "--sources", "--json").stdout)["sources"]
    assert [(source["id"], len(source["pages"])) for source in found] == [("10.1000/abc", 2), ("A book", 1)]
