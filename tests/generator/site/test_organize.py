"""Organizing: addresses, hubs, topics, people, neighbours, translations, guests, threads."""

from __future__ import annotations

import pytest

from generator.ground.project import Options, Project
from generator.site.types import Site
from tests.sites import NOW, TinySite

CONFIG = 'title: Tiny\nbase_url: https://tiny.example/\nlanguages: [en, es]\nsearch: false\ncards: "off"\n'


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", CONFIG)
    return site


def organized(site: TinySite) -> tuple[Site, list[str]]:
    """The organized site, and its warnings."""
    from generator.build import stages
    from generator.build.inputs import read_inputs
    from generator.build.run import open_run

    project, options = Project(site.root, site.out), Options(now=NOW)
    inputs = read_inputs(project)
    with open_run(project, options, lambda text: None) as run:
        documents = stages.read_sources(run, inputs, {}, None)
    found = stages.organize_documents(options, inputs, documents)
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
    assert site.conditions["long-covid"].hub("en").front_matter.title == "Long covid"
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
        "content/ms/a.md:3:16: warning: nobody in _people/ is called 'anna' | did you mean 'ana'?"
    ]


def test_people_are_found_by_id_and_by_name(tiny: TinySite) -> None:
    tiny.put("content/_people/ana-lopez.md", "---\nname: Ana Lopez\n---\n")
    tiny.article("ms/a.md", authors="Ana Lopez")
    tiny.put("content/_people/doc.md", "---\nname: Dr Doe\nrole: clinician\ncredential: Register 1\n---\n")
    tiny.article("ms/b.md", authors="ana-lopez", reviewer="doc", last_reviewed="2026-01-01")
    site, _ = organized(tiny)
    assert [a.slug for a in site.written["ana-lopez"]] == ["b", "a"]
    assert [a.slug for a in site.reviewed["doc"]] == ["b"]


def test_topics_gather_by_slug_and_are_called_as_the_first_path_writes_them(tiny: TinySite) -> None:
    tiny.article("ms/a.md", topics='["Heat &  cold"]')
    tiny.article("ms/b.md", topics='["heat & COLD"]')
    site, _ = organized(tiny)
    topic = site.topics["ms", "en"]["heat-cold"]
    assert (topic.label, topic.url_path, len(topic.articles)) == ("Heat & cold", "/ms/topics/heat-cold/", 2)


def test_guests_are_listed_under_other_conditions_and_live_once(tiny: TinySite) -> None:
    tiny.article("ms/a.md", conditions="[migraine]", date="2026-01-01")
    tiny.article("migraine/b.md", date="2026-02-01")
    site, _ = organized(tiny)
    assert [a.slug for a in site.listed["migraine", "en"]] == ["b", "a"]
    assert [a.url_path for a in site.listed["migraine", "en"]] == ["/migraine/b/", "/ms/a/"]


def test_condition_has_a_hub_in_each_language_of_its_guests(tiny: TinySite) -> None:
    tiny.article("ms/a.es.md", conditions="[migraine]")
    tiny.article("migraine/b.md")
    site, _ = organized(tiny)
    assert site.conditions["migraine"].hub("es").url_path == "/migraine/es/"
    tiny.build()
    assert "/ms/es/a/" in tiny.text("migraine/es/index.html")
    assert "/ms/es/a/" in tiny.text("migraine/es/feed.json")


def test_unknown_condition_is_refused_where_it_is_named(tiny: TinySite) -> None:
    tiny.article("ms/a.md", conditions="[migrane]")
    tiny.article("migraine/b.md")
    assert tiny.fails() == [
        "content/ms/a.md:3:14: there is no condition 'migrane' | did you mean 'migraine'?"
    ]


def test_reading_order_is_order_then_date_within_a_type(tiny: TinySite) -> None:
    tiny.article("ms/c.md", date="2026-03-01")
    tiny.article("ms/a.md", date="2026-01-01")
    tiny.article("ms/first.md", date="2026-09-01", order=1, expires="2030-01-01")
    tiny.article("ms/story.md", date="2026-02-01", type="story")
    tiny.replace("content/ms/first.md", "2026-09-01", "2026-05-01")
    site, _ = organized(tiny)
    before, after = site.neighbours.previous_and_next(site.articles["content/ms/a.md"])
    assert (before and before.slug, after and after.slug) == ("first", "c")
    assert site.neighbours.previous_and_next(site.articles["content/ms/story.md"]) == (None, None)


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
        "content/ms/a.md:3:10: the topic '🎈' cannot become an address | use words",
        "content/ms/b.md:3:10: a topic is too long for an address (201 bytes) | use one to three words, of at most 200 bytes together",
    ]


APART = 'tell them apart in content/_topics.yaml, one line each: `an-address: {written: ["%s"]}`; '
ONE = 'if they are one topic: `%s: {written: ["%s", "%s"]}`'


@pytest.mark.parametrize(
    ("first", "second", "slug"),
    [("CCP+", "CCP-", "ccp"), ("CCP", "CCP-", "ccp"), ("F#", "F", "f"), ("sleep?", "Sleep!", "sleep")],
)
def test_topics_that_differ_in_a_sign_cannot_share_an_address(
    tiny: TinySite, first: str, second: str, slug: str
) -> None:
    tiny.article("ms/a.md", topics=f'["{first}"]')
    tiny.article("migraine/b.md", topics=f'[x, "{second}"]', draft="true")
    assert tiny.fails() == [
        f"content/ms/a.md:3:10: the topics '{first}' and '{second}' (content/migraine/b.md)"
        f" would share the address {slug} | {APART % first}{ONE % (slug, first, second)}"
    ]


def test_topics_that_differ_in_case_blanks_and_hyphens_are_one(tiny: TinySite) -> None:
    for number, topic in enumerate(["Brain fog", "brain-fog", "BRAIN  FOG"]):
        tiny.article(f"ms/a{number}.md", topics=f'["{topic}"]')
    site, _ = organized(tiny)
    assert [(topic.slug, len(topic.articles)) for topic in site.topics["ms", "en"].values()] == [
        ("brain-fog", 3)
    ]


def test_spellings_give_topics_addresses_of_their_own_or_join_them(tiny: TinySite) -> None:
    tiny.article("ms/a.md", topics='["CCP+", "F#"]')
    tiny.article("ms/b.md", topics='["CCP-", F, f!]')
    tiny.put(
        "content/_topics.yaml", 'ccp-positive: {written: ["CCP+"]}\nf: {en: Eff, written: ["F#", F, f!]}\n'
    )
    site, _ = organized(tiny)
    assert [(topic.slug, topic.label) for topic in site.topics["ms", "en"].values()] == [
        ("ccp", "CCP-"),
        ("ccp-positive", "CCP+"),
        ("f", "Eff"),
    ]


def test_name_that_only_its_letters_lead_to_a_profile_is_a_warning(tiny: TinySite) -> None:
    tiny.put(
        "content/_people/j-o-neil.md", "---\nname: J. O'Neil\nrole: clinician\ncredential: Register 1\n---\n"
    )
    tiny.article("ms/a.md", authors='["J. O\'Neil", j-o-neil, J O Neil]')
    tiny.article("ms/b.md", reviewer='"J.+O.Neil"', last_reviewed="2026-01-01")
    _, warnings = organized(tiny)
    assert [warning for warning in warnings if "profile" in warning] == [
        "content/ms/b.md:3:11: warning: 'J.+O.Neil' leads to the profile of 'J. O'Neil' (content/_people/j-o-neil.md)"
        " | write `j-o-neil` if this is the same person; else give 'J.+O.Neil' a profile of another name"
    ]
