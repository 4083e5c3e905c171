"""A site's own menu, logo, footer, organisation and places elsewhere, by settings alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.generator.pictures import encoded, picture
from tests.sites import TinySite

SITE = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/health/
languages: [en, es]
logo: _images/logo.png
menu:
  - _pages/about.md
  - {page: migraine/pacing.md#rest, label: {en: How to rest, es: Descansar}}
  - {url: https://forum.example/, label: Forum, language: en}
footer:
  text: {en: Made by people who live with it., es: Hecho por quienes viven con ella.}
  links: [migraine/pacing.md]
organisation:
  name: Tiny Trust
  url: https://trust.example/
  email: hello@trust.example
  telephone: "+44 20 7946 0000"
  address: 1 High Street, Leeds
  charity_number: "1234567"
social: {Mastodon: "https://social.example/@tiny"}
== content/_pages/about.md
---
title: About us
---
Words.
== content/_pages/about.es.md
---
title: Quiénes somos
---
Palabras.
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/pacing.md
---
title: Pacing
---
## Rest {#rest}
== content/migraine/pacing.es.md
---
title: Ritmo
---
## Descanso {#rest}
== content/lupus/_index.md
---
title: Lupus
menu: [../_pages/about.md, basics.md]
logo: lupus.png
logo_alt: Lupus together
social: {Forum: "https://lupus.example/"}
---
== content/lupus/basics.md
---
title: What lupus is
---
Words.
"""


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    tiny = TinySite(tmp_path / "tiny", SITE)
    tiny.put("content/_images/logo.png", encoded(picture((32, 32)), "PNG"))
    tiny.put("content/lupus/lupus.png", encoded(picture((64, 32)), "PNG"))
    return tiny


def menu(page: str) -> list[tuple[str, str]]:
    first = page[page.index('id="page-menu"') :].split("</nav>")[0].split('<ul class="menu-conditions"')[0]
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', first)


def test_the_menu_names_pages_by_file_in_the_page_s_language(site: TinySite) -> None:
    site.build()
    assert menu(site.text("index.html")) == [
        ("/health/about/", "About us"),
        ("/health/migraine/pacing/#rest", "How to rest"),
        ("https://forum.example/", "Forum"),
    ]
    assert menu(site.text("es/index.html")) == [
        ("/health/es/about/", "Quiénes somos"),
        ("/health/migraine/es/pacing/#rest", "Descansar"),
    ]


def test_a_condition_has_a_menu_a_logo_and_places_of_its_own(site: TinySite) -> None:
    site.build()
    page = site.text("lupus/basics/index.html")
    assert menu(page) == [("/health/about/", "About us"), ("/health/lupus/basics/", "What lupus is")]
    assert re.search(r'<img class="logo" src="/health/assets/images/lupus[^"]+" alt="Lupus together"', page)
    assert "https://lupus.example/" in page
    assert "social.example" not in page


def test_the_site_s_menu_comes_after_the_parts_of_a_condition(site: TinySite) -> None:
    site.build()
    assert menu(site.text("migraine/pacing/index.html")) == [
        ("/health/migraine/#page-section-article", "News and articles"),
        ("/health/migraine/topics/", "Topics A to Z"),
        ("/health/about/", "About us"),
        ("/health/migraine/pacing/#rest", "How to rest"),
        ("https://forum.example/", "Forum"),
    ]


def test_a_menu_may_name_a_part_of_a_condition_s_home(site: TinySite) -> None:
    site.replace(
        "gatherwell.yaml", "  - _pages/about.md", "  - {page: migraine/_index.md#page-start, label: Begin}"
    )
    (told,) = site.fails()
    assert told == (
        "gatherwell.yaml:6:5: there is no anchor #page-start in content/migraine/_index.md"
        " | write `start_here: […]` into content/migraine/_index.md"
    )
    site.replace("content/migraine/_index.md", "title: Migraine", "title: Migraine\nstart_here: [pacing.md]")
    site.build()
    assert ("/health/migraine/#page-start", "Begin") in menu(site.text("index.html"))
    site.replace("gatherwell.yaml", "#page-start", "#page-stat")
    (told,) = site.fails()
    assert told.endswith("did you mean 'page-start'?")


def test_a_logo_that_says_the_title_stands_for_it(site: TinySite) -> None:
    site.build()
    with_title, alone = site.text("index.html"), site.text("lupus/index.html")
    assert re.search(
        r'<img class="logo" src="/health/assets/images/logo[^"]+" alt="".*?<span>Tiny</span></a>',
        with_title,
        re.S,
    )
    assert "<span>Tiny</span>" not in alone
    logo = re.search(r'class="logo" src="/health/([^"]+)"', with_title)
    assert logo
    assert (site.out / logo[1]).is_file()


def test_the_footer_says_who_publishes(site: TinySite) -> None:
    site.build()
    foot = site.text("migraine/pacing/index.html").split("<footer")[1]
    for part in (
        "<p>Made by people who live with it.</p>",
        '<a href="/health/migraine/pacing/">Pacing</a>',
        '<a href="https://trust.example/">Tiny Trust</a>',
        "Registered charity 1234567",
        "1 High Street, Leeds",
        '<a href="tel:+442079460000">+44 20 7946 0000</a>',
        '<a href="mailto:hello@trust.example">hello@trust.example</a>',
        '<a href="https://social.example/@tiny" rel="me noopener">Mastodon</a>',
    ):
        assert part in foot
    assert "<p>Hecho por quienes viven con ella.</p>" in site.text("migraine/es/pacing/index.html")


def graph(page: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)
    assert found
    things: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return things


def test_json_ld_names_the_organisation_with_its_number_and_places(site: TinySite) -> None:
    site.build()
    who = next(thing for thing in graph(site.text("index.html")) if thing["@type"] == "Organization")
    logo = who.pop("logo")
    assert logo.startswith("https://tiny.example/health/assets/images/logo")
    assert who == {
        "@type": "Organization",
        "name": "Tiny Trust",
        "url": "https://trust.example/",
        "email": "hello@trust.example",
        "telephone": "+44 20 7946 0000",
        "address": "1 High Street, Leeds",
        "identifier": {"@type": "PropertyValue", "propertyID": "charity number", "value": "1234567"},
        "sameAs": ["https://social.example/@tiny"],
    }
    assert graph(site.text("migraine/pacing/index.html"))[0]["publisher"]["name"] == "Tiny Trust"


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (
            "gatherwell.yaml",
            "  - _pages/about.md",
            "  - _pages/abut.md",
            "gatherwell.yaml:6:5: there is no page '_pages/abut.md' | did you mean '_pages/about.md'?",
        ),
        (
            "gatherwell.yaml",
            "pacing.md#rest,",
            "pacing.md#sleep,",
            "gatherwell.yaml:7:5: there is no anchor #sleep in content/migraine/pacing.md | "
            "add {#sleep} to a heading of content/migraine/pacing.md",
        ),
        (
            "gatherwell.yaml",
            "https://forum.example/,",
            "forum.example,",
            "gatherwell.yaml:8:5: 'forum.example' is not a web address | "
            "write it whole: https://…; a page of this site is `page: about.md`",
        ),
        (
            "gatherwell.yaml",
            "links: [migraine/pacing.md]",
            "links: [pacing.md]",
            "gatherwell.yaml:11:11: there is no page 'pacing.md' | did you mean 'migraine/pacing.md'?",
        ),
        (
            "gatherwell.yaml",
            "logo: _images/logo.png",
            "logo: logo.png",
            "gatherwell.yaml:4:7: there is no image 'content/logo.png' | write the path of a picture below content/",
        ),
        (
            "content/lupus/_index.md",
            "basics.md]",
            "basic.md]",
            "content/lupus/_index.md:3:7: there is no page 'basic.md' | did you mean 'basics.md'?",
        ),
    ],
)
def test_what_is_named_and_missing_is_told_with_its_place(
    site: TinySite, path: str, old: str, new: str, told: str
) -> None:
    site.replace(path, old, new)
    assert told in site.fails()


def test_a_page_that_a_template_names_is_checked_and_linked(site: TinySite) -> None:
    site.put("themes/commons/theme.yaml", "extends: commons\n")
    template = site.root / "themes/commons/templates/partials/chrome-footer.html"
    site.put(
        str(template.relative_to(site.root)),
        '{% extends "partials/chrome-footer.html" %}\n'
        '{% block footer_end %}<a href="{{ url("_pages/about.md") }}">about</a>{% endblock %}',
    )
    site.build()
    assert '<a href="/health/es/about/">about</a>' in site.text("migraine/es/pacing/index.html")

    site.replace(str(template.relative_to(site.root)), "about.md", "abut.md")
    (told,) = site.fails()
    assert told == (
        "themes/commons/templates/partials/chrome-footer.html:2:40: there is no page '_pages/abut.md' | "
        "did you mean '_pages/about.md'?"
    )


def test_a_footer_names_no_page_twice(site: TinySite) -> None:
    site.replace(
        "gatherwell.yaml", "links: [migraine/pacing.md]", "links: [_pages/about.md, migraine/pacing.md]"
    )
    site.build()
    for path, about in (("index.html", "/health/about/"), ("es/index.html", "/health/es/about/")):
        foot = site.text(path).split("<footer")[1].split("</nav>")[0]
        assert re.findall(r'href="([^"]+)"', foot)[:1] == [about], path
        assert foot.count(f'href="{about}"') == 1, path


def test_a_draft_in_the_menu_is_left_out_with_a_warning(site: TinySite) -> None:
    site.replace("content/lupus/basics.md", "title: What lupus is", "title: What lupus is\ndraft: true")
    result = site.build()
    assert menu(site.text("lupus/index.html")) == [("/health/about/", "About us")]
    assert any(
        "content/lupus/basics.md is a draft; no link is shown" in str(each) for each in result.warnings
    )


def test_a_renamed_page_renames_itself_in_every_menu_as_in_a_clean_build(
    site: TinySite, tmp_path: Path
) -> None:
    site.build()
    site.replace("content/_pages/about.md", "About us", "Who we are")
    site.build()
    assert ("/health/about/", "Who we are") in menu(site.text("migraine/index.html"))
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")
