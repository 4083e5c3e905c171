"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import TinySite


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    """An empty project in a temporary folder."""
    return TinySite(tmp_path / "project")
