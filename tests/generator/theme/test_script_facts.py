"""Scripts are counted by what their text names."""

from __future__ import annotations

import pytest

from generator.theme.script_facts import script_facts
from generator.theme.types import AssetFile, Theme


@pytest.mark.parametrize(
    ("name", "source", "cookies", "storing"),
    [
        ("js/a.js", b"go()", False, False),
        ("js/a.js", b"localStorage.getItem('a')", False, False),
        ("js/a.js", b"localStorage.setItem('a', 1)", False, True),
        ("js/a.js", b"indexedDB.open('a')", False, True),
        ("js/a.js", b"caches.open('a')", False, True),
        ("js/a.js", b"document.cookie = 'a=1'", True, False),
        ("js/a.js", b"cookieStore.set('a', 1)", True, False),
        ("js/comfort.js", b"localStorage.setItem('a', 1)", False, False),
    ],
)
def test_scripts_that_can_store_are_named(name: str, source: bytes, cookies: bool, storing: bool) -> None:
    files = (AssetFile("assets/a.1.js", source), AssetFile("assets/a.css", b"document.cookie"))
    urls = {name: "assets/a.1.js", "site.css": "assets/a.css"}
    (found,) = script_facts(Theme("tiny", {}, {}, {}, {}, files, urls, ""))
    assert (found.name, found.size) == (name, len(source))
    assert (found.cookies, found.stores_on_reading) == (cookies, storing)
