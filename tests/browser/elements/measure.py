"""How much main-thread work the elements are: ``python -m tests.browser.elements.measure``, on a quiet machine.

CPU time of a page with every widget in sight, with the elements and with an empty loader in their place, times 6: what
a phone six times slower spends. Nothing here passes or fails.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.elements.test_calm import busy_thread
from tests.browser.elements.village import Village, poll, thread
from tests.chromium import launch

SLOWER, TURNS = 6, 9
METRICS = ("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")


def main() -> None:
    village = Village()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        village.open(Path(folder))
        talk = thread("weather", baked=busy_thread(village, 20))
        village.pages.page(
            "/weather/", poll("weather"), poll("later", results="after-vote"), talk=talk, space=0
        )
        browser = launch(playwright)
        without = [_measured(village, browser, loader=False) for _ in range(TURNS)]
        awake = [_measured(village, browser, loader=True) for _ in range(TURNS)]
        browser.close()
        village.close()
    village.stop()
    for at, name in enumerate(METRICS):
        still, all_ = (statistics.median(row[at] for row in rows) for rows in (without, awake))
        print(
            f"{name:20} page {still * SLOWER:6.1f} ms, with the elements {all_ * SLOWER:6.1f} ms, "
            f"so theirs {(all_ - still) * SLOWER:6.1f} ms"
        )


def _measured(village: Village, browser: Browser, *, loader: bool) -> list[float]:
    context = browser.new_context(base_url=village.origin, viewport={"width": 390, "height": 6000})
    page = context.new_page()
    if not loader:
        page.route("**/loader.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    client = context.new_cdp_session(page)
    client.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto("/weather/", wait_until="networkidle")
    _settled(page, loader)
    found = {one["name"]: one["value"] * 1000 for one in client.send("Performance.getMetrics")["metrics"]}
    context.close()
    return [found[name] for name in METRICS]


def _settled(page: Page, loader: bool) -> None:
    if loader:
        page.wait_for_function("() => document.querySelector('gw-comments').answers?.length")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


if __name__ == "__main__":
    main()
