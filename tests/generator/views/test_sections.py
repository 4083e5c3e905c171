"""An `_index.md` in a folder below a condition's makes that folder a section with a page of its own."""

from __future__ import annotations

import re

import pytest

from generator.site.sections import text_above
from tests.generator.preview.workbench import Workbench
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
cards: "off"
pagination: {per_page: 2}
== content/ra/_index.md
---
title: RA
---
== content/ra/posts/_index.md
---
title: Our posts
aliases: [/blog/]
---
What we *wrote*.
== content/ra/posts/one.md
---
title: One
date: 2026-01-01
---
Words.
== content/ra/posts/2026/two.md
---
title: Two
date: 2026-01-02
---
Words.
== content/ra/other.md
---
title: Other
---
Words.
"""


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.write(SITE).build()
    return site


def shown(site: TinySite, path: str) -> list[str]:
    """The titles of the cards on a page, in order."""
    return re.findall(r"<h2[^>]*>\s*<a[^>]*>([^<]+)</a>", site.text(path))


def test_section_has_its_text_above_what_lies_in_the_folder(tiny: TinySite) -> None:
    page = tiny.text("ra/posts/index.html")
    assert "<h1>Our posts</h1>" in page
    assert page.index("What we <em>wrote</em>.") < page.index(">Two</a>")
    assert shown(tiny, "ra/posts/index.html") == ["Two", "One"]


def test_article_beside_the_folder_is_not_listed(tiny: TinySite) -> None:
    assert "/ra/other/" not in tiny.text("ra/posts/index.html").partition("<main")[2].partition("</main")[0]


def test_older_articles_stand_on_further_pages_without_the_text(tiny: TinySite) -> None:
    for day in (3, 4, 5):
        tiny.article(f"ra/posts/a{day}.md", date=f"2026-01-0{day}")
    tiny.build()
    further = next(path for path in tiny.outputs() if path.startswith("ra/posts/page/"))
    assert "What we" not in tiny.text(further)


def test_draft_has_a_page_among_drafts_alone(tiny: TinySite) -> None:
    tiny.replace("content/ra/posts/_index.md", "title: Our posts", "title: Our posts\ndraft: true")
    tiny.build()
    assert not (tiny.out / "ra/posts/index.html").exists()
    tiny.build(drafts=True)
    assert "What we" in tiny.text("ra/posts/index.html")


def test_section_in_another_language_lists_its_own(tiny: TinySite) -> None:
    tiny.put("content/ra/posts/_index.es.md", "---\ntitle: Textos\n---\nLo escrito.\n")
    tiny.article("ra/posts/uno.es.md", title="Uno")
    tiny.build()
    assert shown(tiny, "ra/es/posts/index.html") == ["Uno"]
    assert 'hreflang="es" href="https://tiny.example/ra/es/posts/"' in tiny.text("ra/posts/index.html")


def test_section_can_be_linked_by_file_and_by_folder(tiny: TinySite) -> None:
    tiny.article("ra/other.md", "[File](posts/_index.md), [folder](posts/), [address](/ra/posts/).")
    tiny.build()
    assert tiny.text("ra/other/index.html").count('href="/ra/posts/"') == 3


def test_sections_of_one_folder_name_each_other_and_those_below(tiny: TinySite) -> None:
    tiny.put("content/ra/days/_index.md", "---\ntitle: Days\n---\n")
    tiny.put("content/ra/posts/2026/_index.md", "---\ntitle: Of 2026\n---\n")
    tiny.build()
    page = tiny.text("ra/posts/index.html")
    assert [f'href="/ra/{path}/"' in page for path in ("days", "posts/2026")] == [True, True]
    assert 'href="/ra/posts/"' in tiny.text("ra/posts/2026/index.html")


def test_old_address_leads_to_the_section(tiny: TinySite) -> None:
    assert "https://tiny.example/ra/posts/" in tiny.text("blog/index.html")
    assert "/blog/ /ra/posts/ 301\n" in tiny.text("_redirects")


def test_sitemap_names_the_section(tiny: TinySite) -> None:
    assert "<loc>https://tiny.example/ra/posts/</loc>" in tiny.text("sitemap.xml")


def test_changed_text_renders_its_page_alone(tiny: TinySite) -> None:
    tiny.replace("content/ra/posts/_index.md", "What we *wrote*.", "What we *say*.\n\nAnd more.")
    tiny.build()
    tiny.replace("content/ra/posts/_index.md", "And more.", "And less.")
    assert tiny.build().rendered == 1


def test_article_with_the_sections_address_is_refused_with_both_names(tiny: TinySite) -> None:
    tiny.article("ra/posts.md")
    (told,) = tiny.fails()
    assert "content/ra/posts.md" in told
    assert "content/ra/posts/_index.md" in told


@pytest.mark.parametrize("folder", ["topics", "archive", "es"])
def test_folder_with_a_reserved_name_is_refused(tiny: TinySite, folder: str) -> None:
    tiny.put(f"content/ra/{folder}/_index.md", "---\ntitle: A\n---\n")
    assert tiny.fails() == [
        f"content/ra/{folder}/_index.md: '{folder}' is a reserved address | rename the folder"
    ]


@pytest.mark.parametrize("folder", ["stories", "questions"])
def test_list_of_stories_or_questions_has_its_text(tiny: TinySite, folder: str) -> None:
    tiny.put(f"content/ra/{folder}/_index.md", "---\ntitle: A\n---\nAbove them.\n")
    tiny.article(f"ra/{folder}/mine.md", title="Mine")
    tiny.build()
    assert "Above them." in tiny.text(f"ra/{folder}/index.html")
    assert shown(tiny, f"ra/{folder}/index.html") == ["Mine"]


def test_text_above_surveys_is_kept_for_the_list_that_the_site_makes(tiny: TinySite) -> None:
    tiny.put("content/ra/surveys/_index.md", "---\ntitle: A\n---\nAbove them.\n")
    plan = Workbench(tiny).plan
    found = text_above(plan.site, "ra", "en", "surveys")
    assert found is not None
    assert found.front_matter.title == "A"
    assert "ra/surveys/index.html" not in plan.planned
    assert text_above(plan.site, "ra", "en", "polls") is None
