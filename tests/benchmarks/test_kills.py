"""`kill -9` at any moment leaves whole files and nothing acknowledged lost; the heavy forms, for `make test-long`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments",
    [
        ("benchmarks.kills", "--kills", "50"),
        ("benchmarks.function.durability", "--kills", "20"),
    ],
    ids=["builds", "function"],
)
def test_kills_at_random_moments_lose_nothing(arguments: tuple[str, ...]) -> None:
    """Each program ends with 0 only where no file was torn, no acknowledged write lost and no tally wrong."""
    ran = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
