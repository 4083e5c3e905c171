"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import launch
from tests.sites import TinySite


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    """An empty project in a temporary folder."""
    return TinySite(tmp_path / "project")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless browser.

    Its driver keeps an event loop running in this thread, in which other tests could start none of their own:
    so it lives no longer than its module.
    """
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
