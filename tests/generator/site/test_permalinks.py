"""Addresses: output paths, percent-encoding, base paths, hosts."""

from __future__ import annotations

import pytest

from generator.site.permalinks import make_permalinks, make_root


@pytest.mark.parametrize(
    ("url_path", "output_path"),
    [
        ("/", "index.html"),
        ("/ms/a/", "ms/a/index.html"),
        ("/feed.atom", "feed.atom"),
        ("/404.html", "404.html"),
    ],
)
def test_output_path_answers_the_address(url_path: str, output_path: str) -> None:
    assert make_root("https://a.example/", "").output_path(url_path) == output_path
    assert make_root("https://a.example/", "a.example").output_path(url_path) == f"a.example/{output_path}"


@pytest.mark.parametrize(
    ("url_path", "href"),
    [
        ("/ms/a/", "/ms/a/"),
        ("/ms/ü/", "/ms/%C3%BC/"),
        ("/a b/100%/", "/a%20b/100%25/"),
        ('/"<>#?/', "/%22%3C%3E%23%3F/"),
        ("/it's(a)~b/", "/it's(a)~b/"),
    ],
)
def test_links_are_percent_encoded(url_path: str, href: str) -> None:
    root = make_root("https://a.example", "")
    assert root.href(url_path) == href
    assert root.permalink(url_path) == f"https://a.example{href}"


@pytest.mark.parametrize("base", ["https://A.example/x y", "https://a.example/x%20y/"])
def test_path_of_the_base_url_is_encoded_once(base: str) -> None:
    assert make_root(base, "").permalink("/ms/") == "https://a.example/x%20y/ms/"


def test_condition_with_a_host_drops_its_segment() -> None:
    permalinks = make_permalinks("https://a.example/", {"ms": "https://ms.example:8443/"})
    assert permalinks.prefix("ms", "es") == "/es/"
    assert permalinks.prefix("migraine", "es") == "/migraine/es/"
    assert permalinks.root_of("ms").folder == "ms.example_8443"
    assert permalinks.root_of("migraine").folder == "a.example"


def test_links_across_hosts_are_absolute() -> None:
    permalinks = make_permalinks("https://a.example/", {"ms": "https://ms.example/"})
    own, portfolio = permalinks.root_of("ms"), permalinks.portfolio
    assert permalinks.link(own, own, "/x/") == "/x/"
    assert permalinks.link(own, portfolio, "/x/") == "https://a.example/x/"


@pytest.mark.parametrize(
    ("base", "origin", "path"),
    [
        ("https://A.Example", "https://a.example", "/"),
        ("https://a.example/", "https://a.example", "/"),
        ("https://a.example/x", "https://a.example", "/x/"),
        ("https://a.example/X/y/", "https://a.example", "/X/y/"),
        ("http://LOCALHOST:8000/", "http://localhost:8000", "/"),
    ],
)
def test_root_of_a_base_url(base: str, origin: str, path: str) -> None:
    root = make_root(base, "folder", "ms")
    assert (root.origin, root.base_path, root.folder, root.condition) == (origin, path, "folder", "ms")
    assert root.href("/a/") == root.href("a/") == f"{path}a/"


def test_folders_are_named_after_hosts_in_lower_case_where_there_are_several() -> None:
    several = make_permalinks(
        "https://A.Example:8443/x/", {"ms": "https://MS.Example/", "b": "https://B.example"}
    )
    assert [root.folder for root in several.roots] == ["a.example_8443", "b.example", "ms.example"]
    assert [root.condition for root in several.roots] == ["", "b", "ms"]
    assert make_permalinks("https://a.example/", {}).portfolio.folder == ""


@pytest.mark.parametrize(
    ("condition", "segment", "prefix"),
    [
        ("", "", "/"),
        ("", "es", "/es/"),
        ("migraine", "", "/migraine/"),
        ("migraine", "es", "/migraine/es/"),
        ("ms", "", "/"),
        ("ms", "es", "/es/"),
    ],
)
def test_prefix_of_an_edition(condition: str, segment: str, prefix: str) -> None:
    permalinks = make_permalinks("https://a.example/", {"ms": "https://ms.example/"})
    assert permalinks.prefix(condition, segment) == prefix
