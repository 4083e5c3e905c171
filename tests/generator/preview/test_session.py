"""Errors, damage and odd edits never end the workshop; the last good proof stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.disk.cache import CACHE_NAME, CacheDamaged
from tests.generator.content.surveys.working_day import INSTRUMENT, PATH
from tests.generator.preview.workbench import Workbench
from tests.sites import TinySite


@pytest.fixture
def bench(site: TinySite) -> Workbench:
    site.article("migraine/a.md", "First words.\n\nThen more.", date="2026-05-01")
    site.article("migraine/b.md", "Other words.\n\nThen more.", date="2026-05-02")
    return Workbench(site)


def places(bench: Workbench) -> list[str]:
    return [f"{error.source_path}:{error.line}" for error in bench.session.errors]


def test_a_broken_link_is_told_with_its_line_and_the_last_good_page_stays(bench: Workbench) -> None:
    bench.site.replace("content/migraine/a.md", "Then more.", "Then [nothing](nowhere.md).")

    news = bench.look()

    assert news.told
    assert places(bench) == ["content/migraine/a.md:7"]
    assert "Then more." in bench.text("migraine/a/index.html")


def test_mending_an_error_clears_it(bench: Workbench) -> None:
    bench.site.replace("content/migraine/a.md", "Then more.", "Then [nothing](nowhere.md).")
    bench.look()
    bench.site.replace("content/migraine/a.md", "[nothing](nowhere.md)", "[all](b.md)")

    news = bench.look()

    assert news.errors == ()
    assert "/migraine/b/" in bench.text("migraine/a/index.html")


def test_another_text_is_shown_while_front_matter_elsewhere_is_broken(bench: Workbench) -> None:
    bench.site.replace("content/migraine/a.md", "title: a", "titel: a")
    bench.look()
    assert set(places(bench)) == {"content/migraine/a.md:2"}
    bench.site.replace("content/migraine/b.md", "Then more.", "Then less.")

    news = bench.look()

    assert news.pages == ("migraine/b/index.html",)
    assert bench.session.needs_full_look
    assert "Then less." in bench.text("migraine/b/index.html")


def test_a_broken_configuration_and_back(bench: Workbench) -> None:
    bench.site.put("gatherwell.yaml", "title: A\nlangauge: en\n")
    bench.look()
    assert places(bench) == ["gatherwell.yaml:2"]

    bench.site.put("gatherwell.yaml", "title: A\nlanguage: en\n")

    assert bench.look().errors == ()


def test_a_template_with_a_fault_leaves_the_last_good_page(bench: Workbench) -> None:
    good = bench.text("migraine/a/index.html")
    bench.site.put("themes/commons/theme.yaml", "extends: commons\n")
    bench.site.put(
        "themes/commons/templates/article.html",
        "{% extends 'base.html' %}\n{% block main %}{{ nothing.at.all }}{% endblock %}",
    )
    bench.look()

    rendered = bench.page_renderer.output(bench.plan, "migraine/a/index.html")

    assert rendered is not None
    assert rendered.content.decode() == good
    assert rendered.problem is not None
    assert rendered.problem.source_path.endswith("templates/article.html")
    assert rendered.problem.line == 2


def test_content_deleted_and_brought_back(bench: Workbench, tmp_path: Path) -> None:
    content = bench.site.root / "content"
    content.rename(tmp_path / "away")
    bench.session.refresh(("content",))
    assert bench.session.errors[0].message == "there is no folder content/ here"

    (tmp_path / "away").rename(content)

    assert bench.session.refresh(("content",)).errors == ()


def test_a_deleted_page_is_remembered_with_where_it_went(bench: Workbench) -> None:
    source = bench.site.root / "content/migraine/b.md"
    source.rename(source.with_name("renamed.md"))

    bench.look()

    assert bench.session.gone["migraine/b/index.html"] == ("content/migraine/b.md", "/migraine/renamed/")


def test_the_case_of_a_name_changes(bench: Workbench, tmp_path: Path) -> None:
    source = bench.site.root / "content/migraine/b.md"
    source.rename(source.with_name("B.md"))

    bench.look()

    assert bench.outputs() == bench.built(tmp_path / "clean")


def test_an_editor_s_probe_that_came_and_went_is_no_change(bench: Workbench) -> None:
    made = bench.session.plans_made

    news = bench.session.refresh(("content/migraine/4913",))

    assert not news.told
    assert bench.session.plans_made == made


def test_a_saved_file_with_the_same_words_tells_nobody(bench: Workbench) -> None:
    before = bench.outputs()
    bench.site.put("content/migraine/a.md", (bench.site.root / "content/migraine/a.md").read_bytes())

    bench.look()

    assert bench.outputs() == before


def test_a_page_asked_for_looks_at_its_own_source(bench: Workbench) -> None:
    bench.site.replace("content/migraine/a.md", "Then more.", "Then unseen by any watch.")

    assert bench.session.refresh_page("content/migraine/a.md") is not None
    assert bench.session.refresh_page("content/migraine/a.md") is None
    assert "unseen by any watch" in bench.text("migraine/a/index.html")


def test_patrol_names_what_no_watch_told(bench: Workbench) -> None:
    bench.site.replace("content/migraine/a.md", "Then more.", "Then else.")
    bench.site.delete("content/migraine/b.md")

    assert bench.session.patrol() == ("content/migraine/a.md", "content/migraine/b.md")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("gatherwell.yaml", "title: Another\nbase_url: https://tiny.example/\n"),
        ("themes/commons/theme.yaml", "extends: commons\n"),
        (".gatherwell/private/snapshot.json", "{}"),
    ],
)
def test_patrol_names_what_lies_beside_the_content_too(bench: Workbench, path: str, text: str) -> None:
    assert bench.session.patrol() == ()

    bench.site.put(path, text)

    (missed,) = bench.session.patrol()
    assert missed.endswith(path)


def test_a_cache_emptied_by_another_build_is_noticed(bench: Workbench, tmp_path: Path) -> None:
    bench.site.build(clean=True, only=())
    bench.site.replace("content/migraine/a.md", "Then more.", "Then new.")
    bench.look()
    try:
        bench.outputs()
    except CacheDamaged as damage:
        bench.page_renderer.forget()
        bench.session.start_over(damage)
        bench.session.refresh(None)

    assert bench.outputs() == bench.built(tmp_path / "clean")


def test_a_damaged_cache_is_replaced(bench: Workbench, tmp_path: Path) -> None:
    bench.session.close()
    cache = bench.site.root / ".gatherwell" / CACHE_NAME
    cache.write_bytes(b"not a database" * 1000)
    bench.page_renderer.forget()
    bench.site.article("migraine/c.md")

    bench.look()

    assert bench.outputs() == bench.built(tmp_path / "clean")
    assert any("damaged" in line for line in bench.reported)


def test_the_rest_is_shown_from_the_start_while_a_file_is_at_fault(site: TinySite) -> None:
    site.put("content/migraine/a.md", "no front matter")
    site.article("migraine/b.md", "See [a](a.md).")
    bench = Workbench(site)
    assert places(bench) == ["content/migraine/a.md:1"]
    assert bench.session.left_out == {"content/migraine/a.md"}
    assert "left out until mended: content/migraine/a.md" in bench.reported
    assert "See " in bench.text("migraine/b/index.html")

    site.article("migraine/a.md")

    assert bench.look().errors == ()
    assert bench.session.left_out == frozenset()
    assert "migraine/a/index.html" in bench.plan.planned


def test_new_files_are_shown_while_another_is_at_fault(bench: Workbench, tmp_path: Path) -> None:
    bench.site.replace("content/migraine/a.md", "title: a", "titel: a")
    bench.look()
    assert "migraine/a/index.html" in bench.plan.planned, (
        "the last good page stays while nothing else changes"
    )
    bench.site.article("migraine/new.md")

    assert bench.look().pages is None
    assert "migraine/new/index.html" in bench.plan.planned
    assert bench.session.left_out == {"content/migraine/a.md"}
    assert bench.session.gone["migraine/a/index.html"] == ("content/migraine/a.md", "")

    bench.site.replace("content/migraine/a.md", "titel: a", "title: a")
    assert bench.look().errors == ()
    assert bench.outputs() == bench.built(tmp_path / "clean")


def test_errors_of_the_settings_from_the_start_are_told_until_they_are_mended(site: TinySite) -> None:
    site.article("migraine/a.md")
    site.put("gatherwell.yaml", "titel: T")
    bench = Workbench(site)
    assert bench.session.plan is None
    assert bench.first.errors

    site.put("gatherwell.yaml", "title: T")

    assert bench.look().errors == ()
    assert "migraine/a/index.html" in bench.plan.planned


def test_many_changed_files_are_one_new_proof(site: TinySite, tmp_path: Path) -> None:
    for number in range(60):
        site.article(f"migraine/n{number}.md", date="2026-05-01")
    bench = Workbench(site)
    made = bench.session.plans_made
    for number in range(0, 60, 2):
        site.article(f"migraine/n{number}.md", "Other.", title=f"Other {number}", date="2026-05-02")
    for number in range(1, 60, 4):
        site.delete(f"content/migraine/n{number}.md")

    bench.look()

    assert bench.session.plans_made == made + 1
    assert bench.outputs() == bench.built(tmp_path / "clean")


def test_a_broken_link_at_the_start_is_told_over_pages_that_can_be_seen(site: TinySite) -> None:
    site.article("migraine/a.md", "Some [nothing](nowhere.md).")
    bench = Workbench(site)

    assert places(bench) == ["content/migraine/a.md:4"]
    assert "Some " in bench.text("migraine/a/index.html")
    site.replace("content/migraine/a.md", "nowhere.md", "a.md")
    bench.look()
    assert bench.session.needs_full_look
    assert bench.session.refresh(None).errors == ()


def test_a_file_exchanged_for_a_link_that_leads_away_is_told_and_not_served(
    site: TinySite, tmp_path: Path
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Ours</title></svg>'
    picture = site.root / "content/migraine/pic.svg"
    site.put("content/migraine/pic.svg", svg)
    site.article("migraine/a.md", "![A](pic.svg)")
    bench = Workbench(site)
    served = next(path for path in bench.plan.assets if path.endswith(".svg") and "pic" in path)
    (tmp_path / "secret.svg").write_text(svg.replace("Ours", "A secret"))
    picture.unlink()
    picture.symlink_to(tmp_path / "secret.svg")

    between = bench.page_renderer.output(bench.plan, served)
    news = bench.look()

    assert between is None
    assert [error.message for error in news.errors] == ["is a link that leaves content/"]
    assert bench.page_renderer.output(bench.plan, served) is None


def test_an_article_exchanged_for_a_link_that_leads_away_is_told_and_not_read(
    site: TinySite, tmp_path: Path
) -> None:
    source = site.root / "content/migraine/a.md"
    site.article("migraine/a.md", "Ours.")
    bench = Workbench(site)
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\nA secret.\n")
    source.unlink()
    source.symlink_to(tmp_path / "secret.md")

    news = bench.look()

    assert [error.message for error in news.errors] == ["is a link that leaves content/"]
    assert "secret" not in bench.text("migraine/a/index.html")


def test_a_new_file_of_static_is_noticed_and_served_as_it_is(bench: Workbench) -> None:
    bench.site.put("static/favicon.ico", b"an icon")

    assert bench.session.patrol() == ("static/favicon.ico",)
    bench.look()

    assert bench.plan.assets["favicon.ico"].read() == b"an icon"


def test_an_instrument_is_shown_as_it_is_saved(bench: Workbench) -> None:
    page = "migraine/surveys/working-day/index.html"
    bench.site.put(PATH, INSTRUMENT)
    assert bench.look().errors == ()
    assert "What helps at work?" in bench.text(page)

    bench.site.replace(PATH, "kind: text", "kind: txt")
    bench.look()
    assert places(bench) == [f"{PATH}:52"]
    assert "What helps at work?" in bench.text(page)

    bench.site.replace(PATH, "kind: txt", "kind: text")
    bench.site.replace(PATH, "What helps at work?", "What helps you?")
    assert bench.look().errors == ()
    assert "What helps you?" in bench.text(page)
