"""Links as writers write them: found by path, checked to the anchor, every miss told with a place and a near guess."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

import pytest

from generator.site.links import near_path
from tests.sites import TinySite

CONTENT = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
search: false
cards: "off"
widgets: {endpoint: /api/v1}
== content/ms/_index.md
---
title: MS
---
Welcome.
== content/ms/a.md
---
title: Article A
---
LINK
== content/ms/a.es.md
---
title: Artículo A
---
[B](deep/b.md)
== content/ms/deep/b.md
---
title: Article B
---
## Start {#start}
== content/ms/deep/b.es.md
---
title: Artículo B
---
Texto.
== content/ms/only/index.md
---
title: Index
slug: index-of-only
---
Text.
== content/ms/later.md
---
title: Later
date: 2026-07-01
---
== content/ms/draft.md
---
title: Draft
draft: true
---
== content/ms/leaflet.pdf
%PDF
== content/_people/ana.md
---
name: Ana
---
== content/_pages/about.md
---
title: About
---
"""
LEADS = {
    "deep/b.md": "/ms/b/",
    "deep/b.md#start": "/ms/b/#start",
    "deep/b.md?from=a#start": "/ms/b/?from=a#start",
    "./deep/../deep/b.md": "/ms/b/",
    "deep/b": "/ms/b/",
    "/content/ms/deep/b.md": "/ms/b/",
    "/ms/b/": "/ms/b/",
    "/ms/b": "/ms/b/",
    "only/": "/ms/index-of-only/",
    "_index.md": "/ms/",
    "deep/b.md#comments": "/ms/b/#comments",
    "../_people/ana.md": "/people/ana/",
    "../_pages/about.md": "/about/",
    "https://example.org/x?y#z": "https://example.org/x?y#z",
    "mailto:ana@example.org": "mailto:ana@example.org",
    "tel:+441234": "tel:+441234",
}


@pytest.mark.parametrize(("written", "address"), LEADS.items(), ids=LEADS)
def test_link_leads_to_the_page(site: TinySite, written: str, address: str) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", f"[there]({written})")
    site.build()
    assert f'href="{address}"' in site.text("ms/a/index.html")


def test_link_leads_to_the_translation_where_there_is_one(site: TinySite) -> None:
    site.write(CONTENT).build()
    assert 'href="/ms/es/b/"' in site.text("ms/es/a/index.html")


def test_link_to_a_file_carries_it_along(site: TinySite) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", "[leaflet](leaflet.pdf)")
    site.build()
    (copied,) = (site.out / "assets/files").iterdir()
    assert f'href="/assets/files/{copied.name}"' in site.text("ms/a/index.html")
    assert copied.read_bytes() == (site.root / "content/ms/leaflet.pdf").read_bytes()


MISSES = {
    "[x](deep/bb.md)": "6:1: there is no page 'deep/bb.md' | did you mean 'deep/b.md'?",
    "[x](deep/b.md#stort)": "6:1: there is no anchor #stort in content/ms/deep/b.md | did you mean 'start'?",
    "Words [x](../../../etc/passwd)": (
        "6:7: there is no page '../../../etc/passwd'"
        " | links are written as file paths: [pacing](../living-with/pacing.md)"
    ),
    "[x](/nowhere/)": (
        "6:1: there is no page '/nowhere/' | links are written as file paths: [pacing](../living-with/pacing.md)"
    ),
    "[x](draft.md)": "6:1: content/ms/draft.md is a draft | publish it first, or take the link out",
    "[x](gone.pdf)": "6:1: there is no page 'gone.pdf'",
    "[x](#nothing)": "6:1: nothing here has the id 'nothing'",
    "[x](javascript:alert(1))": "6:1: links of the kind 'javascript:' are not ",
}


@pytest.mark.parametrize(("body", "error"), MISSES.items(), ids=MISSES)
def test_link_that_leads_nowhere_is_refused(site: TinySite, body: str, error: str) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", f"Line one.\n\n{body}")
    (found,) = site.fails()
    assert found.startswith(f"content/ms/a.md:{error}")


@pytest.mark.parametrize("level", ["warning", "off"])
def test_checks_take_links_as_seriously_as_the_settings_say(site: TinySite, level: str) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", "[x](nowhere.md) and [y](#nothing)")
    site.replace("gatherwell.yaml", "title: Tiny", f'title: Tiny\nchecks: {{links: "{level}"}}')
    told = [warning for warning in site.build().warnings if warning.source_path == "content/ms/a.md"]
    assert len(told) == (2 if level == "warning" else 0)


def test_link_to_a_scheduled_article_leads_to_the_hub_meanwhile(site: TinySite) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", "[soon](later.md)")
    (warning,) = site.build().warnings
    assert (
        warning.message
        == "content/ms/later.md is scheduled; the link leads to the condition's home meanwhile"
    )
    assert '<a href="/ms/">soon</a>' in site.text("ms/a/index.html")


def test_start_here_names_articles(site: TinySite) -> None:
    site.write(CONTENT).replace(
        "content/ms/_index.md", "title: MS", "title: MS\nstart_here: [deep/b.md, deep/c.md]"
    )
    site.replace("content/ms/a.md", "LINK", "Text.")
    assert site.fails() == [
        "content/ms/_index.md:3:25: there is no article 'deep/c.md' | write it as a path from this file: basics/what-is-it.md"
    ]


NFD = unicodedata.normalize("NFD", "ñ")
SPELLINGS = {
    f"mira{NFD}a.md": "miraña.md",
    "miraña.md": f"mira{NFD}a.md",
    "%E4%B8%AD.md": "中.md",
    "with blank.md": "with%20blank.md",
    "b.markdown": "b.markdown",
    "UP.MD": "UP.MD",
}


@pytest.mark.parametrize(("file", "written"), SPELLINGS.items(), ids=map(ascii, SPELLINGS))
def test_link_meets_its_file_in_any_spelling(site: TinySite, file: str, written: str) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", f"[there]({written})")
    site.put(f"content/ms/{file}", "---\ntitle: There\nslug: there\n---\nText.")
    site.replace("content/ms/_index.md", "title: MS", f'title: MS\nstart_here: ["{written}"]')
    site.build()
    assert 'href="/ms/there/"' in site.text("ms/a/index.html")
    assert "Text." in site.text("ms/there/index.html")
    site.build()


@pytest.mark.parametrize("file", [f"foto-{NFD}.svg", "%E4%B8%AD.svg"], ids=ascii)
def test_picture_meets_its_file_in_any_spelling(site: TinySite, file: str) -> None:
    name = unquote(unicodedata.normalize("NFC", file))
    site.write(CONTENT).replace("content/ms/a.md", "LINK", f"![p]({name}) [file]({name[:-4]}.pdf)")
    site.put(f"content/ms/{file}", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    site.put(f"content/ms/{file[:-4]}.pdf", b"%PDF")
    site.build()
    assert len(list((site.out / "assets").rglob("*.pdf"))) == 1


def test_address_made_of_a_percent_named_file_is_decoded(site: TinySite) -> None:
    site.write(CONTENT).put("content/ms/%E4%B8%AD.md", "---\ntitle: There\n---\nText.")
    site.replace("content/ms/a.md", "LINK", "Text.")
    site.build()
    assert "Text." in site.text("ms/中/index.html")


def test_two_spellings_of_one_name_are_refused(site: TinySite) -> None:
    site.write(CONTENT).put("content/ms/ñ.md", "---\ntitle: A\n---\n")
    site.put(f"content/ms/{NFD}.md", "---\ntitle: B\n---\n")
    assert "content/ms/ñ.md: two files have this name" in "".join(site.fails())


HINTS = {
    "content/ms/deep/b.md": "did you mean 'deep/b.md'?",
    "b.md": "did you mean 'deep/b.md'?",
    "Deep/B.md": "upper and lower case matter: write 'deep/b.md'",
    "LEAFLET.pdf": "upper and lower case matter: write 'leaflet.pdf'",
    "deep/b.markdwn": "did you mean 'deep/b.md'?",
    "../leaflet.pdf": "did you mean 'leaflet.pdf'?",
    "www.example.org": "an address of another site is written whole: [text](https://www.example.org)",
    "example.org/a": "an address of another site is written whole: [text](https://example.org/a)",
    "ana@example.org": "an address of another site is written whole: [text](mailto:ana@example.org)",
}


@pytest.mark.parametrize(("written", "hint"), HINTS.items(), ids=HINTS)
def test_hint_is_what_one_would_type(site: TinySite, written: str, hint: str) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", f"[x]({written})")
    (found,) = site.fails()
    assert found.endswith(f" | {hint}")


def test_hint_never_names_the_page_itself(site: TinySite) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", "[x](aa.md)")
    (found,) = site.fails()
    assert "did you mean 'a.md'" not in found


def test_picture_in_another_case_is_told(site: TinySite) -> None:
    site.write(CONTENT).replace("content/ms/a.md", "LINK", "![x](Photo.PNG)")
    site.put("content/ms/photo.png", b"x")
    (found,) = site.fails()
    assert found.endswith(" | upper and lower case matter: write 'photo.png'")


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("content/ms/living-with/abc", ""),
        ("content/ms/living-with/Pic.PNG", ""),
        ("content/ms/living-with/pacin.md", "did you mean 'pacing.md'?"),
        ("content/ms/pacing.md", "did you mean 'pacing.md'?"),
    ],
)
def test_path_of_another_name_in_the_same_folder_is_no_suggestion(wanted: str, hint: str) -> None:
    known = [f"content/ms/living-with/{name}" for name in ("pacing.md", "tb9.md", "b.txt", "a.md")]
    assert near_path("content/ms/living-with/a.md", wanted, known) == hint
