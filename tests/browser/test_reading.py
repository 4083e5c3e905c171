"""What /trust/ says of reading is what a browser sees: nothing asked of others, nothing kept."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.sites import NOW, TinySite

pytestmark = pytest.mark.browser

ELEMENTS = Path(__file__).parents[2] / "widgets" / "elements"
SITE = """
== gatherwell.yaml
title: Read
base_url: https://read.example/
cards: "off"
search: false
widgets: {endpoint: /api/v1}
== content/migraine/_index.md
---
title: Migraine
---
A home.
== content/migraine/light.md
---
title: Light
type: basics
---
Words.

:::poll{#light}
Does light hurt?
- Yes {#yes}
- No {#no}
:::
"""
WATCH = """
for (const name of ["setItem", "removeItem"]) Storage.prototype[name] = () => sessionStorage.touched = "yes";
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Seen(NamedTuple):
    """What a browser saw of reading pages: addresses that were asked, cookies, keys that were stored."""

    asked: list[str]
    cookies: list[Any]
    kept: list[str]
    width: int

    def others(self, origin: str) -> list[str]:
        return sorted({url for url in self.asked if not url.startswith(f"{origin}/")})


def read(chromium: Browser, origin: str, paths: Sequence[str]) -> Seen:
    """Read each page to its end on a phone; *width* is that of the last one, in CSS pixels."""
    asked: list[str] = []
    context = chromium.new_context(viewport={"width": 360, "height": 780})
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.add_init_script(WATCH)
    for path in paths:
        page.goto(origin + path)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_load_state("networkidle")
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    width = page.evaluate("document.documentElement.scrollWidth")
    seen = Seen(asked, context.cookies(), kept, width)
    context.close()
    return seen


def test_reading_asks_nobody_else_and_keeps_nothing_as_trust_says(chromium: Browser, site: TinySite) -> None:
    site.write(SITE)
    build(Project(site.root, site.out, ELEMENTS), Options(now=NOW, jobs=1, search=False), lambda _: None)
    said = json.loads(site.text("trust.json"))["privacy"]
    paths = ("/", "/migraine/", "/migraine/light/", "/migraine/trust/", "/you/", "/trust/")
    with served(site.out) as origin:
        seen = read(chromium, origin, paths)
        others = seen.others(origin)
    assert any("/assets/elements" in url for url in seen.asked)  # the elements were started
    assert others == said["other_origins"] == []
    assert seen.cookies == said["cookies"] == []
    assert seen.kept == said["stored_on_reading"] == []
    assert seen.width == 360


def test_one_request_one_cookie_and_one_stored_key_would_be_seen(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as other, served(tmp_path) as origin:
        script = f"fetch('{other}/asked'); document.cookie = 'a=1'; localStorage.setItem('b', '1')"
        (tmp_path / "index.html").write_text(f"<!doctype html><title>t</title><script>{script}</script>")
        seen = read(chromium, origin, ("/",))
        assert seen.others(origin) == [f"{other}/asked"]
    assert [cookie["name"] for cookie in seen.cookies] == ["a"]
    assert seen.kept == ["touched"]
