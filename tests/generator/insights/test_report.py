"""`gatherwell insights` over a simulated month: numbers equal to SQL over the store, none of a member below eleven."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import random
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli, insights
from tests.sites import TinySite
from widgets.store.records import Comment, Mark, MarkChange, Vote
from widgets.store.sqlite import SqliteStore
from widgets.store.surveys import Response
from widgets.store.voices import Voice, Words

SITE = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
widgets: {endpoint: /api/v1}
== content/ra/_index.md
---
title: Rheumatoid arthritis
---
== content/ra/jar.md
---
title: The jar
date: 2026-01-02
topics: [hands]
---
Text.
== content/ra/quiet.md
---
title: Quiet page
date: 2026-01-03
---
Text.
== content/ms/_index.md
---
title: MS
---
== content/ms/heat.md
---
title: Heat
date: 2026-01-02
topics: [heat]
type: treatment
---
Text.
== content/rare/_index.md
---
title: Rare condition
---
== content/rare/first.md
---
title: First
date: 2026-01-02
---
Text.
"""
NOW = "2026-11-15T12:00:00Z"
MEMBERS = {"ra": 250, "ms": 145, "rare": 5}
CANARY = "zugzwang"


def simulate(path: Path) -> None:
    """400 members in October and some of them in September, who vote, react, write and answer; seeded."""
    chance = random.Random(23)
    store = SqliteStore(path)

    async def fill() -> None:
        number = 0
        for condition, members in MEMBERS.items():
            thread = {"ra": "ra~jar", "ms": "ms~heat", "rare": "rare~first"}[condition]
            for _ in range(members):
                number += 1
                who = f"{number:032x}"
                day = f"2026-{chance.choice(['09', '10', '10'])}-{chance.randint(1, 30):02d}"
                await store.cast(Vote(f"{condition}~work", 1, who, ("yes",), day), None)
                if number % 2:
                    await store.mark(
                        MarkChange("reaction", thread, who, Mark("", "helpful"), True, day), None
                    )
                if number % 3 == 0:
                    receipt = f"f{number:031x}"
                    given = Response(
                        f"{condition}~rest", 1, who, receipt, f"{number:016x}", "{}", (), False, day
                    )
                    await store.surveys.add(given, None)
                if number % 5 == 0:
                    await store.add_comment(written(number, condition, thread, chance), None)
        await store.close()

    asyncio.run(fill())


def written(number: int, condition: str, thread: str, chance: random.Random) -> Comment:
    id_ = f"01{number:024d}"
    text = f"{CANARY} {number}{'?' if number % 2 else '.'}"
    return Comment(
        **{"id": id_, "thread": thread, "condition": condition, "root": id_, "parent": None},
        **{"author": f"{number:032x}", "pseudonym": f"Heron {number}", "skeleton": f"heron{number}"},
        **{"text": text, "html": f"<p>{text}</p>", "lang": "en", "state": "published"},
        created=1_790_812_800 + chance.randrange(-20 * 86_400, 31 * 86_400),
    )


@pytest.fixture
def community(site: TinySite, monkeypatch: pytest.MonkeyPatch) -> TinySite:
    monkeypatch.setattr(insights, "clock", lambda: dt.datetime.fromisoformat(NOW))
    site.write(SITE)
    simulate(site.root / "store.sqlite")
    return site


def report(site: TinySite, *more: str) -> Result:
    store = f"sqlite:{site.root / 'store.sqlite'}"
    return CliRunner().invoke(
        cli, ["insights", "--root", str(site.root), "--store", store, "--now", NOW, *more]
    )


def levels(site: TinySite) -> dict[tuple[str, str, str], str]:
    path = site.root / ".gatherwell/private/insights/2026-10/levels.csv"
    with path.open(encoding="utf-8") as file:
        return {(row["condition"], row["level"], row["month"]): row["count"] for row in csv.DictReader(file)}


def sql(site: TinySite, statement: str) -> dict[str, int]:
    with sqlite3.connect(site.root / "store.sqlite") as db:
        return dict(db.execute(statement).fetchall())


def test_every_number_is_what_sql_counts_or_kept_back(community: TinySite) -> None:
    assert report(community).exit_code == 0
    found = levels(community)
    by_day = (
        "SELECT substr({0}, 1, instr({0}, '~') - 1) || ' ' || substr(day, 1, 7), count(*) FROM {1} GROUP BY 1"
    )
    moment = "strftime('%Y-%m', created, 'unixepoch')"
    truth = {
        "voting": sql(community, by_day.format("poll", "votes")),
        "reacting": sql(community, by_day.format("thread", "marks")),
        "surveys": sql(community, by_day.format("survey", "responses")),
        "commenting": sql(
            community, f"SELECT condition || ' ' || {moment}, count(*) FROM comments GROUP BY 1"
        ),
        "writing": sql(
            community, f"SELECT condition || ' ' || {moment}, count(DISTINCT author) FROM comments GROUP BY 1"
        ),
    }
    assert len(found) == len(MEMBERS) * len(truth) * 2
    for (condition, level, month), count in found.items():
        true = truth[level].get(f"{condition} {month}", 0)
        assert count == ("" if 0 < true < 11 else str(true)), (condition, level, month)
    assert found["rare", "voting", "2026-10"] == ""


def test_no_number_about_members_from_one_to_ten_stands_on_the_page(community: TinySite) -> None:
    report(community)
    page = (community.root / ".gatherwell/private/insights/2026-10/index.html").read_text("utf-8")
    members = page[page.index('id="levels"') : page.index('id="growing"')]
    cells = re.findall(r'<td class="number">(?:more than )?([\d,]+)</td>', members)
    assert cells
    assert all(not 0 < int(cell.replace(",", "")) < 11 for cell in cells)


def test_the_report_holds_no_words_and_no_names(community: TinySite) -> None:
    report(community)
    folder = community.root / ".gatherwell/private/insights/2026-10"
    every = "".join(path.read_text("utf-8") for path in folder.iterdir())
    assert CANARY not in every
    assert "Heron" not in every
    assert "https://tiny.example/ra/jar/#c-" in every


def test_what_editors_could_do_next_is_listed(community: TinySite) -> None:
    report(community)
    with (community.root / ".gatherwell/private/insights/2026-10/lists.csv").open(encoding="utf-8") as file:
        found = {(row["list"], row["name"]) for row in csv.DictReader(file)}
    assert ("wanting", "hands") in found
    assert ("polls", "ra~work") in found
    assert ("silent", "Quiet page") in found
    assert ("asked", "The jar") in found
    assert not [name for kind, name in found if kind == "silent" and name != "Quiet page"]


def test_questions_of_members_without_an_answer_are_listed_without_their_words(community: TinySite) -> None:
    days = {"bcdfghjk": "2026-08-02", "bcdfghjm": "2026-11-02", "bcdfghjn": "2026-08-01"}
    store = SqliteStore(community.root / "store.sqlite")

    async def fill() -> None:
        for id_, day in days.items():
            words = Words(f"{CANARY}?", f"{CANARY}?")
            asked = Voice(id_, "question", "ra", id_ * 4, id_, "en", "", words, 0, ("publish",))
            published = replace(asked, state="published", shown=words, published=day)
            await store.voices.add(published, None)
        below = replace(written(3, "ra", "ra~bcdfghjn", random.Random(1)), id="c" * 26, root="c" * 26)
        await store.add_comment(below, None)
        await store.close()

    asyncio.run(fill())
    report(community)
    folder = community.root / ".gatherwell/private/insights/2026-10"
    with (folder / "lists.csv").open(encoding="utf-8") as file:
        found = [row for row in csv.DictReader(file) if row["list"] == "questions"]
    [line] = found  # one has an answer, one is of this month
    assert line["name"] == "Rheumatoid arthritis"
    assert line["where"] == "https://tiny.example/ra/questions/bcdfghjk/"
    assert line["from"] == "2026-08-02"
    assert CANARY not in (folder / "index.html").read_text("utf-8")


def test_reading_is_counted_by_condition(community: TinySite) -> None:
    (community.root / "reads.csv").write_text(
        "path,day,count\n/ra/jar/,2026-10-01,6000\n/ra/,2026-10-02,3000\n/ms/heat/,2026-10-03,1000\n/,2026-10-03,50\n",
        "utf-8",
    )
    assert report(community, "--reads", str(community.root / "reads.csv")).exit_code == 0
    found = levels(community)
    assert [found[condition, "reading", "2026-10"] for condition in MEMBERS] == ["9000", "1000", "0"]


def test_files_are_readable_by_their_owner_alone(community: TinySite) -> None:
    report(community)
    folder = community.root / ".gatherwell/private/insights/2026-10"
    assert {path.stat().st_mode & 0o77 for path in (folder, *folder.iterdir())} == {0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--month", "2026-11"], "has not ended"),
        (["--month", "2027-01"], "has not ended"),
        (["--month", "2026-11", "--now", "2026-12-02"], "has not ended"),
        (["--month", "October"], "is no month"),
        (["--to", "{root}/site/insights"], "which is published"),
        (["--reads", "ra={root}/reads.csv"], "no condition with a host of its own"),
        (["--store", "sqlite:{root}/absent.sqlite"], "There is no store"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_words(
    community: TinySite, arguments: list[str], said: str
) -> None:
    result = report(community, *[argument.format(root=community.root) for argument in arguments])
    assert result.exit_code != 0
    assert said in str(result.exception) + result.output
