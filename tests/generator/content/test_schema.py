"""What front matter may hold: segments, addresses, aliases, ids, colours, hours; and what editors accept of it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generator.content.front_matter.addresses import RESERVED_SLUGS
from generator.content.front_matter.schema import (
    ACCENT,
    ALIASES,
    BASE_URL,
    MINIMUM_AGE,
    QUIET_HOURS,
    SLOW_MODE,
    SLUG,
    TEXT,
    THREAD_ID,
    URL,
)
from generator.schema.convert import Check, Invalid

TAKEN: list[tuple[str, Check, Any, Any]] = [
    ("text", TEXT, " a  b\n", "a b"),
    ("slug", SLUG, "pacing", "pacing"),
    ("slug", SLUG, "über.1_2-3~(x)", "über.1_2-3~(x)"),
    ("slug", SLUG, "a" * 200, "a" * 200),
    ("slug", SLUG, "偏" * 66, "偏" * 66),
    ("url", URL, "https://a.example/b?c#d", "https://a.example/b?c#d"),
    ("url", URL, "http://localhost:8000", "http://localhost:8000"),
    ("base_url", BASE_URL, "https://a.example", "https://a.example"),
    ("base_url", BASE_URL, "http://A.example:65535/x/y/", "http://A.example:65535/x/y/"),
    ("base_url", BASE_URL, "https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
    ("alias", ALIASES, ("/old/",), ("/old/",)),
    ("alias", ALIASES, ("old",), ("old",)),
    ("alias", ALIASES, ("/a/", "/a/", "/b.html"), ("/a/", "/b.html")),
    ("alias", ALIASES, ("/%C3%BC/x%20y/", "/ü/x y/"), ("/ü/x y/",)),
    ("alias", ALIASES, ("/a..b/",), ("/a..b/",)),
    ("alias", ALIASES, (f"/{'a' * 200}/",), (f"/{'a' * 200}/",)),
    ("id", THREAD_ID, "a", "a"),
    ("id", THREAD_ID, "0a._~-", "0a._~-"),
    ("id", THREAD_ID, "a" * 200, "a" * 200),
    ("accent", ACCENT, "#AbC", "#abc"),
    ("accent", ACCENT, "#5B4B8A", "#5b4b8a"),
    ("quiet", QUIET_HOURS, "off", "off"),
    ("quiet", QUIET_HOURS, " off ", "off"),
    ("quiet", QUIET_HOURS, "22:00-07:00", "22:00-07:00"),
    ("quiet", QUIET_HOURS, " 00:00 – 23:59 ", "00:00-23:59"),
    ("slow", SLOW_MODE, 0, 0),
    ("slow", SLOW_MODE, 1440, 1440),
    *(("age", MINIMUM_AGE, years, years) for years in (0, 13, 18)),
]
REFUSED: list[tuple[str, Check, Any]] = [
    *(("text", TEXT, text) for text in ("", "  \n")),
    *(("slug", SLUG, text) for text in ("", ".", "..", "a/b", "a\\b", "a..b", " a", "a ", "a b", "a\tb", "a\x1fb")),
    *(("slug", SLUG, f"a{mark}b") for mark in "%?#:*\"'<>|"),
    *(("slug", SLUG, text) for text in ("a" * 201, "偏" * 67)),
    *(("url", URL, text) for text in ("", "a.example", "//a.example", "ftp://a.example", "https://", "javascript:a")),
    *(("url", URL, f"https://a.example/{mark}") for mark in (" ", "\n", "<", ">", '"')),
    ("url", URL, "https://[a.example/"),
    *(("base_url", BASE_URL, f"https://a.example/{end}") for end in ("?a", "#a", "?", "#", "../x", "./", "a//b")),
    *(("base_url", BASE_URL, f"https://{host}/") for host in ("ana@a.example", "a_b.example", "-a.example", "a..b")),
    *(("base_url", BASE_URL, f"https://a.example:{port}/") for port in ("0", "65536", "x", "-1")),
    *(("base_url", BASE_URL, text) for text in ("https://bücher.example/", "https://a.example/\\b", "/x/")),
    *(("alias", ALIASES, (path,)) for path in ("", "/", "//", "/a//b/", "/../a", "/a/..", "/a\\b", "/a?b", "/a#b")),
    *(("alias", ALIASES, (path,)) for path in ("/a\nb", "/a\tb", "/a\x00b", "/%00/", "/%3Fa/", "/%2e%2e/a", "/%ff/")),
    *(("alias", ALIASES, (f"/{name}/",)) for name in ("a" * 201, "偏" * 67)),
    ("alias", ALIASES, ("/fine/", "/")),
    *(("id", THREAD_ID, text) for text in ("", "A", "-a", ".a", "a b", "a/b", "é", "a" * 201, "a\n")),
    *(("accent", ACCENT, text) for text in ("", "red", "5b4b8a", "#5b4b8", "#5b4b8a0", "#ggg")),
    *(("quiet", QUIET_HOURS, text) for text in ("", "on", "22-07", "24:00-07:00", "22:60-07:00", "22:00", "7:00-8:00")),
    ("quiet", QUIET_HOURS, "22:00-22:00"),
    *(("slow", SLOW_MODE, minutes) for minutes in (-1, 1441)),
    *(("age", MINIMUM_AGE, years) for years in (-1, 1, 12, 19)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "value", "kept"), [row[1:] for row in TAKEN], ids=[f"{row[0]} {row[2]!a:.40}" for row in TAKEN]
)
def test_value_is_kept_in_one_form(check: Check, value: Any, kept: Any) -> None:
    assert check.function(value) == kept


@pytest.mark.parametrize(
    ("check", "value"), [row[1:] for row in REFUSED], ids=[f"{row[0]} {row[2]!a:.40}" for row in REFUSED]
)
def test_other_value_is_refused_with_a_remedy(check: Check, value: Any) -> None:
    with pytest.raises(Invalid) as raised:
        check.function(value)
    assert str(raised.value)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("check", "value"),
    [row[1:3] for row in TAKEN if row[1].pattern],
    ids=[f"{row[0]} {row[2]!a:.40}" for row in TAKEN if row[1].pattern],
)
def test_editors_take_what_the_build_takes(check: Check, value: Any) -> None:
    for text in value if isinstance(value, tuple) else (value,):
        assert re.search(check.pattern, text)


def test_addresses_of_the_sites_own_pages_are_reserved() -> None:
    own = "admin api archive assets desk glossary help insights news page people polls questions search stories surveys topics trust you"
    assert sorted(RESERVED_SLUGS) == own.split()
