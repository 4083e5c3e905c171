"""After an edit of titles and summaries only views are made that read the article, and the output is that of a clean build."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build import render, stages
from generator.views.context import ViewContext
from generator.views.planned import Planned
from tests.sites import TinySite

ROOT = Path(__file__).parents[3]

# An article stands in these in every way that there is to name one.
SITE = """\
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
pagination: {per_page: 2}
cards: article
feeds: {items: 2, content: full}
menu: [{page: ms/named.md}]
widgets: {endpoint: /api/v1}
== content/ra/_index.md
---
title: Rheumatoid arthritis
start_here: [mornings.md]
---
== content/ra/mornings.md
---
title: Mornings
date: 2026-01-02
topics: [sleep]
aliases: [/old/]
corrections: [{date: 2026-02-02, what: A word}]
---
:::poll{#stiff}
Are your mornings stiff?
- Yes {#yes}
- No {#no}
:::
== content/ra/mornings.es.md
---
title: Mañanas
date: 2026-01-01
topics: [sleep]
---
Hola.
== content/ra/question.md
---
title: What helps?
type: question
date: 2026-01-03
topics: [sleep]
authors: ana
---
See [mornings](mornings.md).
== content/ra/did.md
---
title: A page on mornings
type: we-did
date: 2026-02-01
conditions: ms
reviewer: bo
last_reviewed: 2026-02-02
because:
- poll: stiff
- page: question.md
---
Text.
== content/ra/walk.md
---
title: A walk
type: event
start: 2026-07-01T10:00
topics: [sleep]
---
Text.
== content/ms/named.md
---
title: Named in the menu
date: 2026-01-05
---
Text.
== content/ms/days/_index.md
---
title: Days
---
== content/ms/days/one.md
---
title: One day
date: 2026-01-06
topics: [work]
---
## Start

LONG

The end.
== content/ms/days/two.md
---
title: Another day
summary: Short.
date: 2026-01-07
topics: [work]
---
Text.
== content/_people/ana.md
---
name: Ana
role: advocate
---
A sample.
== content/_people/bo.md
---
name: Bo
role: clinician
credential: MD
---
A sample.
""".replace("LONG", "Many words. " * 40)
ARTICLES = (
    "ra/mornings.md",
    "ra/mornings.es.md",
    "ra/question.md",
    "ra/did.md",
    "ra/walk.md",
    "ms/named.md",
    "ms/days/one.md",
)


@pytest.fixture
def site(site: TinySite) -> TinySite:
    site.write(SITE).build()
    return site


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return watch_views(monkeypatch)


def watch_views(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The output paths of all traced outputs whose views are made from now on."""
    found: list[str] = []

    class Counting(Planned):
        def make(self) -> object:
            found.append(self.output_path)
            return self[2]()

    def counted(planned: Planned) -> Planned:
        return Counting(*planned) if planned.traced else planned

    plain = render._changed_tasks
    monkeypatch.setattr(render, "_changed_tasks", lambda some, *rest: plain(map(counted, some), *rest))
    return found


def title_of(site: TinySite, article: str) -> str:
    return (site.root / "content" / article).read_text().split("\n")[1]


@pytest.mark.parametrize("article", ARTICLES)
def test_every_page_that_names_an_article_follows_its_words(
    site: TinySite, article: str, tmp_path: Path
) -> None:
    site.replace(f"content/{article}", title_of(site, article), "title: Xylophone\nsummary: Told.")
    result = site.build()
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")
    assert 0 < result.rendered < result.pages or article == "ms/named.md"


def test_only_views_that_read_the_article_are_made(site: TinySite, made: list[str]) -> None:
    site.replace("content/ms/days/one.md", "One day", "Day one")
    site.build()
    assert sorted(path for path in made if path.endswith(".html")) == [
        "ms/archive/2026/index.html",
        "ms/named/index.html",
        "ms/one/index.html",
        "ms/page/1/index.html",
        "ms/topics/work/index.html",
        "ms/two/index.html",
    ]


def test_what_was_read_is_known_after_an_edit_of_a_text_too(
    site: TinySite, made: list[str], tmp_path: Path
) -> None:
    site.replace("content/ms/days/one.md", "The end.", "An end.")
    site.build()
    assert [path for path in made if path.endswith(".html")] == ["ms/one/index.html"]
    site.replace("content/ms/days/one.md", "One day", "Day one")
    site.build()
    assert "ra/question/index.html" not in made
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")


@pytest.mark.parametrize("article", ARTICLES)
def test_every_page_that_shows_more_of_a_text_follows_it(
    site: TinySite, article: str, tmp_path: Path
) -> None:
    """How it begins, how long it is, its anchors."""
    text = "Xylophone.\n\n## Seen\n\n" + "Some more words. " * 300
    written = (site.root / "content" / article).read_text()
    site.put(f"content/{article}", written.replace("\n---\n", f"\n---\n{text}\n\n", 1))
    site.build()
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")


def test_only_views_that_show_more_of_a_text_are_made(site: TinySite, made: list[str]) -> None:
    site.replace("content/ra/question.md", "See ", "See [the start](../ms/days/one.md#start) and ")
    site.build()
    made.clear()
    site.replace("content/ms/days/one.md", "## Start", "Some more words.\n\n## Start")
    site.build()
    assert sorted(path for path in made if path.endswith(".html")) == [
        "ms/archive/2026/index.html",
        "ms/named/index.html",
        "ms/one/index.html",
        "ms/page/1/index.html",
        "ms/topics/work/index.html",
        "ms/two/index.html",
        "ra/question/index.html",
    ]


def test_a_text_that_was_seen_while_pages_were_planned_makes_every_view_anew(
    site: TinySite, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = stages.plan_outputs

    def planned(context: ViewContext) -> list[Planned]:
        context.bodies.of("content/ms/days/one.md")
        return plain(context)

    monkeypatch.setattr(stages, "plan_outputs", planned)
    site.replace("content/ms/days/one.md", "## Start", "Some more words.\n\n## Start")
    site.build()
    assert "ra/walk/index.html" in made


def test_a_poll_that_changes_makes_every_view_anew(site: TinySite, made: list[str]) -> None:
    site.replace("content/ra/mornings.md", "- No {#no}", "- Never {#no}")
    site.build()
    assert "ms/one/index.html" in made


def test_an_anchor_that_goes_is_missed_where_it_was_linked_to(site: TinySite) -> None:
    site.replace("content/ms/days/two.md", "Text.", "See [the start](one.md#start).")
    site.build()
    site.replace("content/ms/days/one.md", "## Start", "## Beginning")
    (fault,) = site.fails()
    assert fault.startswith("content/ms/days/two.md:")


def test_a_title_in_the_menu_makes_every_page_anew(site: TinySite, made: list[str]) -> None:
    site.replace("content/ms/named.md", "Named in the menu", "Another name")
    site.build()
    assert "ra/question/index.html" in made


@pytest.mark.parametrize(
    "key", ["topics: [work, food]", "topics: [work]\norder: 1", "topics: [work]\nslug: uno"]
)
def test_any_other_key_makes_the_views_of_the_condition_anew(
    site: TinySite, made: list[str], key: str, tmp_path: Path
) -> None:
    site.replace("content/ms/days/one.md", "topics: [work]", key)
    site.build()
    assert {"ms/two/index.html", "ms/named/index.html"} <= set(made)
    # What the other condition lists of this one is not the article that was edited.
    assert not [path for path in made if path.startswith("ra/") and path.endswith(".html")]
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")


def test_findings_of_other_documents_are_kept(site: TinySite) -> None:
    for name in ("did", "question"):
        site.replace(f"content/ra/{name}.md", "type:", "summary: An easy miracle cure.\ntype:")
    site.build()
    site.replace("content/ra/question.md", "What helps?", "What else helps?")
    after = site.build().warnings
    assert after == site.build(clean=True).warnings
    assert {problem.source_path for problem in after} >= {"content/ra/did.md", "content/ra/question.md"}


# What gives an article, its front matter or a list without a note.
AROUND = ("unnoted", "_values", "_by_edition")


def around_the_notes() -> Iterator[str]:
    """Where views, outputs and checks reach an article's front matter without being noted."""
    for room in ("views", "outputs", "checks"):
        for path in sorted((ROOT / "generator" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Attribute):
                    continue
                of_document = isinstance(node.value, ast.Attribute) and node.value.attr == "document"
                if node.attr in AROUND or (of_document and node.attr == "front_matter"):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_front_matter_of_articles_is_reached_where_it_is_noted() -> None:
    assert list(around_the_notes()) == []
