"""An import that is killed at any statement, and run again: the store holds what one run to its end brings."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.desk.imports import killed
from tests.widgets.desk.imports.test_taking import line, write

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each attempt is a fork, to begin fast")
NEVER = 10**9


def kills(store: Path, file: Path, manifest: Path, step: int) -> int:
    ran = subprocess.run(
        [sys.executable, "-m", killed.__name__, str(store), str(file), str(manifest), str(step)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ran.stdout)


def held(store: Path) -> dict[str, list[Any]]:
    """Every row of every table, but the audit's, which has a line and a time for each run, and a mark made by chance."""
    with closing(sqlite3.connect(store)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        compared = {name for name in tables if "audit" not in name and name != "erasure_mark"}
        return {name: sorted(map(repr, db.execute(f"SELECT * FROM {name}"))) for name in compared}


@pytest.mark.parametrize("step", [61, pytest.param(5, marks=pytest.mark.long)])
def test_nothing_is_doubled_and_nothing_lost(tmp_path: Path, manifest_file: Path, step: int) -> None:
    names = ("Ana", "Ben", "Moderator", "Ana ")
    lines = [line(n, n // 3, f"Text {n}. Call +34 600 123 4{n}", names[n % 4].strip()) for n in range(1, 50)]
    file = write(tmp_path, *lines)
    assert kills(tmp_path / "whole.sqlite", file, manifest_file, NEVER) == 0
    assert kills(tmp_path / "killed.sqlite", file, manifest_file, step) > 2
    assert held(tmp_path / "killed.sqlite") == held(tmp_path / "whole.sqlite")
    assert len(held(tmp_path / "whole.sqlite")["comments"]) == 49
