"""The dialect, case by case; a new case needs no Python, only an entry in a file of ``fixtures/``."""

from __future__ import annotations

import pytest

from .shown import FIXTURES, PLAIN, RAW, Fixture, body_of, read_fixtures, show

NAMES = sorted(path.stem for path in FIXTURES.glob("*.md") if path.stem != "commonmark")
CASES = [
    pytest.param(name, case, id=f"{name}: {case.title}") for name in NAMES for case in read_fixtures(name)
]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_body_is_as_the_fixture_shows(name: str, case: Fixture) -> None:
    body = body_of(case.source, "en", RAW if name == "raw" else PLAIN)
    assert show(body).rstrip("\n") == case.expected.rstrip("\n")
