"""The redirect rules of docs/coming-from.md lead old addresses where its table says. Hosts themselves are not run."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest

PAGE = (Path(__file__).parent.parent / "docs/coming-from.md").read_text("utf-8")
CASES = [
    ("/feed/", "/feed.atom"),
    ("/category/rest/feed/", "/feed.atom"),
    ("/category/rest/", "/migraine/topics/rest/"),
    ("/tag/rest/", "/migraine/topics/rest/"),
    ("/author/marag/", "/people/mara-g/"),
    ("/page/2/", "/"),
    ("/", ""),
    ("/?p=123", ""),  # `gatherwell redirects` prints those
    ("/migraine/topics/rest/", ""),
]


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE.partition("## After the switch")[2], re.M | re.S)
    assert found
    return found[1]


def by_list(address: str) -> str:
    """What Netlify does with the lines: the first that fits."""
    path = address.partition("?")[0]
    for line in block("redirects").splitlines():
        old, new, _ = line.split()
        pattern = re.sub(r":(\w+)", r"(?P<\1>[^/]+)", old).replace("*", ".*")
        found = re.fullmatch(pattern, path)
        if found:
            return _filled(r":(\w+)", new, found.groupdict())
    return ""


def by_caddy(address: str) -> str:
    """What Caddy does: each `redir` has a matcher in the line above it."""
    path = address.partition("?")[0]
    lines = block("caddyfile").splitlines()
    for matcher, redirect in zip(lines[::2], lines[1::2], strict=True):
        name, kind, *rest = matcher.split()
        _, used, new, _ = redirect.split()
        assert used == name
        found = re.search(rest[-1], path) if kind == "path_regexp" else None
        path_fits = kind == "path" and fnmatch(path, rest[0])
        if found or path_fits:
            parts = enumerate(found.groups(), start=1) if found else ()
            return _filled(r"\{re\.\w+\.(\d)\}", new, {str(number): part for number, part in parts})
    return ""


def _filled(name: str, new: str, parts: dict[str, str]) -> str:
    return re.sub(name, lambda found: parts[found[1]], new)


@pytest.mark.parametrize("host", [by_list, by_caddy])
@pytest.mark.parametrize(("old", "new"), CASES)
def test_rules_lead_where_the_table_says(host: Callable[[str], str], old: str, new: str) -> None:
    assert host(old) == new
