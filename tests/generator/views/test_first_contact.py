"""What a hub shows of its life, help and one's own contributions on every page, and 404 pages by language."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.sites import TinySite

ID = "01k5q3w8r0c4v7n2x9h6j5t1m"
CRISIS = """en:
  - {name: Emergency, number: "112", source: https://example.org/, checked: null, note: Unchecked.}
en-GB:
  - {name: A British line, number: "116 123", text: "85258", source: https://example.org/, checked: null, note: Unchecked.}
"""


def comment(end: str, text: str, **more: Any) -> dict[str, Any]:
    answer = {"id": ID + end, "html": f"<p>{text}</p>", "created": "2026-05-01T00:00:00Z"}
    return {**answer, "pseudonym": "Quiet Heron", **more}


def snapshot(site: TinySite, **more: Any) -> None:
    document = {"version": 1, "fetched": "2026-05-01T00:00:00Z", "polls": {}, "threads": {}, **more}
    site.put(".gatherwell/private/snapshot.json", json.dumps(document))


def hub(site: TinySite) -> str:
    site.build()
    return site.text("migraine/index.html")


def test_an_article_without_a_type_has_a_section_on_the_hub(built: TinySite) -> None:
    built.article("migraine/travelling.md", title="Travelling with migraine")

    page = hub(built)

    section = page[page.index('id="page-section-article"') :]
    assert "News and articles" in section
    assert "Travelling with migraine" in section[: section.index("</section>")]
    menu = page[: page.index("<main")]
    assert "/migraine/#page-section-article" in menu


def test_a_hub_shows_the_conversations_that_the_snapshot_chose(built: TinySite) -> None:
    built.article("migraine/a.md", title="At work")
    thread = {
        "thread": "migraine~a",
        "count": 3,
        "comments": [
            comment("a", "First words."),
            comment("b", "Chosen words.", created="2026-05-02T00:00:00Z"),
            comment("c", "", pseudonym=None, state="withdrawn", created="2026-05-03T00:00:00Z"),
        ],
    }
    snapshot(
        built,
        threads={"migraine~a": thread},
        hub={"migraine": [f"{ID}a", "migraine~a", f"{ID}c", "migraine~gone", f"{ID}z"]},
    )

    page = hub(built)

    assert re.findall(r'href="(/migraine/a/#c-[^"]+)"', page) == [
        f"/migraine/a/#c-{ID}a",
        f"/migraine/a/#c-{ID}b",
    ]
    assert "First words." in page
    assert "Chosen words." in page


def test_a_hub_without_chosen_conversations_has_no_heading_for_them(built: TinySite) -> None:
    snapshot(built)

    assert "page-conversations" not in hub(built)


def test_a_hub_shows_the_newest_poll_that_somebody_answered(built: TinySite) -> None:
    built.article(
        "migraine/old.md", ":::poll{#old}\nAn old question?\n- Yes {#yes}\n- No {#no}\n:::", date="2026-01-01"
    )
    built.article(
        "migraine/new.md", ":::poll{#new}\nA new question?\n- Yes {#yes}\n- No {#no}\n:::", date="2026-05-01"
    )
    options = [{"key": "yes", "votes": 3}, {"key": "no", "votes": 1}]
    answer = {"poll": "migraine~old", "version": 1, "results": {"voters": 4, "options": options}}
    snapshot(built, polls={"migraine~old": answer})

    page = hub(built)

    assert "An old question?" in page
    assert "75%" in page
    assert "A new question?" not in page


def test_every_page_holds_the_crisis_lines_and_a_line_that_opens_them(built: TinySite) -> None:
    built.put("content/_crisis.yaml", CRISIS)
    built.build()

    for path in built.out.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'class="redirect' in text or 'http-equiv="refresh"' in text:
            continue
        assert 'id="page-help"' in text, path
        assert text.count('popovertarget="page-help" popovertargetaction="show"') >= 2, path
        assert 'href="sms:85258"' in text, path
        assert 'data-region="GB"' in text, path
    article = built.text("migraine/a/index.html")
    body = article[article.index("<main") : article.index("</main>")]
    assert 'popovertarget="page-help"' in body


def test_a_condition_that_wants_no_crisis_lines_has_none(built: TinySite) -> None:
    built.put("content/_crisis.yaml", CRISIS)
    built.put("content/migraine/_index.md", "---\ntitle: Migraine\ncrisis: false\n---\n")

    assert "page-help" not in hub(built)


ASKS = ":::poll{#rain}\nRain?\n- Yes {#yes}\n- No {#no}\n:::\n"


@pytest.mark.parametrize(
    ("front_matter", "text", "beside"),
    [
        ("", ASKS, "page-comment-form"),
        ("comments: closed", ASKS, "reaction-row"),
        ("comments: off\nreactions: false", ASKS, "poll-form"),
        ("comments: off\nreactions: false", ASKS + ASKS.replace("#rain", "#snow"), "poll-form"),
        ("comments: off\nreactions: false", "Words.", ""),
    ],
)
def test_the_page_of_ones_own_is_named_once_beside_the_forms(
    built: TinySite, front_matter: str, text: str, beside: str
) -> None:
    built.replace("gatherwell.yaml", "search: false", "search: false\nwidgets: {endpoint: /api/v1}")
    built.put("content/migraine/a.md", f"---\ntitle: A\n{front_matter}\n---\n{text}\n")
    built.build()
    page = built.text("migraine/a/index.html")
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count('href="/you/"') == bool(beside)
    if beside:
        before = main[: main.index('href="/you/"')]
        forms = ("poll-form", "reaction-row", "page-comment-form")
        assert max(forms, key=lambda form: before.rfind(form)) == beside


def test_the_page_of_ones_own_is_in_every_footer_where_a_function_is(built: TinySite) -> None:
    built.build()
    assert 'href="/you/"' not in built.text("migraine/index.html")
    built.replace("gatherwell.yaml", "search: false", "search: false\nwidgets: {endpoint: /api/v1}")

    page = hub(built)

    assert 'href="/you/"' in page[page.index("<footer") :]


def test_addresses_that_are_not_there_are_answered_in_their_language(built: TinySite) -> None:
    built.put(
        "gatherwell.yaml",
        "title: Tiny\nbase_url: https://tiny.example\nlanguage: en\nlanguages: [en, es]\nsearch: false\n",
    )
    built.put("content/migraine/_index.es.md", "---\ntitle: Migraña\n---\n")
    built.build()

    assert "This page is not here" in built.text("404.html")
    assert '<p lang="es">' in built.text("404.html")
    for path in ("es/404.html", "migraine/es/404.html"):
        page = built.text(path)
        assert 'lang="es"' in page[:200]
        assert "This page is not here" not in page
