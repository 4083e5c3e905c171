"""A path that begins with a slash finds a file of content/, then one of static/, as other generators have it."""

from __future__ import annotations

import re

import pytest

from tests.generator.pictures import encoded, picture
from tests.sites import TinySite


def png(size: tuple[int, int] = (40, 20)) -> bytes:
    return encoded(picture(size), "PNG")


SETTINGS = "title: Tiny\nbase_url: https://tiny.example/health/\ncards: 'off'\n"


@pytest.fixture
def tiny(site: TinySite) -> TinySite:
    site.put("gatherwell.yaml", SETTINGS)
    site.put("content/ms/_index.md", "---\ntitle: MS\n---\n")
    site.put("static/img/a.png", png())
    return site


def sources(site: TinySite, page: str = "ms/a/index.html") -> list[str]:
    return re.findall(r'<img src="([^"]+)" alt="A', site.text(page))


def test_picture_of_static_is_shown_as_one_beside_the_article(tiny: TinySite) -> None:
    tiny.article("ms/a.md", "![A](/img/a.png)")
    assert tiny.build().warnings == ()
    (source,) = sources(tiny)
    assert source.startswith("/health/assets/images/")
    assert (tiny.out / source.removeprefix("/health/")).is_file()


@pytest.mark.parametrize("place", ["img/a.png", "content/img/a.png"])
def test_picture_of_content_comes_first(tiny: TinySite, place: str) -> None:
    tiny.put("content/img/a.png", png((60, 30)))
    tiny.article("ms/a.md", f"![A](/{place})")
    tiny.build()
    assert 'width="60"' in tiny.text("ms/a/index.html")


def test_front_matter_names_pictures_so_too(tiny: TinySite) -> None:
    tiny.article("ms/a.md", "Words.", image="/img/a.png", image_alt="A")
    tiny.build()
    assert len(sources(tiny)) == 1


def test_changed_picture_of_static_changes_the_page(tiny: TinySite) -> None:
    tiny.article("ms/a.md", "![A](/img/a.png)")
    tiny.build()
    before = sources(tiny)
    tiny.put("static/img/a.png", png((60, 30)))
    tiny.build()
    assert sources(tiny) != before


def test_missing_picture_is_found_with_its_remedy(tiny: TinySite) -> None:
    tiny.article("ms/a.md", "![A](/img/gone.png)")
    assert tiny.fails() == [
        "content/ms/a.md:4:1: there is no image '/img/gone.png'"
        " | put the file into static/, where it has this address, or beside the article"
    ]


def test_link_finds_a_file_of_content_then_of_static(tiny: TinySite) -> None:
    tiny.put("content/files/one.pdf", b"%PDF one")
    tiny.put("static/files/two.pdf", b"%PDF two")
    tiny.article("ms/a.md", "[One](/files/one.pdf) and [two](/files/two.pdf)")
    tiny.build()
    page = tiny.text("ms/a/index.html")
    assert re.search(r'href="/health/assets/files/one\.[0-9a-f]+\.pdf"', page)
    assert 'href="/health/files/two.pdf"' in page
