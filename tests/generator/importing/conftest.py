"""Fixtures of the importers' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.importing.bringing import Bringing


@pytest.fixture
def bringing(tmp_path: Path) -> Bringing:
    return Bringing(tmp_path)
