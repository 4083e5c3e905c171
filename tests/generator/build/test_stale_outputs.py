"""No page stays that nothing makes any more, whatever cache a build finds and whoever built before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sites import TinySite

SETTINGS = "title: Tiny\nbase_url: https://tiny.example/\ncards: 'off'\n"
WITHDRAWN = {
    "an article": lambda site: site.article("ms/b.md"),
    "a file of static/": lambda site: site.put("static/b.txt", "Words."),
}


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", SETTINGS)
    site.article("ms/a.md")
    site.build()
    return site


def state(site: TinySite) -> Path:
    return site.root / ".gatherwell"


@pytest.fixture
def aside(tiny: TinySite, tmp_path: Path) -> Path:
    """The cache as it was before anything was added."""
    return Path(shutil.copytree(state(tiny), tmp_path / "aside"))


def put_back(site: TinySite, aside: Path) -> None:
    shutil.rmtree(state(site))
    shutil.copytree(aside, state(site))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("clean", [False, True])
@pytest.mark.parametrize("add", WITHDRAWN.values(), ids=WITHDRAWN)
def test_cache_from_before_a_file_was_added_leaves_nothing_of_it(
    tiny: TinySite, aside: Path, add: Callable[[TinySite], None], clean: bool, jobs: int
) -> None:
    before = tiny.outputs()
    add(tiny)
    tiny.build()
    tiny.delete("content/ms/b.md" if (tiny.root / "content/ms/b.md").exists() else "static/b.txt")
    put_back(tiny, aside)
    tiny.build(clean=clean, jobs=jobs)
    assert tiny.outputs() == before


def test_search_finds_nothing_of_what_an_old_cache_did_not_know(tiny: TinySite, tmp_path: Path) -> None:
    tiny.search = True
    tiny.build()
    before, kept = tiny.outputs(), Path(shutil.copytree(state(tiny), tmp_path / "aside"))
    tiny.article("ms/b.md", "Zebras.")
    tiny.build()
    tiny.delete("content/ms/b.md")
    put_back(tiny, kept)
    tiny.build()
    assert tiny.outputs() == before


def test_two_checkouts_build_into_one_folder(tiny: TinySite, tmp_path: Path) -> None:
    other = TinySite(tmp_path / "other" / tiny.root.name)
    other.put("gatherwell.yaml", SETTINGS)
    other.article("ms/other.md")
    for _ in range(2):
        other.build(out=tiny.out)
        assert not (tiny.out / "ms/a").exists()
        tiny.build()
        assert not (tiny.out / "ms/other").exists()
        assert (tiny.out / "ms/a/index.html").exists()


def test_file_that_somebody_put_where_an_output_once_was_stays(tiny: TinySite, tmp_path: Path) -> None:
    tiny.put("static/CNAME", "tiny.example")
    tiny.build()
    kept = Path(shutil.copytree(state(tiny), tmp_path / "aside"))
    tiny.delete("static/CNAME")
    tiny.build()
    (tiny.out / "CNAME").write_text("theirs.example")
    put_back(tiny, kept)
    tiny.build()
    assert tiny.text("CNAME") == "theirs.example"


def test_clean_build_draws_its_cards_anew(tiny: TinySite) -> None:
    tiny.put("gatherwell.yaml", SETTINGS.replace("cards: 'off'\n", ""))
    tiny.build()
    drawn = sorted((state(tiny) / "cards").iterdir())
    (state(tiny) / "cards/left-over").write_bytes(b"")
    tiny.build(clean=True)
    assert sorted((state(tiny) / "cards").iterdir()) == drawn != []


@pytest.mark.parametrize("name", ["assets/dead.svg", "templates/dead.html", "i18n/dead.yaml"])
def test_link_that_leads_nowhere_among_a_themes_files_is_named(tiny: TinySite, name: str) -> None:
    tiny.put("themes/commons/theme.yaml", "extends: commons\n")
    link = tiny.root / "themes/commons" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tiny.root / "gone")
    assert tiny.fails() == [
        f"themes/commons/{name}: cannot be read (No such file or directory)"
        " | it is a link that leads nowhere: take it out, or mend it"
    ]
