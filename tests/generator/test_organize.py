"""Organizing: addresses, hubs, topics, people, neighbours, translations, guests, threads."""

from __future__ import annotations

import pytest

from generator.project import Options, Project
from generator.site import Site
from tests.sites import NOW, TinySite

CONFIG = 'title: Tiny\nbase_url: https://tiny.example/\nlanguages: [en, es]\nsearch: false\ncards: "off"\n'


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", CONFIG)
    return site


def organized(site: TinySite) -> tuple[Site, list[str]]:
    """The organized site, and its warnings."""
    from generator import stages
    from generator.cache import Cache
    from generator.inputs import read_inputs
    from generator.workers import Workers

    project = Project(site.root, site.out)
    with Cache(project.state, "test") as cache, Workers(1) as workers:
        found = stages.organize_site(project, Options(now=NOW), read_inputs(project), cache, workers)
    return found.site, [str(warning).replace("\n    ", " | ") for warning in found.warnings]


def test_folders_do_not_enter_addresses_and_an_index_is_called_after_its_folder(tiny: TinySite) -> None:
    tiny.article("ms/deep/down/a.md")
    tiny.article("ms/pacing/index.md")
    tiny.article("ms/b.md", slug="other")
    tiny.article("ms/deep/down/a.es.md")
    site, _ = organized(tiny)
    assert sorted(a.url_path for a in site.articles.values()) == [
        "/ms/a/",
        "/ms/es/a/",
        "/ms/other/",
        "/ms/pacing/",
    ]


def test_condition_without_a_hub_gets_one_and_a_warning(tiny: TinySite) -> None:
    tiny.article("long-covid/a.md")
    site, warnings = organized(tiny)
    assert site.conditions["long-covid"].hub("en").matter.title == "Long covid"
    assert warnings == [
        "content/long-covid: warning: the condition 'long-covid' has no _index.md; it gets a plain hub"
        " | write content/long-covid/_index.md with title and description"
    ]


def test_author_without_a_profile_is_a_warning_once(tiny: TinySite) -> None:
    tiny.put("content/_people/ana.md", "---\nname: Ana\n---\n")
    tiny.article("ms/a.md", authors="[ana, anna]")
    tiny.article("ms/b.md", authors="anna")
    _, warnings = organized(tiny)
    assert [w for w in warnings if "ms/" in w and "anna" in w] == [
        "content/ms/a.md:3:10: warning: nobody in _people/ is called 'anna' | did you mean 'ana'?"
    ]


def test_people_are_found_by_id_and_by_name(tiny: TinySite) -> None:
    tiny.put("content/_people/ana-lopez.md", "---\nname: Ana Lopez\n---\n")
    tiny.article("ms/a.md", authors="Ana Lopez")
    tiny.article("ms/b.md", authors="ana-lopez", reviewer="ana-lopez")
    site, _ = organized(tiny)
    assert [a.slug for a in site.written["ana-lopez"]] == ["b", "a"]
    assert [a.slug for a in site.reviewed["ana-lopez"]] == ["b"]


def test_topics_gather_by_slug_and_are_called_as_the_first_path_writes_them(tiny: TinySite) -> None:
    tiny.article("ms/a.md", topics='["Heat &  cold"]')
    tiny.article("ms/b.md", topics="[heat-cold]")
    site, _ = organized(tiny)
    topic = site.topics["ms", "en"]["heat-cold"]
    assert (topic.label, topic.url_path, len(topic.articles)) == ("Heat & cold", "/ms/topics/heat-cold/", 2)


def test_guests_are_listed_under_other_conditions_and_live_once(tiny: TinySite) -> None:
    tiny.article("ms/a.md", conditions="[migraine]", date="2026-01-01")
    tiny.article("migraine/b.md", date="2026-02-01")
    site, _ = organized(tiny)
    assert [a.slug for a in site.listed["migraine", "en"]] == ["b", "a"]
    assert [a.url_path for a in site.listed["migraine", "en"]] == ["/migraine/b/", "/ms/a/"]


def test_unknown_condition_is_refused_where_it_is_named(tiny: TinySite) -> None:
    tiny.article("ms/a.md", conditions="[migrane]")
    tiny.article("migraine/b.md")
    assert tiny.fails() == [
        "content/ms/a.md:3:13: there is no condition 'migrane' | did you mean 'migraine'?"
    ]


def test_reading_order_is_order_then_date_within_a_type(tiny: TinySite) -> None:
    tiny.article("ms/c.md", date="2026-03-01")
    tiny.article("ms/a.md", date="2026-01-01")
    tiny.article("ms/first.md", date="2026-09-01", order=1, expires="2030-01-01")
    tiny.article("ms/story.md", date="2026-02-01", type="story")
    tiny.replace("content/ms/first.md", "2026-09-01", "2026-05-01")
    site, _ = organized(tiny)
    before, after = site.company.neighbours(site.articles["content/ms/a.md"])
    assert (before and before.slug, after and after.slug) == ("first", "c")
    assert site.company.neighbours(site.articles["content/ms/story.md"]) == (None, None)


def test_translations_know_each_other_and_share_a_thread(tiny: TinySite) -> None:
    tiny.article("ms/a.md", slug="pacing")
    tiny.article("ms/a.es.md", slug="dosificar")
    site, _ = organized(tiny)
    (versions,) = site.translations.values()
    assert {tag: a.url_path for tag, a in versions.items()} == {
        "en": "/ms/pacing/",
        "es": "/ms/es/dosificar/",
    }
    assert {a.thread for a in versions.values()} == {"ms~pacing"}


THREADS = {"a.md": "ms~a", "über.md": "ms~.c3bcber", f"{'x' * 250}.md": None, f"{'偏' * 60}.md": None}


@pytest.mark.parametrize(("name", "thread"), THREADS.items(), ids=["plain", "latin", "long", "japanese"])
def test_thread_fits_what_the_function_takes(tiny: TinySite, name: str, thread: str | None) -> None:
    tiny.article(f"ms/{name}")
    site, _ = organized(tiny)
    (article,) = site.articles.values()
    assert len(article.thread) <= 200
    assert article.thread.isascii()
    assert thread is None or article.thread == thread


def test_two_articles_cannot_share_a_thread(tiny: TinySite) -> None:
    tiny.article("ms/a.md", id="one")
    tiny.article("ms/b.md", id="one")
    assert tiny.fails() == [
        "content/ms/b.md:3:5: the thread id 'one' belongs to content/ms/a.md already | give one of them another `id`"
    ]


def test_event_needs_a_start_before_its_end(tiny: TinySite) -> None:
    tiny.article("ms/a.md", type="event")
    tiny.article("ms/b.md", type="event", start="2027-02-01", end="2027-01-01")
    assert tiny.fails() == [
        "content/ms/a.md:3:7: an event needs a start | add a line `start: 2027-03-14T18:00`",
        "content/ms/b.md:5:6: the event ends before it starts | check `start` and `end`",
    ]


def test_topic_must_fit_an_address(tiny: TinySite) -> None:
    tiny.article("ms/a.md", topics="[🎈]")
    tiny.article("ms/b.md", topics=f"[{'b' * 201}]")
    assert tiny.fails() == [
        "content/ms/a.md:3:9: the topic '🎈' cannot become an address | use words",
        "content/ms/b.md:3:9: a topic is too long for an address | use one to three words",
    ]
