"""Content that cannot be built never holds a withdrawal back."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest

from generator.build.inputs import read_inputs
from generator.build.last_build import BuildResult
from generator.build.last_good import keep_inputs, lay_out_kept
from generator.build.last_good_build import build_withdrawals
from generator.ground.errors import RequestError
from generator.ground.project import Options, Project
from generator.processes.workers import Workers
from tests.generator.command_line import Run
from tests.sites import NOW, TinySite

SITE = """
== gatherwell.yaml
title: T
base_url: https://x.example/
cards: "off"
== content/ra/_index.md
---
title: RA
---
== content/ra/stays.md
---
title: Stays
---
The last good words. [See](goes.md).
== content/ra/goes.md
---
title: Goes
expires: 2026-07-01
---
Words.
"""


@pytest.fixture
def broken(site: TinySite) -> TinySite:
    """A site that was built, and whose content is at fault since."""
    site.write(SITE).build()
    site.put("content/ra/stays.md", "---\ntitel: Stays\n---\nNew words.\n")
    assert site.fails()
    return site


def withdraw(site: TinySite, now: dt.datetime = NOW, revision: str = "") -> BuildResult:
    options = Options(now=now, jobs=1, search=False)
    return build_withdrawals(Project(site.root, site.out), options, lambda _: None, revision)


def pages(site: TinySite) -> list[bool]:
    return [(site.out / f"ra/{name}/index.html").exists() for name in ("stays", "goes")]


def test_deleted_article_goes_and_the_last_good_words_stay(broken: TinySite) -> None:
    broken.delete("content/ra/goes.md")
    withdraw(broken)
    assert pages(broken) == [True, False]
    assert "The last good words." in broken.text("ra/stays/index.html")


@pytest.mark.parametrize(
    "front_matter",
    [
        "title: Goes\ndraft: true",
        "titel: Goes\ndraft: true",
        "title: Goes\ndraft: 'yes'",
        "title: Goes\nstatus: draft",
        "title: Goes\nexpires: 2026-05-01",
    ],
)
def test_article_that_is_held_back_now_goes(broken: TinySite, front_matter: str) -> None:
    broken.put("content/ra/goes.md", f"---\n{front_matter}\n---\nWords.\n")
    withdraw(broken)
    assert pages(broken) == [True, False]


def test_article_that_was_taken_off_stays_off_while_its_front_matter_cannot_be_read(broken: TinySite) -> None:
    broken.put("content/ra/goes.md", "---\ntitle: Goes\ndraft: true\n---\nWords.\n")
    withdraw(broken)
    broken.put("content/ra/goes.md", "---\ntitle: [Goes\n---\nWords.\n")
    withdraw(broken)
    assert pages(broken) == [True, False]
    broken.put("content/ra/goes.md", "---\ntitle: Goes\n---\nWords.\n")
    withdraw(broken)
    assert pages(broken) == [True, True]


def test_article_expires_at_its_moment(broken: TinySite) -> None:
    withdraw(broken)
    assert pages(broken) == [True, True]
    withdraw(broken, NOW + dt.timedelta(days=60))
    assert pages(broken) == [True, False]


def test_members_words_are_those_of_the_newest_snapshot(site: TinySite) -> None:
    site.write(SITE)
    site.put(
        "gatherwell.yaml",
        "title: T\nbase_url: https://x.example/\ncards: 'off'\nwidgets: {endpoint: /api/v1}\n",
    )
    site.put(
        "content/ra/stays.md", "---\ntitle: Stays\n---\n:::poll{#p}\nWell?\n- Yes {#yes}\n- No {#no}\n:::\n"
    )
    site.put("content/ra/goes.md", "---\ntitle: Goes\n---\nWords.\n")
    tally = {
        "voters": 4711,
        "options": [{"key": "yes", "votes": 4710}, {"key": "no", "votes": 1}],
        "step": None,
    }
    polls = {"ra~p": {"poll": "ra~p", "version": 1, "results": tally}}
    snapshot = {"version": 1, "fetched": "2026-05-01T00:00:00Z", "polls": polls, "threads": {}}
    site.put(".gatherwell/private/snapshot.json", json.dumps(snapshot))
    site.build()
    assert "4,711" in site.text("ra/stays/index.html")
    site.put("content/ra/goes.md", "---\ntitel: broken\n---\n")
    site.put(".gatherwell/private/snapshot.json", json.dumps({**snapshot, "polls": {}}))
    withdraw(site)
    assert "4,711" not in site.text("ra/stays/index.html")
    kept = [path for path in (site.root / ".gatherwell").rglob("*snapshot*") if path.is_file()]
    assert kept == [site.root / ".gatherwell/private/snapshot.json"]


def test_mended_content_is_built_as_if_nothing_had_been(broken: TinySite, tmp_path: object) -> None:
    broken.delete("content/ra/goes.md")
    withdraw(broken)
    broken.put("content/ra/stays.md", "---\ntitle: Stays\n---\nMended.\n")
    broken.build()
    assert broken.outputs() == broken.clean_outputs(broken.root.parent / "clean")


def test_large_files_are_kept_too(site: TinySite) -> None:
    site.write(SITE)
    site.put("static/large.bin", b"x" * 300_000)
    site.build()
    site.put("content/ra/stays.md", "broken")
    withdraw(site)
    assert (site.out / "large.bin").stat().st_size == 300_000


def test_damaged_store_is_begun_anew(broken: TinySite) -> None:
    broken.put(".gatherwell/last-good/files.sqlite", b"no database at all, but some bytes")
    broken.put("content/ra/stays.md", "---\ntitle: Stays\n---\nMended.\n")
    broken.build()
    broken.put("content/ra/stays.md", "broken")
    withdraw(broken)
    assert "Mended." in broken.text("ra/stays/index.html")


def test_a_commit_can_be_named(site: TinySite) -> None:
    site.write(SITE)
    git = ["git", "-C", str(site.root), "-c", "user.name=a", "-c", "user.email=a@x.example"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Good"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    site.put("content/ra/stays.md", "broken")
    site.delete("content/ra/goes.md")
    withdraw(site, revision="HEAD")
    assert pages(site) == [True, False]


@pytest.mark.parametrize(
    ("revision", "told"), [("", "no good inputs are kept here"), ("nothing", "--from: git has no")]
)
def test_inputs_that_nobody_kept_are_told(site: TinySite, revision: str, told: str) -> None:
    site.write(SITE)
    with pytest.raises(RequestError, match=told):
        withdraw(site, revision=revision)


def test_command_renders_what_is_good(run: Run, site: TinySite) -> None:
    assert run("build", "--jobs", "1", "--no-search").code == 0
    site.put("content/migraine/broken.md", "no front matter")
    assert run("build", "--jobs", "1", "--no-search").code == 1
    assert run("build", "--jobs", "1", "--no-search", "--withdrawals").code == 0
    assert run("build", "--jobs", "1", "--from", "HEAD").code == 2


def test_inputs_kept_by_workers_are_those_of_the_project(site: TinySite, tmp_path: Path) -> None:
    site.write(SITE)
    for number in range(100):
        site.put(f"content/ra/more-{number}.md", f"---\ntitle: More\n---\nText {number}.\n")
    project = Project(site.root, site.out)
    with Workers(2) as workers:
        keep_inputs(project, read_inputs(project).tree, workers)
    assert lay_out_kept(project, tmp_path / "kept")
    for number in range(100):
        path = f"content/ra/more-{number}.md"
        assert (tmp_path / "kept" / path).read_bytes() == (site.root / path).read_bytes()
