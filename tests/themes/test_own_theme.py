"""The worked example of docs/themes.md, built as it stands there: a designer's theme without a copied file."""

from __future__ import annotations

import re

import pytest

from generator.build.check import find_problems
from generator.ground.project import Options, Project
from tests.sites import NOW, TinySite
from tests.themes.conftest import THEMES

DOCS = THEMES.parent / "docs" / "themes.md"
BLOCK = re.compile(r"^```\w+\n(?:# |/\* |\{# )([\w./-]+)(?: \*/| #\})?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONTENT = """\
== content/_pages/about.md
---
title: About River
---
Words.
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/pacing.md
---
title: Pacing
photographer: Ada
---
Words.
== content/migraine/light.md
---
title: Light
---
Words.
"""


def example() -> dict[str, str]:
    """The files of the worked example by path."""
    text = DOCS.read_text("utf-8")
    section = text[text.index("## A worked example") : text.index("## Blocks")]
    return dict(BLOCK.findall(section))


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    site = TinySite(tmp_path_factory.mktemp("river") / "river", CONTENT)
    for path, text in example().items():
        site.put(path, text)
    site.put(
        "content/_images/river.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"></svg>'
    )
    site.put("themes/river/assets/fonts/river.woff2", b"wOF2 a font")
    site.build()
    return site


def test_the_example_is_short() -> None:
    files = example()
    assert len(files) == 7
    assert sum(len(text.splitlines()) + 1 for text in files.values()) <= 60


def test_no_file_of_the_parent_is_copied() -> None:
    own = [
        path.removeprefix("themes/river/") for path in example() if path.startswith("themes/river/templates")
    ]
    assert own
    for path in own:
        text = example()[f"themes/river/{path}"]
        assert text.startswith(f'{{% extends "{path.removeprefix("templates/")}" %}}')


def test_logo_menu_and_contact_are_on_every_page(river: TinySite) -> None:
    for path in ("index.html", "migraine/index.html", "migraine/pacing/index.html", "404.html"):
        page = river.text(path)
        assert re.search(r'<img class="logo" src="/assets/images/river\.\w+\.svg"', page), path
        menu = page[page.index('id="page-menu"') :].split("</nav>")[0]
        assert '<a href="/about/">About River</a>' in menu, path
        assert "Registered charity 1234567" in page, path
        assert '<a href="mailto:hello@river.example">' in page, path


def test_the_font_is_published_and_named_by_style_and_page(river: TinySite) -> None:
    [font] = (river.out / "assets/fonts").glob("river.*.woff2")
    [sheet] = (river.out / "assets").glob("site.*.css")
    assert f'url("fonts/{font.name}")' in sheet.read_text()
    assert f'href="/assets/fonts/{font.name}"' in river.text("migraine/index.html")


def test_the_own_key_stands_in_the_article_and_on_its_card(river: TinySite) -> None:
    credit = '<p class="photographer">Photo: Ada</p>'
    assert credit in river.text("migraine/pacing/index.html")
    assert credit in river.text("index.html")
    assert "photographer" not in river.text("migraine/light/index.html")


def test_the_own_block_stands_in_every_article(river: TinySite) -> None:
    for name in ("pacing", "light"):
        assert '<a class="button" href="/about/">Ask the River team</a>' in river.text(
            f"migraine/{name}/index.html"
        )


def test_nothing_is_found_in_the_example(river: TinySite) -> None:
    found = find_problems(Project(river.root, river.out), Options(now=NOW, search=False), lambda _: None)
    assert [str(problem) for problem in found.problems if problem.rule == "theme"] == []


def test_every_block_is_documented_with_its_template() -> None:
    written = {
        (name, path.relative_to(THEMES / "commons/templates").as_posix())
        for path in (THEMES / "commons/templates").rglob("*.html")
        for name in re.findall(r"{% block (\w+) %}", path.read_text("utf-8"))
    }
    documented = set(
        re.findall(r"^\| `(\w+)` \| `([\w./-]+\.html)` \|", DOCS.read_text("utf-8"), re.MULTILINE)
    )
    inherited = {"head", "kind", "lists", "width", "main"}
    assert {(n, p) for n, p in written if p == "base.html" or n not in inherited} == documented
