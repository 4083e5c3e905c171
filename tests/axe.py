"""axe-core on a page that has come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe, AxeResults  # type: ignore[import-untyped]
from playwright.sync_api import Page

# A transition under way shows the text of one state on the background of another.
_AT_REST = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"


# What may differ between the colour schemes and widths of a page whose other rules were judged in one of them.
LOOKS = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")


def run_axe(page: Page, context: Any = None, rules: Sequence[str] = ()) -> AxeResults:
    """What axe-core finds in *page*, or in its part *context*, once every transition has ended; by *rules*, none named: by
    all that are on."""
    page.evaluate(_AT_REST)
    options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else None
    return Axe().run(page, context=context, options=options)
