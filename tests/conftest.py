"""Fixtures that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.sites import TinySite


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    """An empty project in a temporary folder."""
    return TinySite(tmp_path / "project")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of a worker: a second one beside it cannot start."""
    with sync_playwright() as started:
        yield started
