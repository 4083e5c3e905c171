"""The two laws: an incremental build equals a clean one byte for byte, and renders just the pages whose view changed."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path

import pytest

from generator.build.last_build import BuildResult
from generator.disk.stamps import stamp_of
from tests.sites import NOW, TinySite, forget_version

CONTENT = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
pagination: {per_page: 2}
widgets: {endpoint: /api/v1}
== content/migraine/_index.md
---
title: Migraine
start_here: [a.md]
---
Welcome.
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
topics: [sleep, work]
authors: ana
summary: About A.
---
Text of A with a [link](deep/b.md#start).
== content/migraine/deep/b.md
---
title: Article B
date: 2026-02-01
topics: [sleep]
summary: About B.
---
## Start {#start}

Text of B.
== content/migraine/c.md
---
title: Article C
date: 2026-03-01
topics: [work]
summary: About C.
---
Text of C.
== content/ms/d.md
---
title: Article D
date: 2026-04-01
topics: [sleep]
summary: About D.
---
Text of D.
== content/_people/ana.md
---
name: Ana
role: advocate
---
A sample.
"""


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    return site.write(CONTENT)


def counts(result: BuildResult) -> tuple[int, int]:
    return result.rendered, result.bodies_rendered


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_second_build_renders_nothing(tiny: TinySite) -> None:
    tiny.build()
    before = tiny.outputs()
    assert counts(tiny.build()) == (0, 0)
    assert tiny.outputs() == before


def test_text_edit_renders_one_body_and_its_page(tiny: TinySite) -> None:
    tiny.build()
    before = tiny.outputs()
    tiny.replace("content/migraine/deep/b.md", "Text of B.", "New text of B.")
    assert counts(tiny.build()) == (1, 1)
    assert changed(before, tiny.outputs()) == {"migraine/b/index.html"}


def test_title_edit_renders_the_pages_that_show_it(tiny: TinySite) -> None:
    tiny.build()
    before = tiny.outputs()
    tiny.replace("content/ms/d.md", "Article D", "Another title")
    result = tiny.build()
    pages = {path for path in changed(before, tiny.outputs()) if path.endswith(".html")}
    assert pages == {
        "ms/d/index.html",
        "ms/index.html",
        "ms/topics/sleep/index.html",
        "ms/archive/2026/index.html",
        "index.html",
    }
    assert counts(result) == (5, 0)


def test_new_article_leaves_older_pages_of_listings_alone(tiny: TinySite) -> None:
    for number in range(6):
        tiny.article(f"migraine/n{number}.md", date=f"2026-05-0{number + 1}", summary="S")
    tiny.build()
    before = tiny.outputs()
    tiny.article("migraine/newest.md", date="2026-05-20", summary="S")
    tiny.build()
    pages = {path for path in changed(before, tiny.outputs()) if path.endswith(".html")}
    assert "migraine/page/1/index.html" not in pages
    assert {"migraine/newest/index.html", "migraine/index.html"} <= pages


def test_edited_image_renders_the_page_that_shows_it(tiny: TinySite) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="20"><title>A</title></svg>'
    tiny.put("content/migraine/drawing.svg", svg.format(10))
    tiny.article("migraine/drawn.md", "![A drawing](drawing.svg)")
    tiny.build()
    tiny.put("content/migraine/drawing.svg", svg.format(12))
    assert tiny.build().rendered == 1
    assert 'width="12"' in tiny.text("migraine/drawn/index.html")


def test_deleted_article_leaves_no_file_and_no_empty_folder(tiny: TinySite) -> None:
    tiny.build()
    tiny.delete("content/ms/d.md")
    tiny.article("ms/e.md", summary="S")
    result = tiny.build()
    assert not (tiny.out / "ms/d").exists()
    assert result.removed >= 1


def test_files_of_others_in_the_output_folder_stay(tiny: TinySite) -> None:
    tiny.build()
    (tiny.out / "CNAME").write_text("tiny.example")
    (tiny.out / "ms/d/notes.txt").write_text("mine")
    tiny.delete("content/ms/d.md")
    tiny.article("ms/e.md", summary="S")
    tiny.build()
    assert (tiny.out / "CNAME").read_text() == "tiny.example"
    assert (tiny.out / "ms/d/notes.txt").read_text() == "mine"


def test_damaged_output_is_mended(tiny: TinySite) -> None:
    tiny.build()
    before = tiny.outputs()
    (tiny.out / "migraine/a/index.html").write_text("damaged")
    (tiny.out / "migraine/c/index.html").unlink()
    tiny.build()
    assert tiny.outputs() == before


def test_touched_output_with_the_same_bytes_is_left_alone(tiny: TinySite) -> None:
    tiny.build()
    page = tiny.out / "migraine/a/index.html"
    content = page.read_bytes()
    page.write_bytes(content)
    assert counts(tiny.build()) == (0, 0)


def test_scheduled_article_appears_when_its_moment_passes(tiny: TinySite) -> None:
    tiny.article("ms/later.md", date="2026-06-02", summary="S")
    first = tiny.build()
    assert first.next_change == "2026-06-02T00:00:00Z"
    assert not (tiny.out / "ms/later/index.html").exists()
    later = NOW + dt.timedelta(days=1)
    tiny.build(now=later)
    assert (tiny.out / "ms/later/index.html").exists()
    tiny.build(now=NOW)
    assert not (tiny.out / "ms/later/index.html").exists()


def test_two_builds_with_other_jobs_and_folders_give_equal_bytes(tiny: TinySite, tmp_path: Path) -> None:
    for number in range(110):
        tiny.article(
            f"ms/many-{number}.md", date="2026-01-01", topics="[many]", summary="S", body=f"Text {number}."
        )
    tiny.build(jobs=1)
    assert tiny.clean_outputs(tmp_path / "elsewhere", jobs=3) == tiny.outputs()


@pytest.mark.parametrize(
    "damage",
    [
        lambda state: shutil.rmtree(state),
        lambda state: (state / "cache.sqlite").write_bytes(b"no database at all"),
        lambda state: (state / "cache.sqlite").write_bytes((state / "cache.sqlite").read_bytes()[:9000]),
        lambda state: (state / "cache.sqlite").write_bytes(b""),
    ],
    ids=["deleted", "overwritten", "truncated", "emptied"],
)
def test_lost_cache_costs_time_and_nothing_else(tiny: TinySite, tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    tiny.build()
    damage(tiny.root / ".gatherwell")
    tiny.delete("content/ms/d.md")
    tiny.article("ms/e.md", summary="S")
    tiny.build()
    assert tiny.outputs() == tiny.clean_outputs(tmp_path / "clean")


def test_snapshot_is_an_input(tiny: TinySite, tmp_path: Path) -> None:
    tiny.replace(
        "content/migraine/c.md",
        "Text of C.",
        ":::poll{#rain}\nDoes rain matter?\n- Yes {#yes}\n- No {#no}\n:::",
    )
    tiny.build()
    tally = {"key": "yes", "votes": 3}, {"key": "no", "votes": 1}
    answer = {"poll": "migraine~rain", "version": 1, "results": {"voters": 4, "options": tally, "step": None}}
    snapshot = {
        "version": 1,
        "fetched": "2026-05-01T00:00:00Z",
        "polls": {"migraine~rain": answer},
        "threads": {},
    }
    tiny.put(".gatherwell/private/snapshot.json", json.dumps(snapshot))
    tiny.build()
    assert "75" in tiny.text("migraine/c/index.html")
    assert tiny.outputs() == tiny.clean_outputs(tmp_path / "clean")


def test_another_version_renders_all_and_writes_nothing_that_comes_out_the_same(site: TinySite) -> None:
    site.build()
    before = {path: stamp_of(path.stat()) for path in site.out.rglob("*.html")}
    forget_version(site.root / ".gatherwell" / "cache.sqlite")
    result = site.build()
    assert (result.rendered, result.skipped) == (result.pages, 0)
    assert {path: stamp_of(path.stat()) for path in site.out.rglob("*.html")} == before


@pytest.mark.parametrize("touched", ["content/migraine/a.md", "site/migraine/a/index.html"])
def test_a_file_with_another_time_and_the_same_bytes_makes_nothing(
    tiny: TinySite, touched: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tiny.build()
    path = tiny.root / touched
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 1))
    monkeypatch.setattr("generator.build.pipeline._make_site", _refuse)
    assert tiny.build().pages == made.pages


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_built_a_moment_ago_is_not_made_again(
    tiny: TinySite, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.build()
    tiny.replace("content/migraine/a.md", "Text of A", "New text of A")
    tiny.build()
    monkeypatch.setattr("generator.build.pipeline._make_site", _refuse)
    assert tiny.build(jobs=jobs).rendered == 0


def test_an_output_with_other_bytes_of_the_same_length_is_made_again(tiny: TinySite) -> None:
    tiny.build()
    before = tiny.outputs()
    page = tiny.out / "migraine/a/index.html"
    page.write_bytes(page.read_bytes().swapcase())
    tiny.build()
    assert tiny.outputs() == before


def _refuse(*_: object) -> None:
    raise AssertionError("nothing changed")
