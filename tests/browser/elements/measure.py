"""How much main-thread work the elements are: ``python -m tests.browser.elements.measure``, on a quiet machine.

Two pages, each with the elements and with an empty loader in their place: an article as a phone opens it, its widgets below
the text, and one with every widget in sight, twenty comments among them. CPU time times 6 is what a phone six times slower
spends; *blocking* is what tasks take beyond 50 ms while the browser's protocol slows the page by 6. Nothing here passes or
fails.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.elements.test_calm import busy_thread
from tests.browser.elements.village import Village, poll, thread
from tests.chromium import launch

SLOWER, TURNS = 6, 9
METRICS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")
LONG_TASKS = """() => {
  window.blocked = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.blocked += task.duration - 50;
  }).observe({ type: "longtask" });
}"""


class Situation(NamedTuple):
    """A page to open; *asleep* where its widgets lie too far below to be fetched."""

    name: str
    path: str
    height: int
    asleep: bool


SITUATIONS = (
    Situation("an article as a phone opens it", "/long/", 844, asleep=True),
    Situation("every widget in sight", "/short/", 6000, asleep=False),
)


def main() -> None:
    village = Village()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        village.open(Path(folder))
        talk = thread("weather", baked=busy_thread(village, 20))
        polls = poll("weather"), poll("later", results="after-vote")
        village.pages.page("/long/", *polls, talk=talk, space=60)
        village.pages.page("/short/", *polls, talk=talk, space=0)
        browser = launch(playwright)
        for situation in SITUATIONS:
            rows = {
                loader: [
                    (
                        *_worked(village, browser, situation, loader),
                        _blocked(village, browser, situation, loader),
                    )
                    for _ in range(TURNS)
                ]
                for loader in (False, True)
            }
            _print(situation.name, rows)
        browser.close()
        village.close()
    village.stop()


def _print(name: str, rows: dict[bool, list[tuple[float, ...]]]) -> None:
    print(f"{name}: ms on a phone {SLOWER} times slower")
    for at, metric in enumerate((*METRICS, "blocking")):
        still, all_ = (statistics.median(row[at] for row in rows[loader]) for loader in (False, True))
        print(
            f"  {metric:20} page {still:6.1f}, with the elements {all_:6.1f}, so theirs {all_ - still:6.1f}"
        )


def _worked(village: Village, browser: Browser, situation: Situation, loader: bool) -> list[float]:
    page = _page(village, browser, situation, loader)
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable", {"timeDomain": "threadTicks"})
    _open(page, situation, loader)
    found = {one["name"]: one["value"] * 1000 for one in client.send("Performance.getMetrics")["metrics"]}
    page.context.close()
    return [found[name] * SLOWER for name in METRICS]


def _blocked(village: Village, browser: Browser, situation: Situation, loader: bool) -> float:
    page = _page(village, browser, situation, loader)
    page.add_init_script(f"({LONG_TASKS})()")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    _open(page, situation, loader)
    blocked: float = page.evaluate("() => window.blocked")
    page.context.close()
    return blocked


def _page(village: Village, browser: Browser, situation: Situation, loader: bool) -> Page:
    context = browser.new_context(
        base_url=village.origin, viewport={"width": 390, "height": situation.height}
    )
    page = context.new_page()
    if not loader:
        page.route("**/loader.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return page


def _open(page: Page, situation: Situation, loader: bool) -> None:
    page.goto(situation.path, wait_until="networkidle")
    if loader and not situation.asleep:
        page.wait_for_function("() => document.querySelector('gw-comments').answers?.length")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


if __name__ == "__main__":
    main()
