"""What /trust/ says of reading is what a browser sees: nothing asked of others, nothing kept."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

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


def test_reading_asks_nobody_else_and_keeps_nothing_as_trust_says(chromium: Browser, site: TinySite) -> None:
    site.write(SITE)
    build(Project(site.root, site.out, ELEMENTS), Options(now=NOW, jobs=1, search=False), lambda _: None)
    said = json.loads(site.text("trust.json"))["privacy"]
    asked: list[str] = []
    with served(site.out) as origin:
        context = chromium.new_context(viewport={"width": 360, "height": 780})
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.add_init_script(WATCH)
        for path in ("/", "/migraine/", "/migraine/light/", "/migraine/trust/", "/trust/", "/you/"):
            page.goto(origin + path)
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            page.wait_for_load_state("networkidle")
        kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        cookies = context.cookies()
        width = page.goto(f"{origin}/trust/") and page.evaluate("document.documentElement.scrollWidth")
        context.close()
    others = sorted({url for url in asked if not url.startswith(f"{origin}/")})
    assert any("/assets/elements" in url for url in asked)  # the elements were started
    assert others == said["other_origins"] == []
    assert cookies == said["cookies"] == []
    assert kept == said["stored_on_reading"] == []
    assert width == 360
