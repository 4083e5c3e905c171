"""Where articles come, go or change, only views and checks are made anew that looked up what differs then."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from generator.build import plan
from generator.checks import Checked
from generator.content.read import Document
from generator.ground.reads import Lookups
from generator.site.context import SiteContext
from generator.site.types import Article, Site
from tests.generator.build.test_title_edits import ROOT, SITE, watch_views
from tests.sites import TinySite

NEW = "content/ms/new.md"
TEXT = "---\ntitle: New\ndate: 2026-01-08\n{}---\nText.\n"


@pytest.fixture
def site(site: TinySite) -> TinySite:
    site.write(SITE)
    site.put("content/ra/far.md", "---\ntitle: Far\ndate: 2026-01-09\n---\nSee [a day](../ms/days/two.md).\n")
    site.put(
        "content/ra/lost.md",
        "---\ntitle: Lost\ndate: 2026-01-09\n---\nSee [it](/ms/new/), [this](../ms/new.md).\n",
    )
    site.replace("gatherwell.yaml", "title: Tiny", "title: Tiny\nchecks: {links: warning}")
    site.build()
    return site


def pages(made: list[str], condition: str) -> set[str]:
    return {path for path in made if path.startswith(f"{condition}/") and path.endswith("/index.html")}


def move(site: TinySite, path: str, to: str) -> None:
    (site.root / path).rename(site.root / to)


EDITS: Mapping[str, Callable[[TinySite], object]] = {
    "comes": lambda site: site.put(NEW, TEXT.format("")),
    "comes to another list": lambda site: site.put(NEW, TEXT.format("conditions: ra\n")),
    "comes as a draft": lambda site: site.put(NEW, TEXT.format("draft: true\n")),
    "comes as an answer": lambda site: site.put(NEW, TEXT.format("because: [{page: ../ra/walk.md}]\n")),
    "goes": lambda site: (site.root / "content/ms/days/two.md").unlink(),
    "goes from another list": lambda site: (site.root / "content/ra/did.md").unlink(),
    "moves": lambda site: move(site, "content/ms/days/two.md", "content/ra/two.md"),
    "another address": lambda site: site.replace("content/ms/days/two.md", "date:", "slug: zwei\ndate:"),
    "taken off": lambda site: site.replace("content/ms/days/two.md", "date:", "draft: true\ndate:"),
    "another day": lambda site: site.replace("content/ra/question.md", "2026-01-03", "2025-01-03"),
    "another author": lambda site: site.replace("content/ms/named.md", "date:", "authors: ana\ndate:"),
    "first of its language": lambda site: site.put("content/ms/named.es.md", TEXT.format("")),
    "another original": lambda site: site.put(
        "content/ra/otra.es.md", TEXT.format("translation_of: walk.md\n")
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_article_that_comes_goes_or_changes_is_followed(
    site: TinySite, edit: Callable[[TinySite], object], tmp_path: Path
) -> None:
    edit(site)
    warnings = set(site.build().warnings)
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")
    assert warnings == set(site.build(clean=True).warnings)


def test_views_of_another_condition_are_kept_unless_they_looked_it_up(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = watch_views(monkeypatch)
    site.put(NEW, TEXT.format(""))
    site.build()
    assert pages(made, "ra") == {"ra/lost/index.html"}
    assert pages(made, "ms") >= {"ms/new/index.html", "ms/one/index.html", "ms/two/index.html"}
    made.clear()
    (site.root / "content/ms/days/two.md").unlink()
    site.build()
    assert pages(made, "ra") == {"ra/far/index.html"}


def test_only_documents_are_checked_that_looked_up_what_differs(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    run_checks = plan.run_checks

    def watched(context: SiteContext, documents: Mapping[str, Document]) -> Checked:
        seen.extend(documents)
        return run_checks(context, documents)

    monkeypatch.setattr(plan, "run_checks", watched)
    site.put(NEW, TEXT.format(""))
    site.build()
    assert {"content/ms/new.md", "content/ra/lost.md"} <= set(seen)
    assert [path for path in seen if not path.startswith("content/ms/")] == ["content/ra/lost.md"]


def test_what_was_looked_up_is_known_after_builds_that_kept_it(
    site: TinySite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site.put(NEW, TEXT.format(""))
    site.build()
    site.replace("content/ms/days/one.md", "The end.", "An end.")
    site.build()
    site.replace("content/ms/days/one.md", "One day", "Day one")
    site.build()
    made = watch_views(monkeypatch)
    (site.root / "content/ms/days/two.md").unlink()
    site.build()
    assert pages(made, "ra") == {"ra/far/index.html"}
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")


def test_no_value_of_a_site_holds_articles_that_are_not_noted(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Site] = []
    monkeypatch.setattr(plan, "run_checks", lambda context, _: found.append(context.site) or Checked([], {}))
    site.build(clean=True)
    fields = msgspec.structs.asdict(found[0]).items()
    assert [name for name, value in fields if holds_articles(value)] == []


def holds_articles(value: object) -> bool:
    if isinstance(value, Lookups):
        return False
    if isinstance(value, Mapping):
        return any(map(holds_articles, value.values()))
    if isinstance(value, tuple | list):
        return any(map(holds_articles, value))
    if isinstance(value, msgspec.Struct):
        return isinstance(value, Article) or any(map(holds_articles, msgspec.structs.astuple(value)))
    return False


# Each of these makes a value that SharedValues.whole holds, or what pages share.
ASIDE = {
    "generator/build/shared_values.py:_by_name",
    "generator/site/types.py:_belongs_to",
    "generator/views/context.py:answers",
    "generator/views/context.py:corrected",
    "generator/views/context.py:stages_by_language",
    "generator/views/context.py:types_by_language",
    "generator/views/planned.py:get",
    "generator/views/shared_parts.py:person_languages",
}


def asides() -> Iterator[str]:
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Attribute) and node.attr == "aside":
                        yield f"{path.relative_to(ROOT)}:{function.name}"


def test_what_is_noted_nowhere_is_compared_as_a_whole() -> None:
    assert set(asides()) == ASIDE
