"""Feeds: ids that outlive addresses, dates that nobody invented, and whole texts where the settings ask for them."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest

from tests.sites import TinySite

CONFIG = 'title: Tiny\nbase_url: https://tiny.example/\nlanguages: [en, es]\nsearch: false\ncards: "off"\n'


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", CONFIG)
    return site


def items(site: TinySite, path: str = "ms/feed.json") -> list[dict[str, Any]]:
    return list(json.loads(site.text(path))["items"])


def entries(site: TinySite, path: str = "ms/feed.atom") -> list[Any]:
    feed = feedparser.parse((site.out / path).read_bytes())
    assert not feed.bozo
    return list(feed.entries)


def ids(site: TinySite, *folders: str) -> set[str]:
    """The ids of the entries of both feeds in each of *folders*."""
    found = {item["id"] for folder in folders for item in items(site, f"{folder}feed.json")}
    return found | {entry.id for folder in folders for entry in entries(site, f"{folder}feed.atom")}


def test_entry_is_named_by_the_articles_id(tiny: TinySite) -> None:
    tiny.article("ms/a.md", id="ms~rest", date="2026-01-01")
    tiny.build()
    assert ids(tiny, "", "ms/") == {"tag:gatherwell.invalid,2026:en/ms~rest"}


def test_translations_are_entries_of_their_own(tiny: TinySite) -> None:
    tiny.article("ms/a.md", date="2026-01-01")
    tiny.article("ms/a.es.md", date="2026-01-01")
    tiny.build()
    assert ids(tiny, "ms/", "ms/es/") == {f"tag:gatherwell.invalid,2026:{tag}/ms~a" for tag in ("en", "es")}


@pytest.mark.parametrize(
    ("path", "old", "new", "folder"),
    [
        ("content/ms/a.md", "title: a", "title: a\nslug: other", "ms/"),
        ("gatherwell.yaml", "https://tiny.example/", "https://moved.example/health/", "ms/"),
        ("content/ms/_index.md", "title: MS", "title: MS\nbase_url: https://ms.example/", "ms.example/"),
    ],
)
def test_id_outlives_slug_address_and_host(
    tiny: TinySite, path: str, old: str, new: str, folder: str
) -> None:
    tiny.put("content/ms/_index.md", "---\ntitle: MS\n---\n")
    tiny.article("ms/a.md", id="ms~rest", date="2026-01-01")
    tiny.build()
    before = ids(tiny, "ms/")
    tiny.replace(path, old, new)
    tiny.build()
    assert ids(tiny, folder) == before


def test_settings_say_whose_entries_they_are(tiny: TinySite) -> None:
    tiny.put("gatherwell.yaml", CONFIG + "feeds: {tag: 'tiny.example,2024-05'}\n")
    tiny.article("ms/a.md", date="2026-01-01")
    tiny.build()
    assert ids(tiny, "ms/") == {"tag:tiny.example,2024-05:en/ms~a"}


@pytest.mark.parametrize("tag", ["tiny.example", "2024", "https://tiny.example,2024", "tiny example,2024"])
def test_name_that_makes_no_tag_uri_is_refused(tiny: TinySite, tag: str) -> None:
    tiny.put("gatherwell.yaml", CONFIG + f"feeds: {{tag: '{tag}'}}\n")
    assert f"'{tag}' names no place and day" in tiny.fails()[0]


def test_undated_article_has_no_invented_date(tiny: TinySite) -> None:
    tiny.article("ms/a.md")
    tiny.article("ms/b.md", date="2026-01-01")
    tiny.build()
    undated = next(item for item in items(tiny) if item["title"] == "a")
    assert not {"date_published", "date_modified"} & undated.keys()
    assert [entry.title for entry in entries(tiny)] == ["b"]


@pytest.mark.parametrize(
    ("day", "since"), [("2024", "2024-01-01"), ("2024-05", "2024-05-01"), ("2024-05-17", "2024-05-17")]
)
def test_feed_without_any_date_is_as_when_its_name_was_taken(tiny: TinySite, day: str, since: str) -> None:
    tiny.put("gatherwell.yaml", CONFIG + f"feeds: {{tag: 'tiny.example,{day}'}}\n")
    tiny.article("ms/a.md")
    tiny.build()
    assert f"<updated>{since}T00:00:00Z</updated>" in tiny.text("ms/feed.atom")
    assert entries(tiny) == []


@pytest.mark.parametrize("key", ["updated", "last_reviewed"])
def test_article_without_a_day_of_publication_has_the_date_that_it_knows(tiny: TinySite, key: str) -> None:
    tiny.put("content/_people/rev.md", "---\nname: Rev\nrole: clinician\ncredential: Neurologist\n---\n")
    reviewed = {"reviewer": "rev"} if key == "last_reviewed" else {}
    tiny.article("ms/a.md", **{key: "2026-02-01"}, **reviewed)
    tiny.build()
    (item,) = items(tiny)
    assert item["date_modified"] == "2026-02-01T00:00:00Z"
    assert "date_published" not in item


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-01-14", "2026-01-14T00:00:00+01:00"),
        ("2026-05-14", "2026-05-14T00:00:00+02:00"),
        ("2026-05-14T10:00", "2026-05-14T10:00:00+02:00"),
        ("2026-05-14T10:00-05:00", "2026-05-14T10:00:00-05:00"),
        ("2026-05-14T10:00Z", "2026-05-14T10:00:00Z"),
    ],
)
def test_date_keeps_its_day(tiny: TinySite, written: str, shown: str) -> None:
    tiny.put("gatherwell.yaml", CONFIG + "time_zone: Europe/Berlin\n")
    tiny.article("ms/a.md", date=written)
    tiny.build()
    assert items(tiny)[0]["date_published"] == shown
    assert f"<published>{shown}</published>" in tiny.text("ms/feed.atom")


def test_feed_changed_when_its_latest_entry_did_whatever_the_offsets(tiny: TinySite) -> None:
    tiny.article("ms/a.md", date="2026-05-14T23:00-05:00")
    tiny.article("ms/b.md", date="2026-05-15T01:00Z")
    tiny.build()
    assert "<updated>2026-05-14T23:00:00-05:00</updated>" in tiny.text("ms/feed.atom").partition("<entry>")[0]


WHOLE = (
    "Read [the other](b.md), [below](#below) and https://x.example/.\n\n![A tree](tree.svg)\n\n## Below {#below}\n\n"
    ":::note\nRest & drink.\n:::\n\n:::poll{#p}\nDoes it help?\n- Yes {#yes}\n- No {#no}\n:::\n\nSaid[^s].\n\n[^s]: Who.\n"
)


def contents(site: TinySite) -> list[str]:
    """What both feeds hold of the article *a*."""
    atom = next(entry for entry in entries(site) if entry.title == "a")
    json_item = next(item for item in items(site) if item["title"] == "a")
    return [atom.content[0].value if "content" in atom else "", json_item.get("content_html", "")]


@pytest.fixture
def whole(tiny: TinySite) -> TinySite:
    tiny.put("gatherwell.yaml", CONFIG + "feeds: {content: full}\n")
    tiny.put("content/ms/tree.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>')
    tiny.article("ms/a.md", WHOLE, date="2026-01-01")
    tiny.article("ms/b.md", date="2026-01-02")
    tiny.build()
    return tiny


@pytest.mark.parametrize(
    "part",
    [
        '<a href="https://tiny.example/ms/b/">the other</a>',
        '<a href="https://tiny.example/ms/a/#below">below</a>',
        '<img src="https://tiny.example/assets/',
        "Rest &amp; drink.",
        '<a href="https://tiny.example/ms/a/#poll-p">Does it help?</a>',
        'href="https://tiny.example/ms/a/#ref-1"',
    ],
)
def test_whole_text_leads_to_the_site(whole: TinySite, part: str) -> None:
    _, content = contents(whole)
    assert part in content


def test_both_feeds_hold_one_whole_text_without_forms(whole: TinySite) -> None:
    atom, as_json = contents(whole)
    assert "Rest & drink." in atom or "Rest &amp; drink." in atom
    assert not any(
        tag in as_json for tag in ("<form", "<button", "<script", ' href="/', ' src="/', ' href="#')
    )


def test_changed_text_changes_the_feeds_that_hold_it(whole: TinySite) -> None:
    whole.replace("content/ms/a.md", "Rest & drink.", "Sleep & drink.")
    whole.build()
    assert all("Sleep" in content for content in contents(whole))


def test_feed_holds_summaries_alone_where_nobody_asked_for_more(tiny: TinySite) -> None:
    tiny.article("ms/a.md", "First words.\n\nSecond words.", date="2026-01-01", summary="In short.")
    tiny.build()
    assert contents(tiny) == ["", ""]
    assert items(tiny)[0]["content_text"] == "In short."
