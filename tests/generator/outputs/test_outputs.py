"""What a site holds beside its pages: feeds, sitemaps, calendars, redirects, headers."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import feedparser
import pytest

from generator.outputs.calendars import folded_line
from generator.outputs.sitemap import MOST, _root_sitemaps
from generator.site.permalinks import make_root
from generator.views import types as shapes
from tests.sites import TinySite

CONFIG = (
    'title: Tiny & co\nbase_url: https://tiny.example/\nlanguages: [en, es]\nsearch: false\ncards: "off"\n'
)
AWKWARD = 'A "B" <c> & ]]> \u2067 é 偏 🎈'


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", CONFIG)
    return site


def test_feeds_hold_awkward_words_whole(tiny: TinySite) -> None:
    tiny.put("content/_people/ana.md", f"---\nname: '{AWKWARD}'\n---\n")
    quoted = f"'{AWKWARD}'"
    tiny.article(
        "ms/a.md", title=quoted, summary=quoted, authors="ana", topics=f"[{quoted}]", date="2026-01-01"
    )
    tiny.build()
    feed = feedparser.parse((tiny.out / "ms/feed.atom").read_bytes())
    (entry,) = feed.entries
    (item,) = json.loads(tiny.text("ms/feed.json"))["items"]
    assert not feed.bozo
    assert (item["title"], item["tags"], item["authors"]) == (AWKWARD, [AWKWARD], [{"name": AWKWARD}])
    root = ElementTree.fromstring((tiny.out / "ms/feed.atom").read_bytes())
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert root.findtext("a:entry/a:title", "", atom) == AWKWARD
    assert root.findtext("a:entry/a:author/a:name", "", atom) == AWKWARD
    assert entry.link == "https://tiny.example/ms/a/"


def test_feeds_hold_the_newest_first_and_no_more_than_asked_for(tiny: TinySite) -> None:
    tiny.replace("gatherwell.yaml", "search: false", "search: false\nfeeds: {items: 2}")
    for day in (3, 1, 2):
        tiny.article(f"ms/a{day}.md", date=f"2026-01-0{day}", summary="S")
    tiny.build()
    for path in ("feed.json", "ms/feed.json"):
        assert [item["url"][-4:] for item in json.loads(tiny.text(path))["items"]] == ["/a3/", "/a2/"]


def test_feed_changes_when_an_entry_does(tiny: TinySite) -> None:
    tiny.article("ms/a.md", date="2026-01-01", updated="2026-03-01T10:00")
    tiny.build()
    feed = feedparser.parse((tiny.out / "ms/feed.atom").read_bytes())
    assert feed.feed.updated == feed.entries[0].updated == "2026-03-01T10:00:00Z"
    assert feed.entries[0].published == "2026-01-01T00:00:00Z"


def test_sitemap_is_parted_beyond_what_one_may_hold() -> None:
    root = make_root("https://tiny.example/", "")
    entries = [shapes.SitemapEntry(f"https://tiny.example/{number}/") for number in range(MOST + 1)]
    first, second, index = list(_root_sitemaps(root, entries))
    assert [plan.output_path for plan in (first, second, index)] == [
        "sitemap-1.xml",
        "sitemap-2.xml",
        "sitemap.xml",
    ]
    view, whole = second.make(), index.make()
    assert isinstance(view, shapes.Sitemap)
    assert len(view.entries) == 1
    assert isinstance(whole, shapes.File)
    assert whole.content.count(b"<loc>https://tiny.example/sitemap-") == 2


def test_sitemap_leaves_out_what_may_not_be_found(tiny: TinySite) -> None:
    tiny.article("ms/a.md", noindex="true")
    tiny.article("ms/b.md", aliases="/old/")
    tiny.build()
    sitemap = tiny.text("sitemap.xml")
    assert "/ms/b/" in sitemap
    assert "/ms/a/" not in sitemap
    assert "/old/" not in sitemap
    assert "/search/" not in sitemap


def test_redirects_are_written_for_servers_and_for_browsers(tiny: TinySite) -> None:
    tiny.article("ms/a.md", aliases="[/old/, /was.html, /ü/x y/]")
    tiny.build()
    assert tiny.text("_redirects").splitlines() == [
        "/%C3%BC/x%20y/ /ms/a/ 301",
        "/old/ /ms/a/ 301",
        "/was.html /ms/a/ 301",
    ]
    assert 'http-equiv="refresh"' in tiny.text("old/index.html")
    assert "https://tiny.example/ms/a/" in tiny.text("ü/x y/index.html")


def test_event_comes_with_a_calendar_file(tiny: TinySite) -> None:
    tiny.replace("gatherwell.yaml", "search: false", "search: false\ntime_zone: Europe/London")
    tiny.article(
        "ms/a.md", title="Tea, talk; rest", type="event", start="2027-07-01T18:00", end="2027-07-01T19:00"
    )
    tiny.article("ms/b.md", type="event", start="2027-07-01", end="2027-07-02")
    tiny.build()
    timed, whole = tiny.text("ms/a/event.ics"), tiny.text("ms/b/event.ics")
    raw = (tiny.out / "ms/a/event.ics").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert "DTSTART:20270701T170000Z" in timed
    assert "DTEND:20270701T180000Z" in timed
    assert "SUMMARY:Tea\\, talk\\; rest" in timed
    assert "DTSTART;VALUE=DATE:20270701" in whole
    assert "DTEND;VALUE=DATE:20270703" in whole


def test_calendar_lines_are_folded_between_characters() -> None:
    folded = folded_line("SUMMARY:" + "é偏🎈" * 40)
    lines = folded.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == "SUMMARY:" + "é偏🎈" * 40


@pytest.mark.parametrize("base", ["https://tiny.example/", "https://tiny.example/health/"])
def test_headers_reach_every_page_and_keep_fingerprinted_files(tiny: TinySite, base: str) -> None:
    tiny.replace("gatherwell.yaml", "https://tiny.example/", base)
    tiny.article("ms/a.md")
    tiny.build()
    path = base.removeprefix("https://tiny.example")
    text = tiny.text("_headers")
    assert text.startswith(f"{path}*\n  Content-Security-Policy: frame-ancestors 'none'\n")
    assert f"{path}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in text


@pytest.mark.parametrize(
    ("endpoint", "policy"),
    [("/api/v1", "same-origin"), ("https://fn.example/api/v1", "strict-origin-when-cross-origin")],
)
def test_a_function_elsewhere_is_told_where_a_form_comes_from(
    tiny: TinySite, endpoint: str, policy: str
) -> None:
    tiny.replace("gatherwell.yaml", "search: false", f'search: false\nwidgets: {{endpoint: "{endpoint}"}}')
    tiny.article("ms/a.md")
    tiny.build()
    assert f"  Referrer-Policy: {policy}\n" in tiny.text("_headers")


@pytest.mark.parametrize(
    ("endpoint", "closed"),
    [
        ("/api/v1", "Disallow: /api/v1/\nDisallow: /desk/\n"),
        ("https://fn.example/api/v1", "Disallow:\n"),
        ("", "Disallow:\n"),
    ],
)
def test_robots_keep_out_of_the_function_alone(tiny: TinySite, endpoint: str, closed: str) -> None:
    tiny.replace("gatherwell.yaml", "search: false", f'search: false\nwidgets: {{endpoint: "{endpoint}"}}')
    tiny.article("ms/a.md")
    tiny.build()
    assert tiny.text("robots.txt") == f"User-agent: *\n{closed}Sitemap: https://tiny.example/sitemap.xml\n"


def test_robots_ask_collectors_for_models_to_stay_away_where_settings_say_so(tiny: TinySite) -> None:
    tiny.replace("gatherwell.yaml", "search: false", "search: false\nai_crawlers: refuse")
    tiny.article("ms/a.md")
    tiny.build()
    refused, others = tiny.text("robots.txt").split("\n\n")
    assert {"User-agent: GPTBot", "User-agent: ClaudeBot"} < set(refused.splitlines())
    assert refused.endswith("\nDisallow: /")
    assert others.startswith("User-agent: *\nDisallow:\n")
