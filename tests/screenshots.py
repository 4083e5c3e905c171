"""`make screenshots`: every page type at 360, 768 and 1280 px in the three colour schemes, into screenshots/."""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import widgets
from generator.build.pipeline import build
from generator.ground.project import Options, Project
from tests.chromium import launch

ROOT = Path(__file__).parent.parent
PAGES = {
    "portfolio": "/",
    "hub": "/migraine/",
    "basics": "/migraine/what-is-migraine/",
    "symptom": "/migraine/aura/",
    "diagnosis": "/migraine/getting-a-diagnosis/",
    "treatment": "/migraine/treating-an-attack/",
    "overdue": "/migraine/preventing-attacks/",
    "living-with": "/migraine/migraine-and-work/",
    "question": "/migraine/is-it-just-a-headache/",
    "story": "/migraine/on-the-other-side-of-the-door/",
    "we-did": "/migraine/pages-for-dark-days/",
    "event": "/migraine/low-light-meet-up/",
    "topic": "/migraine/topics/work/",
    "topics": "/migraine/topics/",
    "archive": "/migraine/archive/",
    "year": "/migraine/archive/2024/",
    "polls": "/migraine/polls/",
    "survey": "/migraine/surveys/working-day/",
    "surveys": "/migraine/surveys/",
    "closed-survey": "/rheumatoid-arthritis/surveys/mornings/",
    "person": "/people/sample-advocate-migraine/",
    "people": "/people/",
    "policy": "/privacy/",
    "glossary": "/glossary/",
    "trust": "/trust/",
    "search": "/search/",
    "you": "/you/",
    "not-found": "/404.html",
    "news": "/migraine/migraine-kit/",
    "survey-report": "/rheumatoid-arthritis/mornings-we-asked/",
    "spanish": "/migraine/es/aura/",
}
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark", "low-glare")
LOAD_ALL = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
}))"""


def main() -> None:
    out = ROOT / "screenshots"
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        build(Project(ROOT, site, widgets.ELEMENTS_DIR), Options(now=dt.datetime.now(dt.UTC)), lambda _: None)
        handler = functools.partial(_Quiet, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = launch(playwright)
            missing = take(browser, f"http://127.0.0.1:{server.server_port}", out)
            browser.close()
        server.shutdown()
    if missing:
        sys.exit(f"no such page: {', '.join(missing)}")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def take(browser: Browser, origin: str, out: Path) -> list[str]:
    """Screenshots of all pages; the names of those that are not there."""
    missing: set[str] = set()
    for scheme in SCHEMES:
        colours = "dark" if scheme == "dark" else "light"
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
            page = context.new_page()
            for name, path in PAGES.items():
                answer = page.goto(origin + path)
                if answer is None or answer.status != 200:
                    missing.add(name)
                    continue
                if scheme == "low-glare":
                    page.evaluate("document.documentElement.dataset.scheme = 'low-glare'")
                # Pictures below the fold wait for a reader who comes near; here everything is looked at at once.
                page.evaluate(LOAD_ALL)
                page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()
    return sorted(missing)


if __name__ == "__main__":
    main()
