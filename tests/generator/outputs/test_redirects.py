"""Every alias leads on: a line of ``_redirects`` on each host, and a page for hosts that do not know the file."""

from __future__ import annotations

import pytest

from generator.outputs.redirects import numbered_target, plan_redirects
from generator.site.permalinks import make_permalinks
from generator.site.types import Site
from generator.views import types as shapes
from generator.views.aliases import alias_path
from generator.views.planned import Frames
from tests.generator.organized import CONFIG, article, context_of, hub, policy, site

OWN = {"ms": "https://ms.example/"}


def redirects(of: Site, only: tuple[str, ...] = ()) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The lines of each ``_redirects``, and the target of each redirect page, by output path."""
    made = context_of(of, only)
    files: dict[str, list[str]] = {}
    pages: dict[str, str] = {}
    for planned in plan_redirects(made, Frames(made), []):
        view = planned.make()
        if isinstance(view, shapes.File):
            files[planned.output_path] = view.content.decode().splitlines()
        else:
            assert isinstance(view, shapes.RedirectPage)
            assert (view.output_path, view.noindex, view.canonical) == (
                planned.output_path,
                True,
                view.target,
            )
            pages[planned.output_path] = view.target
    return files, pages


def whole(urls: dict[str, str]) -> Site:
    """Two conditions; an article, a hub, an unwritten hub and policies in two languages, each with aliases."""
    permalinks = make_permalinks(CONFIG.base_url, urls)
    return site(
        articles=[
            article("a", urls=urls, aliases=("/old/", "was.html")),
            article("a.es", urls=urls, aliases=("/antes/",)),
            article("b", "migraine", urls=urls, aliases=("/ü/x y/", "/?p=7", "/blog/?page_id=8")),
            article("c", urls=urls),
        ],
        conditions=[
            hub("ms", permalinks, aliases=("/multiple-sclerosis/",)),
            hub("migraine", permalinks, written=False, aliases=("/never/",)),
        ],
        policies=[policy("privacy", aliases=("/data/",)), policy("privacy.es", aliases=("/datos/",))],
        urls=urls,
    )


def test_aliases_of_articles_hubs_and_policies_are_lines_of_one_file() -> None:
    files, _ = redirects(whole({}))
    assert files == {
        "_redirects": [
            "/%C3%BC/x%20y/ /migraine/b/ 301",
            "/antes/ /ms/es/a/ 301",
            "/data/ /privacy/ 301",
            "/datos/ /es/privacy/ 301",
            "/multiple-sclerosis/ /ms/ 301",
            "/old/ /ms/a/ 301",
            "/was.html /ms/a/ 301",
            "/ p=7 /migraine/b/ 301!",
            "/blog/ page_id=8 /migraine/b/ 301!",
        ]
    }


def test_each_host_redirects_its_own_aliases_and_those_of_policies() -> None:
    files, _ = redirects(whole(OWN))
    policies = ["/data/ /privacy/ 301", "/datos/ /es/privacy/ 301"]
    assert files == {
        "tiny.example/_redirects": [
            "/%C3%BC/x%20y/ /migraine/b/ 301",
            *policies,
            "/ p=7 /migraine/b/ 301!",
            "/blog/ page_id=8 /migraine/b/ 301!",
        ],
        "ms.example/_redirects": [
            "/antes/ /es/a/ 301",
            *policies,
            "/multiple-sclerosis/ / 301",
            "/old/ /a/ 301",
            "/was.html /a/ 301",
        ],
    }


def test_aliases_of_articles_and_policies_are_pages_on_each_host() -> None:
    _, pages = redirects(whole(OWN))
    assert pages == {
        "ms.example/old/index.html": "https://ms.example/a/",
        "ms.example/was.html": "https://ms.example/a/",
        "ms.example/antes/index.html": "https://ms.example/es/a/",
        "tiny.example/ü/x y/index.html": "https://tiny.example/migraine/b/",
        "tiny.example/data/index.html": "https://tiny.example/privacy/",
        "ms.example/data/index.html": "https://ms.example/privacy/",
        "tiny.example/datos/index.html": "https://tiny.example/es/privacy/",
        "ms.example/datos/index.html": "https://ms.example/es/privacy/",
    }


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("/", {"p": "7"}, "/migraine/b/"),
        ("/", {"utm": "x", "p": "7"}, "/migraine/b/"),
        ("/", {"p": "8"}, ""),
        ("/", {"page_id": "8"}, ""),
        ("/blog/", {"page_id": "8"}, "/migraine/b/"),
        ("/", {}, ""),
    ],
)
def test_preview_leads_on_from_addresses_by_number(path: str, query: dict[str, str], target: str) -> None:
    built = whole({})
    assert numbered_target(built, built.permalinks.portfolio, path, query) == target


def test_build_of_one_condition_writes_its_host_alone() -> None:
    files, pages = redirects(whole(OWN), only=("ms",))
    assert list(files) == ["ms.example/_redirects"]
    assert {path.partition("/")[0] for path in pages} == {"ms.example"}


def test_site_without_aliases_has_an_empty_file() -> None:
    assert redirects(site([article("c")])) == ({"_redirects": []}, {})


@pytest.mark.parametrize(
    ("alias", "url_path"),
    [
        ("/old/", "/old/"),
        ("old", "/old/"),
        ("/old/place", "/old/place/"),
        ("//old//", "/old/"),
        ("/was.html", "/was.html"),
        ("/was.htm", "/was.htm"),
        ("/was.php", "/was.php"),
        ("/was.html/", "/was.html"),
        ("/was.asp", "/was.asp/"),
        ("/html", "/html/"),
    ],
)
def test_alias_is_a_folder_unless_it_names_a_page(alias: str, url_path: str) -> None:
    assert alias_path(alias) == url_path
