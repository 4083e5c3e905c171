"""Addresses: output paths, percent-encoding, base paths, hosts."""

from __future__ import annotations

import pytest

from generator.permalinks import make_permalinks, make_root


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
