"""axe-core on a page that has come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults  # type: ignore[import-untyped]
from playwright.sync_api import Page

# A transition under way shows the text of one state on the background of another.
_AT_REST = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"


# What may differ between the colour schemes and widths of a page whose other rules were judged in one of them.
LOOKS = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")


# Only what is asked for leaves the browser: what passes is most of an answer, with the HTML of every element.
_RUN = """async ([context, options]) => {
  const found = await axe.run(context ?? document, options);
  return Object.fromEntries(options.resultTypes.map((type) => [type, found[type]]));
}"""


def run_axe(page: Page, context: Any = None, rules: Sequence[str] = (), passes: bool = False) -> AxeResults:
    """What axe-core finds in *page*, or in its part *context*, once every transition has ended; by *rules*, none named: by
    all that are on; what *passes* only where it is wanted."""
    page.evaluate(_AT_REST)
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations", *(["passes"] if passes else [])]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    return AxeResults(page.evaluate(_RUN, [context, options]))
