"""Simulated words of members: read in a demonstration alone, told apart on every page, and never before a real snapshot."""

from __future__ import annotations

import json

import pytest

from generator.content.simulated import SIMULATED, parse_simulated
from generator.ground.errors import SiteErrors
from tests.generator.views.test_voices import SITE, pull, voice
from tests.sites import TinySite

ENTRY = """bcdfghjk:
  kind: question
  condition: migraine
  lang: en
  title: Does it pass?
  html: <p>It began.</p>
  published: '2026-03-02'
  answers:
  - {id: '01kk19dy808z5v8b8b4ecrhjtj', html: <p>Yes.</p>, created: '2026-03-03T10:00:00Z', name: Sample member}
"""
PAGE = "migraine/questions/bcdfghjk/index.html"


def demonstration(site: TinySite) -> TinySite:
    site.write(SITE)
    config = site.root / "gatherwell.yaml"
    config.write_text(config.read_text("utf-8") + "demonstration: true\n", "utf-8")
    site.put(SIMULATED, ENTRY)
    return site


def test_a_demonstration_shows_them_and_says_that_nobody_wrote_them(site: TinySite) -> None:
    demonstration(site).build()
    page = site.text(PAGE)
    assert page.index("no member wrote this") < page.index("It began.") < page.index("Yes.")
    assert "<gw-comments" not in page
    assert "noindex" in page
    assert "bcdfghjk" not in site.text("manifest.json") + site.text("sitemap.xml")


def test_no_other_site_shows_them(site: TinySite) -> None:
    demonstration(site)
    config = site.root / "gatherwell.yaml"
    config.write_text(config.read_text("utf-8").replace("demonstration: true", ""), "utf-8")
    with pytest.raises(SiteErrors) as raised:
        site.build()
    assert "demonstration alone" in str(raised.value)


def test_an_edit_of_the_file_changes_the_page_and_its_removal_takes_it_away(site: TinySite) -> None:
    demonstration(site).build()
    site.put(SIMULATED, ENTRY.replace("It began.", "It ended."))
    site.build()
    assert "It ended." in site.text(PAGE)
    (site.root / SIMULATED).unlink()
    site.build()
    assert not (site.out / PAGE).exists()


def test_what_a_member_told_stands_before_what_nobody_did(site: TinySite) -> None:
    demonstration(site)
    pull(site, voice(kind="question", html="<p>Told.</p>"))
    site.build()
    assert "Told." in site.text(PAGE)
    assert "no member wrote this" not in site.text(PAGE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("bcdfghjk:", "a-title:", "eight letters"),
        ("kind: question", "kind: poem", "must be story or question"),
        ("'2026-03-02'", "yesterday", "must be a day"),
        ("title: Does it pass?", "headline: x", "'headline' is not a known key"),
        ("html: <p>It began.</p>", "html: ''", "html"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_with_its_line(old: str, new: str, said: str) -> None:
    entries, problems = parse_simulated(ENTRY.replace(old, new).encode(), demonstration=True)
    assert entries == {}
    assert any(said in problem.message and problem.line for problem in problems), problems


def test_the_words_are_cleaned_as_those_of_a_snapshot(site: TinySite) -> None:
    demonstration(site)
    hostile = json.dumps('<p onclick="x()">ok<script>y</script></p>')
    site.put(SIMULATED, ENTRY.replace("<p>It began.</p>", hostile).replace("<p>Yes.</p>", hostile))
    site.build()
    text = site.text(PAGE).partition('id="page-text"')[2].partition('class="more"')[0]
    assert text.count("ok") == 2
    assert "onclick" not in text
    assert "<script" not in text
