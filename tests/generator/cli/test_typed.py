"""Next steps are printed as this very command was called, so that they can be pasted."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.typed import as_typed, typed

HERE = Path("/home/ana/.venv/bin")


def which(*found: Path) -> object:
    return lambda name: next((str(path) for path in found if path.stem == name), None)


@pytest.mark.parametrize(
    ("called", "on_path", "told"),
    [
        (".venv/bin/gatherwell", (), ".venv/bin/gatherwell"),
        ("../.venv/bin/gatherwell", (Path("/usr/bin/gatherwell"),), "../.venv/bin/gatherwell"),
        (str(HERE / "gatherwell"), (HERE / "gatherwell",), "gatherwell"),
        (str(HERE / "gatherwell"), (Path("/usr/bin/gatherwell"),), str(HERE / "gatherwell")),
        ("/home/Ana B/bin/gatherwell", (), "'/home/Ana B/bin/gatherwell'"),
        ("gatherwell", (), "gatherwell"),
        ("/usr/lib/python3/site-packages/pytest/__main__.py", (), "gatherwell"),
        ("-c", (), "gatherwell"),
    ],
)
def test_the_command_is_named_as_it_was_called(called: str, on_path: tuple[Path, ...], told: str) -> None:
    assert typed([called, "build"], which(*on_path)) == told  # type: ignore[arg-type]


def test_a_module_is_named_as_a_module() -> None:
    own = Path(sys.executable)
    called = ["/somewhere/generator/cli/__main__.py"]
    assert typed(called, which(own)) == f"{own.stem} -m generator.cli"  # type: ignore[arg-type]
    assert typed(called, which()) == f"{shlex.quote(str(own))} -m generator.cli"  # type: ignore[arg-type]


def test_only_what_is_a_command_is_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/gatherwell"])
    text = "run `gatherwell build`; `gatherwell` itself, gatherwell.yaml and `gatherwell[aws]` stay"
    assert as_typed(text) == text.replace("`gatherwell build`", "`.venv/bin/gatherwell build`")


def test_what_comes_next_can_be_pasted(tmp_path: Path) -> None:
    folder = tmp_path / "our place"
    environment = {**os.environ, "PATH": "/nowhere"}
    begun = subprocess.run(
        [sys.executable, "-m", "generator.cli", "init", str(folder), "--yes"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    (line,) = (line for line in begun.stderr.splitlines() if "doctor" in line)
    pasted = shlex.split(line.split("`")[1])
    done = subprocess.run(
        [*pasted, "--offline"], capture_output=True, text=True, check=False, env=environment
    )
    assert "This is a demonstration" in done.stdout
    assert f"run `{shlex.quote(sys.executable)} -m generator.cli build`" in done.stdout
